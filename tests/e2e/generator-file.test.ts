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

/** Gender and age of the rows that are made, which are as many as were asked for. */
async function madeUnderConditions(): Promise<ReadonlySet<string>> {
  const { text } = await download("Make and save them");
  const [heading, ...rows] = text.trimEnd().split("\r\n");
  const [gender, age] = ["Gender", "Age"].map((name) => heading!.split(",").indexOf(name));
  expect(rows).toHaveLength(9000);
  return new Set(rows.map((row) => `${row.split(",")[gender!]} ${row.split(",")[age!]}`));
}

test("conditions hold for an opened generator at once, numbers and ranges among them", async () => {
  const { page } = opened;
  await page.getByLabel("Only rows with", { exact: true }).selectOption("Gender");
  await page.getByLabel("equal to", { exact: true }).selectOption("Female");
  // By keyboard alone: the list of columns has the focus again.
  await page.keyboard.type("Age");
  await page.keyboard.press("Tab");
  await page.keyboard.type("41");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove Age from 41 on" }).click();
  await page.getByLabel("Only rows with", { exact: true }).selectOption("Age");
  const range = page.getByRole("form", { name: "Range of Age" });
  await range.getByLabel("from", { exact: true }).fill("40");
  await range.getByLabel("to", { exact: true }).fill("40");
  await range.getByRole("button", { name: "Add", exact: true }).click();
  expect(await madeUnderConditions()).toEqual(new Set(["Female 40"]));
  await page.getByLabel("Only rows with", { exact: true }).selectOption("Age");
  await range.getByLabel("from", { exact: true }).fill("44");
  await range.getByLabel("to", { exact: true }).fill("42");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).validationMessage)).toContain("has to end");
  await range.getByLabel("from", { exact: true }).fill("40");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove Age from 40 to 42" }).waitFor();
  expect(await madeUnderConditions()).toEqual(new Set(["Female 40", "Female 41", "Female 42"]));
});

type Picker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** Answers the question of where to save to: with a file in the page's private folder, or with an error of that name. */
async function answerPicker(errorName: string | null): Promise<void> {
  await opened.page.evaluate((name) => {
    const pick: Picker = async ({ suggestedName }) => {
      if (name !== null) throw new DOMException("no file", name);
      return (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    };
    Object.assign(window, { showSaveFilePicker: pick });
  }, errorName);
}

/** The files in the page's private folder, by name. */
const privateFiles = () =>
  opened.page.evaluate(async () => {
    const files: Record<string, string> = {};
    for await (const handle of (await navigator.storage.getDirectory()).values())
      if (handle.kind === "file") files[handle.name] = await (await (handle as FileSystemFileHandle).getFile()).text();
    return files;
  });

async function makeRows(nRows: string): Promise<void> {
  const { page } = opened;
  await page.getByLabel("More rows", { exact: true }).fill(nRows);
  await page.getByLabel("More rows", { exact: true }).press("Enter");
  await page.getByRole("button", { name: "Make and save them" }).click();
}

test("rows are streamed to disk where the browser asks where to, and a cancel leaves no file there", async () => {
  const { page } = opened;
  const { text } = await download("Make and save them");
  const downloads: string[] = [];
  page.on("download", (file) => downloads.push(file.suggestedFilename()));
  await answerPicker(null);
  await makeRows("9000");
  const name = "shopping-sample.more.synthetic.csv";
  await expect.poll(async () => (await privateFiles())[name] === text, { timeout: 60_000 }).toBe(true);
  await page.evaluate(async (kept) => (await navigator.storage.getDirectory()).removeEntry(kept), name);
  await makeRows("1000000");
  await page.getByText(/Generating rows, [\d,]+ of 1,000,000/).waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Cancelled: no file was left.").waitFor();
  await expect.poll(privateFiles, { timeout: 10_000 }).toEqual({});
  // The question was closed: nothing is made.
  await answerPicker("AbortError");
  await makeRows("9000");
  await page.waitForTimeout(500);
  expect(await page.getByRole("progressbar").count()).toBe(0);
  expect(downloads).toEqual([]);
  // The question could not be asked: the rows come as a download.
  await answerPicker("SecurityError");
  expect((await download("Make and save them")).text).toBe(text);
  await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
});

test("the Export dialog offers the generator too", async () => {
  const { page } = opened;
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const button = page.getByRole("button", { name: "The trained generator: JSON" });
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(file.suggestedFilename()).toBe("shopping-sample.generator.json");
  expect(readFileSync(await file.path(), "utf8")).toBe(saved);
  await page.keyboard.press("Escape");
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
