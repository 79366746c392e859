import { afterAll, beforeAll, expect, test } from "vitest";
import { serveFolder } from "../../scripts/serve.mjs";
import { distFolder } from "../../scripts/setup.mjs";
import { linkWith, TINY, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage();
});
afterAll(() => opened.close());

async function startPredict(): Promise<void> {
  const { page } = opened;
  await page.goto("about:blank");
  await page.goto(
    opened.url +
      (await linkWith({
        run: ["data", "predict"],
        step: "predict",
        settings: { ...TINY, learners: ["ml-random-forest", "random-forest"] },
      })),
  );
  await waitForState(page, "predict", "running");
}

test("a cancel is answered without waiting for the workers, and the step can be run again", async () => {
  await startPredict();
  const { page } = opened;
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBeGreaterThan(2);
  const turns = await page.evaluate(async () => {
    const knot = document.querySelector("nav [data-step=predict]");
    const cancel = [...document.querySelectorAll("button")].find((button) => button.textContent?.trim() === "Cancel");
    cancel?.click();
    let turns = 0;
    while (knot?.getAttribute("data-state") === "running" && turns < 1000) {
      await new Promise((resolve) => setTimeout(resolve));
      turns++;
    }
    return turns;
  });
  // Counted in turns of the page's own queue, a few milliseconds each: a tree of the reference learner takes seconds.
  expect(turns).toBeLessThan(20);
  await page.getByRole("button", { name: "Run Predict" }).click();
  await waitForState(page, "predict", "running");
});

test("a worker that is ended from outside is reported, and the next job runs", async () => {
  await startPredict();
  const { page } = opened;
  // Both learners have started by then, which their locks tell; the data worker has done its part.
  const nLocks = () => page.evaluate(async () => (await navigator.locks.query()).held?.length ?? 0);
  await expect.poll(nLocks, { timeout: 20_000 }).toBeGreaterThan(2);
  for (const worker of page.workers()) void worker.evaluate(() => self.close()).catch(() => {});
  await waitForState(page, "predict", "failed", 20_000);
  expect(await page.getByRole("alert").innerText()).toMatch(/stopped|ended|died|worker/i);
  await page.locator("nav [data-step=structure]").click();
  await page.getByRole("button", { name: /^Run/ }).first().click();
  await waitForState(page, "structure", "done");
});

test("a worker cannot reach another origin: it inherits the page's policy", async () => {
  const foreign = await serveFolder({ folder: distFolder });
  try {
    await startPredict();
    const { page } = opened;
    await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBeGreaterThan(2);
    const ask = (url: string) =>
      fetch(url, { mode: "no-cors" }).then(
        () => "reached",
        () => "blocked",
      );
    const outcomes = await Promise.all(page.workers().map((worker) => worker.evaluate(ask, `${foreign.url}icon.svg`)));
    expect(new Set(outcomes)).toEqual(new Set(["blocked"]));
    // The same question is answered where no policy stands in the way, so it is the policy that blocks.
    const free = await opened.context.newPage();
    await free.goto(`${foreign.url}icon.svg`);
    expect(await free.evaluate(ask, `${foreign.url}icon.svg`)).toBe("reached");
    await free.close();
  } finally {
    await foreign.close();
  }
});
