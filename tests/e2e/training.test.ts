import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkWith, TINY, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

/** Rows of the sample; as many are made where the settings do not say. */
const N_ROWS = 3900;

let opened: OpenedPage;

beforeAll(async () => {
  const settings = { ...TINY, quick: false, ganSteps: 60, ganHidden: 64 };
  opened = await openPage({ path: await linkWith({ run: ["data", "synthesize"], step: "synthesize", settings }) });
});
afterAll(() => opened.close());

/** The step that the run panel names, or 0 while it names none. */
async function stepNow(): Promise<number> {
  const words = await opened.page.getByRole("progressbar").getAttribute("aria-label");
  return Number(/step (\d+) of 60/.exec(words ?? "")?.[1] ?? 0);
}

test("training pauses, goes on step by step, resumes, and its rows can be saved", async () => {
  const { page } = opened;
  await waitForState(page, "synthesize", "running");
  await expect.poll(stepNow, { timeout: 60_000 }).toBeGreaterThan(2);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "One step" }).waitFor();
  // Events that were under way arrive; after that nothing moves.
  await page.waitForTimeout(1500);
  const held = await stepNow();
  await page.waitForTimeout(1500);
  expect(await stepNow()).toBe(held);
  await page.getByRole("button", { name: "One step" }).click();
  await expect.poll(stepNow).toBe(held + 1);
  await page.getByRole("button", { name: "Resume" }).click();
  await waitForState(page, "synthesize", "done");
  expect(opened.errors).toEqual([]);
});

/** What a press of the button that saves the file gives: its cells, the header first. */
async function saved(fileName: string): Promise<string[][]> {
  const { page } = opened;
  const save = page.getByRole("button", { name: `Save ${fileName}` });
  const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
  expect(download.suggestedFilename()).toBe(fileName);
  return Papa.parse<string[]>(readFileSync(await download.path(), "utf8"), { skipEmptyLines: true }).data;
}

test.each(["synthetic", "sequential-trees.synthetic", "blocks.synthetic", "shuffled.synthetic"])(
  "%s rows can be saved: as many as were made, no identifier, values of the table's own",
  async (ending) => {
    const [header, ...rows] = await saved(`shopping-sample.${ending}.csv`);
    expect(header).toContain("Frequency of Purchases");
    expect(header).not.toContain("Customer ID");
    expect(rows).toHaveLength(N_ROWS);
    const seasons = new Set(rows.map((row) => row[header.indexOf("Season")]));
    expect([...seasons].every((season) => ["Spring", "Summer", "Fall", "Winter"].includes(season))).toBe(true);
    expect(seasons.size).toBe(4);
  },
);

test("changing a role makes the later steps stale, and their figures stay", async () => {
  const { page } = opened;
  await page.locator("nav [data-step=data]").click();
  await page.getByLabel("Role of Color").selectOption("ignore");
  await waitForState(page, "synthesize", "stale");
  await page.locator("nav [data-step=synthesize]").click();
  await page.getByText("Out of date").first().waitFor();
  expect(await page.locator("figure").count()).toBeGreaterThan(2);
});
