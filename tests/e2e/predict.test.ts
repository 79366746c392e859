import AxeBuilder from "@axe-core/playwright";
import type { Download } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkWith, readReport, TINY, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

let opened: OpenedPage;

beforeAll(async () => {
  const settings = { ...TINY, target: "Subscription Status", forestTrees: 20, boostingRounds: 20 } as const;
  opened = await openPage({ path: await linkWith({ run: ["predict"], step: "predict", settings }) });
  await waitForState(opened.page, "predict", "done");
});
afterAll(() => opened.close());

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** The title of the figure with the answer for one customer. */
const answer = () => opened.page.getByRole("heading", { name: /, says the model, at / });

/** What the figures of some part of the page are called. */
const titles = () => opened.page.locator("figure h3, figure h2").allInnerTexts();

test("ranking, calibration and cuts follow the model and the answer that are shown", async () => {
  const { page } = opened;
  const before = await titles();
  expect(before.some((title) => /ranks above another answer/.test(title))).toBe(true);
  await page.getByLabel("Answer shown").selectOption("No");
  await page.getByRole("heading", { name: /“Subscription Status = No” ranks above/ }).waitFor();
  const slider = page.getByLabel(/from this probability on/);
  await slider.fill("0.3");
  await page.getByRole("heading", { name: /From a probability of (2|3)\d\.\d.% on/u }).waitFor();
  await page.getByRole("button", { name: "Use it" }).click();
  expect(Number(await slider.inputValue())).toBeLessThan(0.5);
});

test("explains the model that was asked for", async () => {
  const { page } = opened;
  await page.getByLabel("Explain", { exact: true }).selectOption("xgboost");
  await page.getByRole("button", { name: "Explain this model" }).click();
  await page.getByRole("button", { name: "Explain again" }).waitFor({ timeout: 120_000 });
  await page.getByText(/Explains Extreme Gradient Boosting as fitted on the training rows of fold 1/).waitFor();
  expect((await titles()).some((title) => /matter|noise|intervals hold 0/.test(title))).toBe(true);
  await page.getByLabel("Measured by", { exact: true }).selectOption("gain");
  await page.getByRole("heading", { name: /won .* of what the splits won/ }).waitFor();
  const report = (await readReport(page)) as unknown as { importance: { learner: string; features: readonly unknown[] } };
  expect(report.importance).toMatchObject({ learner: "xgboost" });
  expect(report.importance.features.length).toBe(17);
});

test("another value gives another answer at once", async () => {
  const { page } = opened;
  await page.getByRole("button", { name: "Train for use" }).click();
  await answer().waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "All 17 columns" }).click();
  const choose = async (value: string) => {
    await page.getByLabel("Discount Applied", { exact: true }).selectOption(value);
    await page.getByLabel("Promo Code Used", { exact: true }).selectOption(value);
    await page.waitForTimeout(500);
    return answer().innerText();
  };
  const [without, withDiscount] = [await choose("No"), await choose("Yes")];
  expect(withDiscount).not.toBe(without);
  expect(without).toMatch(/^No, says the model/);
  await page.getByLabel("Row of the table").fill("7");
  await page.getByRole("button", { name: "Take this row" }).click();
  await page.getByText("Row 7 of the table.").waitFor();
  await page.getByText(/The way through the first tree/).waitFor();
});

test("scores a second file and says what it lacks and what is new in it", async () => {
  const { page } = opened;
  const csv = "Age,Gender,Discount Applied,Color\n30,Male,Yes,Plaid\n60,Female,No,Blue\n";
  await page.locator("[data-second-file]").setInputFiles({ name: "second.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  const result = page.locator("[data-scored]");
  await result.waitFor({ timeout: 60_000 });
  const words = await result.innerText();
  expect(words).toContain("2 rows of second.csv scored");
  expect(words).toMatch(/does not hold: .*Season/);
  expect(words).toContain("Color: Plaid (1 rows)");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the scored file" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("second.scored.real.csv");
  const lines = (await textOf(download)).trim().split(/\r?\n/);
  expect(lines[0]).toBe("Age,Gender,Discount Applied,Color,predicted Subscription Status,probability,verdict");
  expect(lines.length).toBe(3);
  expect(lines[2]).toMatch(/^60,Female,No,Blue,No,[01]\.\d{4},"?on held-out rows accuracy 0\.\d+/);
});

test("explanation and model for use are still there after another step was shown, and still follow the settings", async () => {
  const { page } = opened;
  await page.locator("nav [data-step=data]").click();
  await page.locator("main#content[data-step=data] h1").waitFor();
  await page.locator("nav [data-step=predict]").click();
  await answer().waitFor();
  await page.getByLabel("Explain", { exact: true }).selectOption("random-forest");
  await page.getByRole("button", { name: "Explain this model" }).waitFor();
  await page.getByLabel("Explain", { exact: true }).selectOption("xgboost");
  await page.getByRole("button", { name: "Explain again" }).waitFor();
});

test("the model leaves in four forms", async () => {
  const { page } = opened;
  for (const [form, ending] of [
    ["XGBoost JSON", ".json"],
    ["ONNX", ".onnx"],
    ["Python script", ".py"],
    ["Dask script", ".py"],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: `Save: ${form}` }).click(),
    ]);
    expect(download.suggestedFilename().endsWith(ending), download.suggestedFilename()).toBe(true);
    const text = await textOf(download);
    expect(text.length).toBeGreaterThan(200);
    if (ending === ".json") expect(JSON.parse(text)).toHaveProperty("learner");
  }
});

test.each([
  ["light", "English", 1440],
  ["dark", "Tiếng Việt", 1440],
  ["light", "English", 360],
] as const)("has no accessibility faults with everything open (%s, %s, %d px)", async (scheme, language, width) => {
  const { page } = opened;
  await page.emulateMedia({ colorScheme: scheme });
  await page.getByRole("button", { name: language }).click();
  await page.setViewportSize({ width, height: 900 });
  // Whatever lies half under the bar that stays in view would count as too small a target.
  await page.evaluate(() => scrollTo(0, 0));
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBe(0);
  expect(opened.errors).toEqual([]);
});
