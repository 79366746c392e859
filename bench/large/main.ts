/**
 * `npx tsx bench/large/main.ts [FILE.csv] [--steps data,structure,predict] [--target NAME]`: a large file through the built page.
 * For each step it prints seconds, the longest task of the page's own thread, and the most memory; then how soon a cancel
 * is answered. Without FILE: 1,000,000 rows of the bundled sample, 117 MB, made below out/.
 */
import { statSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { serveFolder } from "../../scripts/serve.mjs";
import { distFolder, root } from "../../scripts/setup.mjs";
import { encodeLink } from "../../src/app/state/link.ts";
import { SETTINGS, type StepName } from "../../src/app/state/settings.ts";
import { defaultValues } from "../../src/core/params.ts";
import { ensureData } from "../data/files.ts";
import { RendererMemory, RendererTime } from "./process-memory.ts";

const LIMIT_MS = 1_800_000;
/** Nobody chooses a file sooner: by then the page has stored its files for work without a network, and its workers wait. */
const AT_REST_MS = 3000;

interface Marks {
  /** When a file was chosen, or a button pressed. */
  startedAt: number;
  longestTaskMs: number;
  nLongTasks: number;
}
type MarkedWindow = Window & { marks: Marks };

/** Runs in the page before its first script. */
function watchTasks(): void {
  const marks: Marks = { startedAt: 0, longestTaskMs: 0, nLongTasks: 0 };
  (window as unknown as MarkedWindow).marks = marks;
  addEventListener("change", () => (marks.startedAt = performance.now()), true);
  addEventListener("click", () => (marks.startedAt = performance.now()), true);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      marks.longestTaskMs = Math.max(marks.longestTaskMs, duration);
      marks.nLongTasks++;
    }
  }).observe({ type: "longtask" });
}

interface Measured {
  readonly seconds: number;
  readonly longestTaskMs: number;
  readonly nLongTasks: number;
}

/** Waits until a selector matches and is painted; seconds since the file was chosen or the button was pressed. */
async function untilShown(page: Page, selector: string): Promise<Measured> {
  const handle = await page.waitForFunction(
    (wanted) => {
      const { marks } = window as unknown as MarkedWindow;
      if (!document.querySelector(wanted)) return null;
      return performance.now() - marks.startedAt;
    },
    selector,
    { timeout: LIMIT_MS, polling: "raf" },
  );
  const seconds = ((await handle.jsonValue()) ?? 0) / 1000;
  // What the page draws after the first frame counts too.
  await page.waitForTimeout(1000);
  const tasks = await page.evaluate(() => {
    const { marks } = window as unknown as MarkedWindow;
    const { longestTaskMs, nLongTasks } = marks;
    Object.assign(marks, { longestTaskMs: 0, nLongTasks: 0 });
    return { longestTaskMs, nLongTasks };
  });
  return { seconds, ...tasks };
}

const isDone = (step: StepName): string => `nav [data-step=${step}][data-state=done], nav [data-step=${step}][data-state=failed]`;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The watches over the processes. */
class Watch {
  readonly memory = new RendererMemory();
  readonly time = new RendererTime();

  reset(): void {
    this.memory.takePeak();
    this.time.take();
  }

  words({ seconds, longestTaskMs, nLongTasks }: Measured): string {
    const { all, busiest } = this.time.take();
    const cpu = `${all.toFixed(1)} s of CPU, ${busiest.toFixed(1)} s in one thread`;
    const tasks = `longest task of the page ${Math.round(longestTaskMs)} ms (${nLongTasks} above 50 ms)`;
    return `${seconds.toFixed(2)} s (${cpu}), ${tasks}, peak ${this.memory.takePeak()} MB`;
  }
}

/** Presses a button of the page and gives the milliseconds until the run panel is gone. */
async function cancelMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = [...document.querySelectorAll<HTMLButtonElement>("section button")].find(
      ({ textContent }) => textContent?.trim() === "Cancel",
    );
    if (!button) throw new Error("there is nothing to cancel");
    const startedAt = performance.now();
    button.click();
    while (document.querySelector("[role=progressbar]")) await new Promise((wake) => requestAnimationFrame(wake));
    return performance.now() - startedAt;
  });
}

const chooserOf = (page: Page) => page.locator("input[type=file]").first();

async function measureCancel(page: Page, path: string): Promise<void> {
  await chooserOf(page).setInputFiles(path);
  await page.locator("[role=progressbar]").waitFor();
  await page.waitForTimeout(700);
  say(`cancel while reading: ${Math.round(await cancelMs(page))} ms`);
}

async function measureSteps(page: Page, watch: Watch, path: string, steps: readonly StepName[]): Promise<void> {
  await page.waitForTimeout(AT_REST_MS);
  watch.reset();
  await chooserOf(page).setInputFiles(path);
  const megabytes = statSync(path).size / 1e6;
  const read = await untilShown(page, "main#content[data-step=data] table");
  say(`data: ${watch.words(read)}, ${megabytes.toFixed(0)} MB, ${(megabytes / read.seconds).toFixed(1)} MB/s`);
  for (const step of steps) {
    const start = () => page.locator(`nav [data-step=${step}]`).click();
    const load = loadavg()[0];
    await start();
    await page
      .locator("main#content button:not([disabled])")
      .filter({ hasText: /^Run / })
      .first()
      .click({ timeout: 2000 })
      .catch(() => {});
    const done = await untilShown(page, isDone(step));
    const alert = await page.getByRole("alert").allInnerTexts();
    say(`${step}: ${watch.words(done)}, load ${load} before${alert.length > 0 ? `: ${alert.join(" | ")}` : ""}`);
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { steps: { type: "string" }, target: { type: "string" } },
  });
  const folder = join(root, "out", "bench", "data");
  const path = positionals[0] ? resolve(positionals[0]) : join(folder, ensureData("million-csv", folder));
  const steps = (values.steps ?? "structure,predict").split(",").filter((step) => step !== "data") as StepName[];
  const settings = { ...defaultValues(SETTINGS), target: values.target ?? "", learners: ["xgboost"] as const };
  const link = await encodeLink({ source: null, step: "data", language: "en", run: ["data"], settings });
  const server = await serveFolder({ folder: distFolder });
  const browser = await launchBrowser();
  const watch = new Watch();
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await page.addInitScript(watchTasks);
    say(`${basename(path)}; ${cpus().length} cores, load ${loadavg()[0]}`);
    await page.goto(server.url);
    await measureCancel(page, path);
    await page.goto("about:blank");
    await page.goto(server.url + link);
    await measureSteps(page, watch, path, steps);
  } finally {
    watch.memory.close();
    await browser.close();
    await server.close();
  }
}

await main();
