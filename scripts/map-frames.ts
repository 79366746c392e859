// npx tsx scripts/map-frames.ts [address of a gallery.html]: moves the customer map by mouse, wheel and keys, and prints the
// gaps between the frames that the browser drew meanwhile. Without an address the built page is served.
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { launchBrowser } from "./browser/launch.ts";
import { serveFolder } from "./serve.mjs";
import { root } from "./setup.mjs";

const MAPS = [
  { state: "typical", nPoints: 3900 },
  { state: "many", nPoints: 100_000 },
] as const;

interface Gaps {
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
  readonly nFrames: number;
}

/** Runs in the page; as text, because the compiler's helpers are not there. */
const COUNT_FRAMES = `(() => {
  const times = [];
  window.frameTimes = times;
  requestAnimationFrame(function next(time) {
    times.push(time);
    if (window.frameTimes === times) requestAnimationFrame(next);
  });
})()`;
const TAKE_FRAMES = "(() => { const times = window.frameTimes; window.frameTimes = []; return times; })()";

async function gapsOf(page: Page): Promise<Gaps> {
  const times = await page.evaluate<number[]>(TAKE_FRAMES);
  const gaps = times
    .slice(1)
    .map((time, i) => time - times[i])
    .sort((a, b) => a - b);
  const at = (share: number) => gaps[Math.min(gaps.length - 1, Math.floor(share * gaps.length))];
  return { median: at(0.5), p95: at(0.95), longest: at(1), nFrames: gaps.length };
}

/** A hand moving steadily: as many events as frames, and a few more. */
async function drag(page: Page, map: Locator): Promise<void> {
  const box = await map.boundingBox();
  if (!box) throw new Error("the map is not on the page");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < 150; i++) await page.mouse.move(x + 120 * Math.sin(i / 12), y + 80 * Math.cos(i / 9));
  await page.mouse.up();
}

async function wheel(page: Page, map: Locator): Promise<void> {
  await map.hover();
  for (let i = 0; i < 80; i++) await page.mouse.wheel(0, i % 40 < 20 ? -60 : 60);
}

async function keys(page: Page, map: Locator): Promise<void> {
  await map.focus();
  for (const key of ["+", "ArrowRight", "ArrowDown", "-", "ArrowLeft", "+", "ArrowUp", "0"]) {
    for (let i = 0; i < 10; i++) {
      await page.keyboard.press(key);
      await page.waitForTimeout(33);
    }
  }
}

/** What an empty second looks like on this machine. */
async function rest(page: Page): Promise<void> {
  await page.waitForTimeout(1500);
}

const server = process.argv[2] ? null : await serveFolder({ folder: join(root, "dist") });
const browser = await launchBrowser({ gpu: "none", reducedMotion: "no-preference" });
const page = await browser.context.newPage();
await page.goto(`${process.argv[2] ?? `${server?.url}gallery.html`}#customer-map`);
const line = (cells: readonly (string | number)[]) => console.log(cells.map((cell) => String(cell).padEnd(14)).join(""));
line(["customers", "by", "median ms", "95th pct. ms", "longest ms", "frames"]);
for (const { state, nPoints } of MAPS) {
  const map = page.locator(".state", { has: page.locator(`p:text-is("${state}")`) }).getByRole("application");
  await map.scrollIntoViewIfNeeded();
  await map.focus();
  await page.keyboard.press("+");
  await page.waitForTimeout(500);
  for (const [name, act] of Object.entries({ rest, drag, wheel, keys })) {
    await page.evaluate(COUNT_FRAMES);
    await act(page, map);
    const { median, p95, longest, nFrames } = await gapsOf(page);
    line([nPoints, name, median.toFixed(1), p95.toFixed(1), longest.toFixed(1), nFrames]);
  }
}
await browser.close();
await server?.close();
