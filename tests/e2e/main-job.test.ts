import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STEPS } from "../../src/app/state/settings.ts";
import { linkWith, readReport, TINY, waitForAll } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage({ path: await linkWith({ run: STEPS, step: "verdict", settings: TINY }) });
  await waitForAll(opened.page);
});
afterAll(() => opened.close());

/** Accessibility faults of what is shown, each with the first place. */
async function faultsOf(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: opened.page })
    .options({
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] },
      rules: { "heading-order": { enabled: true } },
    })
    .analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 160)}`);
}

test("the sample runs through all six steps and lands on the verdict", async () => {
  expect(await opened.page.locator("main#content").getAttribute("data-step")).toBe("verdict");
  const report = await readReport(opened.page);
  expect(report.data).toMatchObject({ nRows: 3900, nColumns: 19 });
  expect(report.structure.identifiers).toEqual(["Customer ID"]);
  expect(report.structure.identical).toEqual([["Discount Applied", "Promo Code Used"]]);
  expect(report.structure.combinations[0].cells.map((cell) => cell.count)).toEqual([1248, 1053, 975, 624]);
  expect(report.signal.verdict).toBe("none");
  expect(report.gan.nRows).toBe(3900);
  expect(report.gan.heldOut.gan.brokenRows).toBe(0);
  expect(report.ledger.length).toBe(8);
  for (const arm of report.ledger) expect(arm.verdict).not.toBe("helped");
  expect(new Set(report.ledger.map(({ sampler }) => sampler)).size).toBe(4);
  expect(report.leakReplay.map(({ mistake }) => mistake)).toEqual(["duplicates-before-split", "notebook-recipe"]);
  for (const { reported, honest } of report.leakReplay) expect(reported).toBeGreaterThan(honest + 0.1);
});

test("nothing went anywhere else, and nothing was refused by the policy", () => {
  const judged = opened.requests.judge(opened.origin);
  expect(judged.foreignOrigin).toEqual([]);
  expect(judged.nonGet).toEqual([]);
  expect(judged.withQueryOrBody).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test.each([
  ["light", "English"],
  ["dark", "Tiếng Việt"],
] as const)("every screen is free of accessibility faults (%s, %s)", async (scheme, language) => {
  const { page } = opened;
  await page.emulateMedia({ colorScheme: scheme });
  await page.getByRole("button", { name: language }).click();
  for (const step of STEPS) {
    await page.locator(`nav [data-step=${step}]`).click();
    await page.locator(`main#content[data-step=${step}] h1`).waitFor();
    expect({ step, faults: await faultsOf() }).toEqual({ step, faults: [] });
  }
});

test("so are the start page and the dialogs", async () => {
  const { page } = opened;
  for (const name of ["share", "export"]) {
    await page.locator(`[data-action=${name}]`).first().click();
    await page.getByRole("dialog").waitFor();
    expect({ name, faults: await faultsOf() }).toEqual({ name, faults: [] });
    await page.keyboard.press("Escape");
  }
  await page.locator("header button").first().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await faultsOf()).toEqual([]);
});

test("nothing runs over the edge at 360 px", async () => {
  const { page } = opened;
  await page.getByRole("button", { name: /shopping-sample\.csv/ }).click();
  await page.setViewportSize({ width: 360, height: 780 });
  for (const step of STEPS) {
    await page.locator(`nav [data-step=${step}]`).click();
    await page.locator(`main#content[data-step=${step}] h1`).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect({ step, overflow }).toEqual({ step, overflow: 0 });
  }
});
