import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkWith, stateOf, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage({ path: await linkWith({ run: ["structure"], step: "data" }) });
  await waitForState(opened.page, "structure", "done");
});
afterAll(() => opened.close());

test("a column takes another type, later steps turn stale, and the change can be undone", async () => {
  const { page } = opened;
  const type = page.getByRole("combobox", { name: "Type of Age" });
  expect(await type.inputValue()).toBe("found");
  await type.selectOption("text");
  const note = page.getByRole("complementary", { name: "Read as you set it" });
  await note.getByText("Age: text instead of whole number.").waitFor();
  await waitForState(page, "structure", "stale");
  expect(await page.getByRole("combobox", { name: "Role of Age" }).inputValue()).toBe("ignore");
  await note.getByRole("button", { name: "Undo the last change" }).click();
  await waitForState(page, "structure", "done");
  expect(await type.inputValue()).toBe("found");
  expect(await note.count()).toBe(0);
});

test("what cannot be read as a type is counted and listed; a type that reads nothing is refused", async () => {
  const { page } = opened;
  await page.getByRole("combobox", { name: "Type of Item Purchased" }).selectOption("date");
  await page.getByText("Item Purchased: no value can be read as date, so it stays category.").waitFor();
  expect(await page.getByRole("combobox", { name: "Type of Item Purchased" }).inputValue()).toBe("found");
  await page.getByRole("combobox", { name: "Type of Age" }).selectOption("boolean");
  await page.getByText(/^Age: no value can be read as two values/).waitFor();
  await page.getByRole("button", { name: "All as in the file" }).click();
  await waitForState(page, "structure", "done");
});

test("levels are merged, renamed and ordered by keyboard, and used by what follows", async () => {
  const { page } = opened;
  await page.getByRole("button", { name: "Frequency of Purchases", exact: true }).click();
  const dialog = page.getByRole("dialog");
  const levels = dialog.getByRole("region", { name: "Levels" });
  await levels.waitFor();
  for (const level of ["Bi-Weekly", "Fortnightly"])
    await levels.getByRole("checkbox", { name: `Choose ${level}` }).press("Space");
  await levels.getByRole("button", { name: "Merge the chosen (2)" }).press("Enter");
  const merged = levels.getByRole("textbox", { name: /^Name of (Bi-Weekly|Fortnightly)$/ });
  await merged.fill("Every 2 weeks");
  await levels.getByRole("switch").press("Space");
  const names = async () =>
    levels.getByRole("textbox").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  const before = await names();
  expect(before).toHaveLength(6);
  await levels.getByRole("button", { name: `Move ${before[0]} down` }).press("Enter");
  expect((await names()).slice(0, 2)).toEqual([before[1], before[0]]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(`Move ${before[0]} down`);
  await levels.getByRole("button", { name: "Use these levels" }).press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.getByText("Frequency of Purchases: levels renamed, merged or put in order.").waitFor();
  await waitForState(page, "structure", "stale");
  const row = page.getByRole("row").filter({ has: page.getByRole("button", { name: "Frequency of Purchases", exact: true }) });
  expect(await row.locator("td.different").innerText()).toBe("6");
  // The link holds the levels, and opening it reads them again.
  await page.locator("nav [data-step=structure]").click();
  await page
    .getByRole("button", { name: /^Run again/ })
    .first()
    .click();
  await waitForState(page, "structure", "done");
  expect(await page.getByText("Labels of Frequency of Purchases that mean the same").count()).toBe(1);
  await page.locator("nav [data-step=data]").click();
});

test("all rows are reached by scrolling and by keyboard", async () => {
  const { page } = opened;
  const grid = page.getByRole("grid");
  const csv = readFileSync(new URL("../../public/samples/shopping-sample.csv", import.meta.url), "utf8")
    .trim()
    .split(/\r?\n/);
  expect(await grid.getAttribute("aria-rowcount")).toBe(String(csv.length));
  expect(await grid.getByRole("row").count()).toBeLessThan(60);
  await grid.focus();
  await grid.press("Control+End");
  const last = grid.getByRole("row").filter({ hasText: "3,900" });
  await last.first().waitFor();
  await page.waitForFunction(() => {
    const active = document.querySelector("[role=grid]")?.getAttribute("aria-activedescendant");
    return typeof active === "string" && document.getElementById(active) !== null;
  });
  await grid.press("Control+Home");
  await grid
    .getByRole("gridcell", { name: csv[1]?.split(",")[3] ?? "", exact: true })
    .first()
    .waitFor();
});

test("the map is measured in another way, with p and q in its table", async () => {
  const { page } = opened;
  await page.locator("nav [data-step=structure]").click();
  await page.getByRole("combobox", { name: "Measured by" }).selectOption("by-kind");
  const figure = page.locator("figure").filter({ hasText: "499 shuffles" });
  await figure.getByText(/499 shuffles of 3,900 rows/).waitFor({ timeout: 60_000 });
  await figure.getByRole("button", { name: "As table" }).click();
  const cells = await figure.getByRole("row").nth(1).innerText();
  expect(cells).toContain("Cramér’s V");
  expect(cells).toContain("< 0.001");
  expect(await stateOf(page, "structure")).toBe("done");
});
