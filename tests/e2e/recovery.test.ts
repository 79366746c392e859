import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { chooseFile, linkWith, readReport, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

/** Long enough to be interrupted after its first checkpoints, and small. */
const LONG = { folds: 2, quick: false, engine: "wasm", ganSteps: 20_000, ganHidden: 32, ganBatch: 40, rows: 50 } as const;
const SMALL_TABLE = readFileSync("public/samples/shopping-sample.csv", "utf8").split("\n").slice(0, 201).join("\n");

const longTraining = () => linkWith({ run: ["data", "synthesize"], step: "synthesize", settings: LONG });

/** The step that the run panel names, or 0 while it names none. */
async function stepNow(page: Page): Promise<number> {
  const words = await page.getByRole("progressbar").getAttribute("aria-label");
  return Number(/step ([\d,]+) of/.exec(words ?? "")?.[1]?.replaceAll(",", "") ?? 0);
}

/** Ends the workers of that name, as a browser short of memory would. */
async function endWorkers(page: Page, name: string): Promise<number> {
  // With the first of them the page may end others, which then answer no more.
  const ended = await Promise.all(
    page.workers().map((worker) =>
      worker
        .evaluate((wanted) => {
          if (self.name !== wanted) return 0;
          setTimeout(() => self.close(), 200);
          return 1;
        }, name)
        .catch(() => 0),
    ),
  );
  return ended.reduce((sum, one) => sum + one, 0);
}

/** The step that training went on from, as the page says it; the furthest of several. */
async function recoveredFrom(page: Page, engine: string): Promise<number> {
  const note = page.getByRole("status").filter({ hasText: "Training was interrupted and went on." });
  await note.waitFor({ timeout: 30_000 });
  const text = await note.innerText();
  expect(text).toContain(`${engine} stopped`);
  return Math.max(0, ...Array.from(text.matchAll(/from step ([\d,]+)/g), ([, step]) => Number(step.replaceAll(",", ""))));
}

/** When the latest checkpoint was saved, as the page says it; 0 before the first. */
const savedAt = async (page: Page) => Number(await page.locator("[data-saved]").getAttribute("data-saved"));
const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** Agrees to storage while it trains, and waits for the first checkpoint on the device. */
async function keepCheckpoints({ page }: OpenedPage, timeoutMs = 60_000): Promise<void> {
  await waitForState(page, "synthesize", "running");
  await page.getByRole("switch", { name: "Keep checkpoints on this device" }).click();
  await expect.poll(() => savedAt(page), { timeout: timeoutMs }).toBeGreaterThan(0);
}

test.each(["trendloom-gpu", "trendloom-gan-part"])(
  "training goes on from its last checkpoint when a worker %s dies",
  async (name) => {
    await using opened = await openPage({ path: await longTraining() });
    const { page } = opened;
    await waitForState(page, "synthesize", "running");
    await expect.poll(() => stepNow(page), { timeout: 60_000 }).toBeGreaterThan(1);
    // The first checkpoint comes after five seconds.
    await page.waitForTimeout(7000);
    const before = await stepNow(page);
    expect(await endWorkers(page, name)).toBeGreaterThan(0);
    const from = await recoveredFrom(page, "our own, WASM with SIMD");
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(before + 50);
    await expect.poll(() => stepNow(page), { timeout: 60_000 }).toBeGreaterThan(from);
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(opened.errors).toEqual([]);
  },
);

test("training whose steps stop coming goes on from its last checkpoint", async () => {
  await using opened = await openPage();
  const { page } = opened;
  // The page's clock, not the workers': a minute of silence passes at once.
  await page.clock.install();
  await page.goto("about:blank");
  await page.goto(opened.url + (await longTraining()));
  await waitForState(page, "synthesize", "running");
  await expect.poll(() => stepNow(page), { timeout: 60_000 }).toBeGreaterThan(1);
  // The first checkpoint comes after five seconds.
  await page.waitForTimeout(7000);
  for (const worker of page.workers())
    void worker
      .evaluate(() => {
        while (self.name === "trendloom-gpu");
      })
      .catch(() => {});
  await page.waitForTimeout(500);
  await page.clock.runFor(75_000);
  const from = await recoveredFrom(page, "our own, WASM with SIMD");
  expect(from).toBeGreaterThan(0);
  await expect.poll(() => stepNow(page), { timeout: 60_000 }).toBeGreaterThan(from);
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(opened.errors).toEqual([]);
});

test("a training of the audit goes on when its worker dies", async () => {
  const settings = { ...LONG, ganSteps: 6000 };
  await using opened = await openPage({
    path: await linkWith({ source: null, run: ["data", "synthesize", "verdict"], step: "verdict", settings }),
  });
  const { page } = opened;
  await chooseFile(page, "small.csv", SMALL_TABLE);
  await waitForState(page, "verdict", "running");
  // Other arms come before it, so that it may have no checkpoint yet when it is first interrupted.
  let from = 0;
  for (let attempt = 0; attempt < 3 && from === 0; attempt++) {
    await page.waitForTimeout(8000);
    expect(await endWorkers(page, "trendloom-gpu")).toBeGreaterThan(0);
    await page.waitForTimeout(2000);
    from = await recoveredFrom(page, "our own, WASM with SIMD");
  }
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThan(6000);
  await expect.poll(() => page.locator("nav [data-step=verdict]").getAttribute("data-state")).toBe("running");
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(opened.errors).toEqual([]);
});

/** Notes the graphics devices and contexts that a worker opens, so that they can be taken away. */
const NOTE_DEVICES = `(() => {
  const devices = (globalThis.devices = []);
  if (typeof GPUAdapter !== "undefined") {
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...given) {
      const device = await request.apply(this, given);
      devices.push(device);
      return device;
    };
  }
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (...given) {
    const context = getContext.apply(this, given);
    const loss = context?.getExtension?.("WEBGL_lose_context");
    if (loss) devices.push({ destroy: () => loss.loseContext() });
    return context;
  };
})()`;
const DESTROY_DEVICES = "(globalThis.devices ?? []).map((device) => device.destroy()).length";

test.each([
  { engine: "webgpu", gpu: "webgpu", words: "WebGPU" },
  { engine: "webgl", gpu: "default", words: "WebGL" },
] as const)(
  "training on $words goes on from its last checkpoint, on our own engine, when the device is lost",
  async ({ engine, gpu, words }) => {
    const settings = { folds: 2, ganSteps: 3000, ganHidden: 8, ganBatch: 20, rows: 50, quick: false, engine };
    await using opened = await openPage({
      gpu,
      path: await linkWith({ source: null, run: ["data", "synthesize"], step: "synthesize", settings }),
    });
    const { page } = opened;
    page.on("worker", (worker) => void worker.evaluate(NOTE_DEVICES).catch(() => {}));
    await chooseFile(page, "small.csv", SMALL_TABLE);
    // Checkpoints on the device show that there is one. A software adapter compiles its shaders for minutes before the first step.
    await keepCheckpoints(opened, 420_000);
    const lost = await Promise.all(page.workers().map((worker) => worker.evaluate<number>(DESTROY_DEVICES)));
    expect(Math.max(...lost)).toBeGreaterThan(0);
    expect(await recoveredFrom(page, words)).toBeGreaterThan(0);
    await waitForState(page, "synthesize", "done");
    expect((await readReport(page)).gan).toMatchObject({ engine: "wasm", why: "engine-lost", nRows: 50 });
  },
  600_000,
);

test("nothing is stored before the user agrees, and nothing is left after all is forgotten", async () => {
  await using opened = await openPage({ path: await longTraining() });
  const { page } = opened;
  await waitForState(page, "synthesize", "running");
  await expect.poll(() => stepNow(page), { timeout: 60_000 }).toBeGreaterThan(1);
  await page.waitForTimeout(7000);
  expect(await databases(page)).toEqual([]);
  await keepCheckpoints(opened);
  expect(await databases(page)).toEqual(["trendloom"]);
  await page.getByRole("button", { name: "Forget everything" }).click();
  await expect.poll(() => databases(page)).toEqual([]);
  await page.waitForTimeout(7000);
  expect(await databases(page)).toEqual([]);
  expect(await page.getByRole("switch", { name: "Keep checkpoints" }).getAttribute("aria-checked")).toBe("false");
  expect(opened.errors).toEqual([]);
});

test("a page that was left while it trained offers to go on, from a checkpoint of the last ten seconds", async () => {
  await using opened = await openPage({ path: await longTraining() });
  const { page } = opened;
  await keepCheckpoints(opened);
  await page.waitForTimeout(12_000);
  const saved = await savedAt(page);
  const step = await stepNow(page);
  expect(Date.now() - saved).toBeLessThan(10_000);
  // Reopened without the link, as by a bookmark.
  await page.goto("about:blank");
  await page.goto(opened.url);
  const offer = page.getByRole("region", { name: "Interrupted trainings" });
  await offer.waitFor();
  const words = await offer.innerText();
  expect(words).toMatch(/shopping-sample\.csv stopped at step [\d,]+ of 20,000.*saved on this device at \d\d:\d\d/s);
  const kept = Number(/step ([\d,]+) of/.exec(words)?.[1]?.replaceAll(",", ""));
  expect(kept).toBeGreaterThan(0);
  await offer.getByRole("button", { name: "Go on from there" }).click();
  await waitForState(page, "synthesize", "running");
  const note = page.getByRole("status").filter({ hasText: "saved on this device" });
  await note.waitFor();
  expect(await note.innerText()).toMatch(/went on from step [\d,]+, which was saved on this device at \d\d:\d\d/);
  await expect.poll(() => stepNow(page), { timeout: 60_000 }).toBeGreaterThan(kept);
  expect(kept).toBeLessThanOrEqual(step + 100);
  // Cancelled, it can still go on, or begin anew.
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Begin anew" }).waitFor();
  expect(opened.errors).toEqual([]);
});

test("a training on a file of one's own asks for the file, of which no row was kept", async () => {
  const settings = { ...LONG, target: "Frequency of Purchases" };
  await using opened = await openPage({
    path: await linkWith({ source: null, run: ["data", "synthesize"], step: "synthesize", settings }),
  });
  const { page } = opened;
  await chooseFile(page, "mine.csv", SMALL_TABLE);
  await keepCheckpoints(opened);
  await page.goto("about:blank");
  await page.goto(opened.url);
  await page.getByRole("button", { name: "Go on from there" }).click();
  await page.getByRole("heading", { name: "Open mine.csv once more, and training goes on." }).waitFor();
  await chooseFile(page, "mine.csv", SMALL_TABLE);
  await waitForState(page, "synthesize", "running");
  await page.getByText(/went on from step [\d,]+, which was saved on this device/).waitFor();
  expect(opened.errors).toEqual([]);
});

test("two tabs that train the same do not get in each other's way", async () => {
  await using opened = await openPage({ path: await longTraining() });
  const { page, context } = opened;
  await keepCheckpoints(opened);
  const second = await context.newPage();
  await second.goto(opened.url);
  await second.waitForTimeout(3000);
  // What another tab trains just now is not offered.
  expect(await second.getByRole("region", { name: "Interrupted trainings" }).count()).toBe(0);
  await second.goto("about:blank");
  await second.goto(opened.url + (await longTraining()));
  await waitForState(second, "synthesize", "running");
  await expect.poll(() => stepNow(second), { timeout: 60_000 }).toBeGreaterThan(1);
  // It begins by itself, stores nothing, and the first one goes on storing.
  expect(await second.getByText("went on from step").count()).toBe(0);
  const saved = await savedAt(page);
  await expect.poll(() => savedAt(page), { timeout: 20_000 }).toBeGreaterThan(saved);
  await second.getByRole("button", { name: "Forget everything" }).click();
  await expect.poll(() => page.getByRole("switch", { name: "Keep checkpoints" }).getAttribute("aria-checked")).toBe("false");
  expect(await databases(page)).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test.each([
  { what: "refused", words: "This browser stores nothing for this page" },
  { what: "full", words: "This browser's storage is full" },
] as const)("with storage $what, checkpoints stay in memory and the page says so", async ({ what, words }) => {
  await using opened = await openPage();
  const { page } = opened;
  await page.addInitScript((fault) => {
    if (fault === "refused") {
      indexedDB.open = () => {
        throw new DOMException("storage is refused", "InvalidStateError");
      };
    } else {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("storage is full", "QuotaExceededError");
      };
    }
  }, what);
  await page.goto("about:blank");
  await page.goto(opened.url + (await longTraining()));
  await waitForState(page, "synthesize", "running");
  await page.getByRole("switch", { name: "Keep checkpoints on this device" }).click();
  await page.getByRole("alert").filter({ hasText: words }).waitFor({ timeout: 60_000 });
  await expect.poll(() => stepNow(page), { timeout: 60_000 }).toBeGreaterThan(1);
  // The first checkpoint comes after five seconds.
  await page.waitForTimeout(7000);
  expect(await endWorkers(page, "trendloom-gpu")).toBe(1);
  expect(await recoveredFrom(page, "our own, WASM with SIMD")).toBeGreaterThan(0);
  expect(opened.errors).toEqual([]);
});
