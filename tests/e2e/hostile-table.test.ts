import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, linkWith, readReport, TINY, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage();
});
afterAll(() => opened.close());

const lines = (head: string, n: number, row: (i: number) => string) =>
  `${head}\n${Array.from({ length: n }, (_, i) => row(i)).join("\n")}\n`;

async function openWith(name: string, content: string, settings: Parameters<typeof linkWith>[0]["settings"] = {}): Promise<void> {
  const { page } = opened;
  await page.goto("about:blank");
  await page.goto(opened.url + (await linkWith({ source: null, run: [], settings: { ...TINY, ...settings } })));
  await chooseFile(page, name, content);
  await waitForState(page, "data", "done");
}

async function runStep(step: "structure" | "predict", name: string): Promise<void> {
  const { page } = opened;
  await page.locator(`nav [data-step=${step}]`).click();
  await page.getByRole("button", { name: `Run ${name}`, exact: true }).click();
  await waitForState(page, step, "done");
}

const IMAGE = "<img src=x onerror=alert(1)>";
const SCRIPT = "<script>alert(2)</script>";

test("markup in headings and cells is shown as text and runs nothing", async () => {
  const { page } = opened;
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const head = `"${IMAGE}","<b>bold</b>",answer,__proto__,constructor`;
  await openWith(
    `${IMAGE}.csv`,
    lines(head, 120, (i) => `${i % 3 ? IMAGE : SCRIPT},${i % 7},${i % 2 ? "yes" : "no"},${i % 5},k${i % 4}`),
    { target: "answer", learners: ["xgboost"] },
  );
  await page.getByRole("button", { name: IMAGE, exact: true }).waitFor();
  await runStep("structure", "Structure");
  await runStep("predict", "Predict");
  const report = (await readReport(page)) as unknown as { data: { columns: { name: string }[] } };
  expect(report.data.columns.map(({ name }) => name)).toEqual([IMAGE, "<b>bold</b>", "answer", "__proto__", "constructor"]);
  expect(await page.locator("main img, main b:text-is('bold'), main script").count()).toBe(0);
  expect(dialogs).toEqual([]);
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
});

test("what nobody sees is named in headings and flagged in cells", async () => {
  const { page } = opened;
  await openWith(
    "marks.csv",
    lines("na\u202eme,b", 60, (i) => `${i % 2 ? "pass\u200bword" : "password"},${i % 3}`),
  );
  await page.getByText("na⟨U+202E⟩me").first().waitFor();
  await page.getByText("pass⟨U+200B⟩word").first().waitFor();
  await page.getByText("it holds characters that are not seen").first().waitFor();
});

test("5,000 columns are shown, searched and explained", async () => {
  const names = Array.from({ length: 5000 }, (_, i) => `c${i}`).join();
  await openWith(
    "wide.csv",
    lines(names, 60, (row) => Array.from({ length: 5000 }, (_, i) => (i % 100 === 0 ? 1 : (row * (i + 3)) % 11)).join()),
  );
  await runStep("structure", "Structure");
  const { data } = await readReport(opened.page);
  expect([data.nRows, data.nColumns]).toEqual([60, 5000]);
  await opened.page
    .getByText(/were not compared/)
    .first()
    .waitFor();
});

test("columns that are a model's own answer are named as leaks, and left out by one click", async () => {
  const { page } = opened;
  const churns = (i: number) => (i * 7919) % 10 < 4;
  await openWith(
    "scored.csv",
    lines("tenure,plan,churn,nb_p1,nb_p2", 400, (i) => {
      const p = (churns(i) ? 0.9 : 0.02) + (i % 83) / 1000;
      return `${(i * 31) % 72},${i % 3 ? "a" : "b"},${churns(i) ? "Yes" : "No"},${p.toFixed(4)},${(1 - p).toFixed(4)}`;
    }),
    { target: "churn", learners: ["xgboost"] },
  );
  await runStep("structure", "Structure");
  const report = (await readReport(page)) as unknown as {
    structure: { targetLeaks: { column: string; isLikeProbability: boolean }[] };
  };
  expect(report.structure.targetLeaks.map(({ column, isLikeProbability }) => [column, isLikeProbability]).sort()).toEqual([
    ["nb_p1", true],
    ["nb_p2", true],
  ]);
  await page.getByText("nb_p1 gives churn away").waitFor();
  await page.locator("nav [data-step=predict]").click();
  await page.locator("[data-part=leaks]").getByRole("button").click();
  await page.locator("[data-part=leaks]").waitFor({ state: "detached" });
  await runStep("predict", "Predict");
  const after = (await readReport(page)) as unknown as { data: { columns: { name: string; role: string }[] } };
  expect(after.data.columns.filter(({ role }) => role === "ignore").map(({ name }) => name)).toEqual(["nb_p1", "nb_p2"]);
});

test("an age of 550 is flagged and stays", async () => {
  await openWith(
    "ages.csv",
    lines("Age,answer", 200, (i) => `${i === 100 ? 550 : 18 + (i % 50)},${i % 2 ? "yes" : "no"}`),
  );
  const { data } = (await readReport(opened.page)) as unknown as {
    data: { repaired: { count: number }; flagged: { samples: object[] } };
  };
  expect(data.repaired.count).toBe(0);
  expect(data.flagged.samples).toEqual([expect.objectContaining({ line: 102, value: "550", rule: "out-of-range" })]);
});

test("a large table offers a sample, which every screen and the report name", async () => {
  const { page } = opened;
  const N_ROWS = 250_000;
  const row = (i: number) =>
    Array.from({ length: 20 }, (_, at) => (at === 19 ? (i % 10 ? "no" : "yes") : (i * (at + 3)) % 9)).join();
  await openWith("large.csv", lines(`${Array.from({ length: 19 }, (_, at) => `c${at}`)},answer`, N_ROWS, row));
  const size = page.locator("[data-part=size]");
  await expect.poll(() => size.innerText()).toMatch(/All 250,000 rows[\s\S]*Sample of 200,000 rows/);
  await size.getByRole("button", { name: "Use a sample of 200,000 rows" }).click();
  await page.getByText("sample of 200,000 of 250,000 rows").first().waitFor({ timeout: 60_000 });
  await page.locator("nav [data-step=structure]").click();
  await expect.poll(() => page.locator("main").innerText()).toContain("sample of 200,000 of 250,000 rows");
  const { data, settings } = (await readReport(page)) as unknown as {
    data: { nRows: number; sample: object };
    settings: { sampleRows: number };
  };
  expect(data.sample).toEqual({ nRows: 200_000, nRowsInFile: N_ROWS, share: 0.8, by: "answer" });
  expect([data.nRows, settings.sampleRows]).toEqual([200_000, 200_000]);
  await page.locator("nav [data-step=data]").click();
  await size.getByRole("button", { name: "Use all 250,000 rows" }).click();
  await size.getByText("All rows are in use.").waitFor({ timeout: 60_000 });
});

test("nothing of this is an error of the page", () => {
  expect(opened.errors).toEqual([]);
});
