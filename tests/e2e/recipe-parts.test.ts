import { expect, test } from "vitest";
import { linkWith, readReport, TINY, waitForAll } from "../browser/support/app-page.ts";
import { openPage } from "../browser/support/open-page.ts";

const STEPS = ["data", "structure", "synthesize", "verdict"] as const;

test("a full run audits each part of the generator's recipe alone, and says in both languages which does the work", async () => {
  const settings = { ...TINY, quick: false, skipLedger: true };
  await using opened = await openPage({ path: await linkWith({ run: STEPS, step: "verdict", settings }) });
  const { page } = opened;
  await waitForAll(page, STEPS);
  const { fidelity } = await readReport(page);
  const trained = ["gan", "ganMatching", "ganAdversarial", "ganStep0"] as const;
  expect(Object.keys(fidelity)).toEqual(expect.arrayContaining([...trained, "floor", "ceiling"]));
  const shapes = trained.map((name) => fidelity[name]?.columnShapes);
  expect(new Set(shapes).size).toBe(trained.length);
  for (const shape of shapes) expect(shape).toBeGreaterThan(0.5);
  await page.getByRole("note").filter({ hasText: "the matching losses alone reach" }).waitFor();
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  await page.getByRole("note").filter({ hasText: "Mỗi cách huấn luyện một lần." }).waitFor();
  expect(opened.errors).toEqual([]);
});
