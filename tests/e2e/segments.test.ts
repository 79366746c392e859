import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Download, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkWith, readReport, TINY, waitForAll, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

const RUN = ["data", "structure", "segments"] as const;
const SAMPLE = "public/samples/shopping-sample.csv";

let opened: OpenedPage;
let map: Locator;

beforeAll(async () => {
  opened = await openPage({
    path: await linkWith({ run: RUN, step: "segments", settings: { segmentPreset: "seed-tiers", quick: true } }),
  });
  await waitForAll(opened.page, RUN);
  map = opened.page.getByRole("application");
  await map.waitFor();
});
afterAll(() => opened.close());

const rows = (): string[][] =>
  readFileSync(SAMPLE, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trimEnd().split(","));

/** What the axes of the map say. */
const axes = (): Promise<string | null> => opened.page.locator("#customer-map svg[role=img]").textContent();

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function chosenCount(): Promise<number> {
  const words = await opened.page.locator("#customer-map [role=status]", { hasText: "customers chosen" }).innerText();
  return Number(words.split(" ")[0].replaceAll(",", ""));
}

test("the map zooms, moves and comes back by keys and by wheel", async () => {
  const { page } = opened;
  const whole = await axes();
  await map.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("+");
  await expect.poll(axes).not.toBe(whole);
  await page.waitForTimeout(400);
  const near = await axes();
  for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowRight");
  await expect.poll(axes).not.toBe(near);
  await page.keyboard.press("0");
  await expect.poll(axes).toBe(whole);
  await map.hover();
  await page.mouse.wheel(0, -400);
  await expect.poll(axes).not.toBe(whole);
  await page.getByRole("button", { name: "Show all", exact: true }).click();
  await expect.poll(axes).toBe(whole);
});

test("customers are chosen by keys, by ranges and by dragging, counted and saved", async () => {
  const { page } = opened;
  await map.focus();
  await page.keyboard.press("b");
  for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await chosenCount()).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByText("customers chosen").count()).toBe(0);

  await page.getByRole("button", { name: "Choose by ranges" }).click();
  await page.getByLabel("Age from").fill("30");
  await page.getByLabel("Age from").press("Enter");
  await page.getByLabel("Age to").fill("40");
  await page.getByLabel("Age to").press("Enter");
  const [head, ...body] = rows();
  const age = head.indexOf("Age");
  const expected = body.filter((row) => Number(row[age]) >= 30 && Number(row[age]) <= 40).length;
  await expect.poll(chosenCount).toBe(expected);
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: `Save these ${expected.toLocaleString("en")} customers` }).click(),
  ]);
  expect((await textOf(download)).trim().split("\n").length).toBe(expected + 1);

  await page.getByRole("button", { name: "Choose customers with a lasso" }).click();
  const box = (await map.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + 100, box.y + 60);
  await page.mouse.down();
  for (const [x, y] of [
    [220, 60],
    [220, 160],
    [100, 160],
    [100, 70],
  ]) {
    await page.mouse.move(box.x + x, box.y + y, { steps: 8 });
  }
  await page.mouse.up();
  await expect.poll(chosenCount).not.toBe(expected);
  expect(await chosenCount()).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Clear the choice" }).click();
  await page.getByRole("button", { name: "Move the map" }).click();
});

test("a click on a segment makes it stand out and leads to its card", async () => {
  const { page } = opened;
  await page.locator("#customer-map").getByRole("button", { name: "Gold", exact: true }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Gold");
  await page.getByRole("button", { name: "Show all segments alike" }).first().click();
});

test("a tier that is renamed, recoloured and moved stays so behind a link", async () => {
  const { page } = opened;
  await page.getByRole("button", { name: "Edit Diamond" }).click();
  const form = page.getByRole("dialog", { name: /Edit/ });
  await form.getByLabel("Name", { exact: true }).fill("Our best");
  await form.getByLabel("Name", { exact: true }).press("Tab");
  await form.getByRole("radio", { name: "purple" }).check();
  await form.getByRole("button", { name: "Move later" }).click();
  await page.keyboard.press("Escape");
  const headings = () => page.locator("article h3").allInnerTexts();
  await expect.poll(headings).toEqual(["Gold", "Our best", "Silver", "Bronze"]);

  await page.locator("[data-action=share]").first().click();
  const area = page.getByRole("dialog").locator("textarea[readonly]");
  await expect.poll(() => area.inputValue()).toMatch(/#v1\./);
  const link = await area.inputValue();
  await page.keyboard.press("Escape");
  expect(link.length).toBeLessThan(2000);
  await using other = await openPage({ path: link.slice(link.indexOf("#")) });
  await waitForAll(other.page, RUN);
  await expect.poll(() => other.page.locator("article h3").allInnerTexts()).toEqual(["Gold", "Our best", "Silver", "Bronze"]);
  expect(other.errors).toEqual([]);
});

test("two segments are compared, and what made them is no discovery", async () => {
  const { page } = opened;
  await page.getByLabel("Segment B").selectOption({ label: "Bronze" });
  await page.getByRole("heading", { name: /^Our best and Bronze/ }).waitFor();
  const figure = page.locator("figure", { has: page.getByRole("heading", { name: /^Our best and Bronze/ }) });
  await figure.getByRole("button", { name: "As table" }).click();
  expect(await figure.getByRole("row", { name: /Age, used to cut/ }).count()).toBe(1);
  await figure.locator("button[aria-pressed=true]").click();
});

test("customers of a second file are put into the segments", async () => {
  const { page } = opened;
  const section = page.getByRole("region", { name: "Put other customers into these segments" });
  await section
    .locator("input[type=file]")
    .setInputFiles({ name: "more.csv", mimeType: "text/csv", buffer: readFileSync(SAMPLE) });
  await section.getByRole("status").waitFor();
  const counts = await section.locator("tbody tr td:nth-child(2)").allInnerTexts();
  expect(counts.map((count) => Number(count.replaceAll(",", ""))).reduce((sum, count) => sum + count, 0)).toBe(3900);
  const before = await section.locator("tbody tr td:nth-child(4)").allInnerTexts();
  expect(await section.locator("tbody tr td:nth-child(3)").allInnerTexts()).toEqual(before);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    section.getByRole("button", { name: /Save the second file/ }).click(),
  ]);
  expect(await textOf(download)).toContain("Our best");
});

test("an own rule holds the customers it should", async () => {
  const { page } = opened;
  await page.getByLabel("Segments by", { exact: true }).selectOption({ label: "own rules" });
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByLabel("Name of rule 1").fill("Frequent women");
  await page.getByLabel("Name of rule 1").press("Tab");
  await page.getByLabel("Column", { exact: true }).first().selectOption("Previous Purchases");
  await page.getByLabel("Value", { exact: true }).fill("30");
  await page.getByLabel("Value", { exact: true }).press("Tab");
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByLabel("Column", { exact: true }).nth(1).selectOption("Gender");
  await page.getByLabel("Value", { exact: true }).nth(1).selectOption("Female");
  await page.getByRole("button", { name: "Run again" }).first().click();
  await waitForState(page, "segments", "done");
  const [head, ...body] = rows();
  const [purchases, gender] = ["Previous Purchases", "Gender"].map((name) => head.indexOf(name));
  const expected = body.filter((row) => Number(row[purchases]) >= 30 && row[gender] === "Female").length;
  const card = page.getByRole("article", { name: "Frequent women" });
  await card.waitFor();
  expect(await card.getByRole("button", { name: /^See/ }).innerText()).toBe(`See ${expected.toLocaleString("en")} members`);
  await card.getByRole("button", { name: /^See/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Show 50 more" }).click();
  await expect.poll(() => page.getByRole("dialog").locator("tbody tr").count()).toBe(100);
  await page.keyboard.press("Escape");
});

test.each(["light", "dark"] as const)(
  "rules, a choice and an open form are free of accessibility faults (%s)",
  async (scheme) => {
    const { page } = opened;
    await page.emulateMedia({ colorScheme: scheme });
    await map.focus();
    await page.keyboard.press("b");
    for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Edit/ }).first().click();
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
    await page.keyboard.press("Escape");
  },
);

test("nothing of all this left the page", () => {
  expect(opened.errors).toEqual([]);
  expect(opened.requests.judge(opened.origin)).toMatchObject({ foreignOrigin: [], nonGet: [], withQueryOrBody: [] });
});

test("the segment can be what is predicted, with the warning that it proves nothing", async () => {
  const settings = { ...TINY, segmentUse: "target", segmentPreset: "seed-tiers", forestTrees: 20, boostingRounds: 20 } as const;
  await using predicted = await openPage({ path: await linkWith({ run: ["data", "predict"], step: "predict", settings }) });
  const { page } = predicted;
  await waitForState(page, "predict", "done");
  await page.getByText("These are your own cuts, found again.").waitFor();
  const report = await readReport(page);
  expect(report.signal).toMatchObject({ target: "segment", verdict: "predictable" });
  await page.getByLabel("Predict", { exact: true }).selectOption("Size");
  await page
    .getByRole("button", { name: /Run again/ })
    .first()
    .click();
  await page.getByText("These are your own cuts, found again.").waitFor({ state: "detached" });
  await waitForState(page, "predict", "done");
  expect((await readReport(page)).signal).toMatchObject({ target: "Size", verdict: "none" });
  expect(predicted.errors).toEqual([]);
});
