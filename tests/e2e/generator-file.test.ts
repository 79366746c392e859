import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkWith, TINY, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

let opened: OpenedPage;
let saved = "";

beforeAll(async () => {
  opened = await openPage();
  // No question of where to save to, which nobody could answer here.
  await opened.page.addInitScript(() => {
    Reflect.deleteProperty(window, "showSaveFilePicker");
  });
  await opened.page.goto("about:blank");
  await opened.page.goto(opened.url + (await linkWith({ run: ["data", "synthesize"], step: "synthesize", settings: TINY })));
  await waitForState(opened.page, "synthesize", "done");
});
afterAll(() => opened.close());

/** The text of the file that a button offers. */
async function download(name: string, within = "[data-generator]"): Promise<{ fileName: string; text: string }> {
  const { page } = opened;
  const button = page.locator(within).getByRole("button", { name }).first();
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), button.click()]);
  return { fileName: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

const openGenerator = (text: string) =>
  opened.page
    .locator("[data-generator] input[type=file]")
    .setInputFiles({ name: "kept.generator.json", mimeType: "application/json", buffer: Buffer.from(text) });

test("the trained generator makes more rows, the first of which are those that training gave", async () => {
  const { page } = opened;
  const trained = (await download("Save shopping-sample.synthetic.csv", "main")).text;
  await page.getByLabel("More rows", { exact: true }).fill("9000");
  await page.getByLabel("More rows", { exact: true }).press("Enter");
  const { fileName, text } = await download("Make and save them");
  expect(fileName).toBe("shopping-sample.more.synthetic.csv");
  const lines = text.trimEnd().split("\r\n");
  expect(lines).toHaveLength(9001);
  const first = trained.trimEnd().split("\r\n");
  expect(lines.slice(0, 3001)).toEqual(first.slice(0, 3001));
  await page.getByText("9,000 rows were made and saved").waitFor();
});

test("saved and opened again, without any training, it makes the very same rows", async () => {
  const { page } = opened;
  const before = (await download("Make and save them")).text;
  const file = await download("Save the generator");
  expect(file.fileName).toBe("shopping-sample.generator.json");
  saved = file.text;
  await page.goto("about:blank");
  await page.goto(opened.url + (await linkWith({ run: ["data"], step: "synthesize", settings: TINY })));
  await waitForState(page, "data", "done");
  await openGenerator(saved);
  await page.getByText("kept.generator.json: trained on").waitFor();
  await page.getByLabel("More rows", { exact: true }).fill("9000");
  await page.getByLabel("More rows", { exact: true }).press("Enter");
  expect((await download("Make and save them")).text).toBe(before);
});

test("conditions hold for an opened generator at once, numbers among them", async () => {
  const { page } = opened;
  await page.getByLabel("Only rows with", { exact: true }).selectOption("Gender");
  await page.getByLabel("equal to", { exact: true }).selectOption("Female");
  await page.getByLabel("Only rows with", { exact: true }).selectOption("Age");
  await page.getByLabel("equal to", { exact: true }).fill("40");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const { text } = await download("Make and save them");
  const [heading, ...rows] = text.trimEnd().split("\r\n");
  const [gender, age] = ["Gender", "Age"].map((name) => heading!.split(",").indexOf(name));
  expect(rows).toHaveLength(9000);
  expect(new Set(rows.map((row) => `${row.split(",")[gender!]} ${row.split(",")[age!]}`))).toEqual(new Set(["Female 40"]));
});

test("a long run shows how far it is, and can be cancelled without leaving a file", async () => {
  const { page } = opened;
  let nDownloads = 0;
  page.on("download", () => nDownloads++);
  await page.getByLabel("More rows", { exact: true }).fill("1000000");
  await page.getByLabel("More rows", { exact: true }).press("Enter");
  await page.getByRole("button", { name: "Make and save them" }).click();
  await page.getByText(/Generating rows, [\d,]+ of 1,000,000/).waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Cancelled: no file was left.").waitFor();
  expect(nDownloads).toBe(0);
});

test("a damaged, a newer and another table's generator are refused with a remedy", async () => {
  const { page } = opened;
  const alert = page.locator("[data-generator]").getByRole("alert");
  const expectRefusal = async (text: string, words: string) => {
    await openGenerator(text);
    await alert.filter({ hasText: words }).waitFor();
  };
  await expectRefusal(saved.slice(0, -100), "or it is damaged");
  await expectRefusal(saved.replace('"version":1', '"version":2'), "newer version of this page");
  await page.locator("nav [data-step=data]").click();
  await page.getByLabel("Role of Color").selectOption("ignore");
  await page.locator("nav [data-step=synthesize]").click();
  await expectRefusal(saved, "Columns that differ: Color");
  expect(opened.errors).toEqual([]);
});
