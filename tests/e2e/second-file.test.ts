import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkWith, readReport, TINY, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

const SAMPLE = new URL("../../public/samples/shopping-sample.csv", import.meta.url);
const INPUT = "input[data-second-file]";

let opened: OpenedPage;

beforeAll(async () => {
  const settings = { ...TINY, tune: "halving" } as const;
  opened = await openPage({ path: await linkWith({ run: ["predict"], step: "predict", settings }) });
  await waitForState(opened.page, "predict", "done", 280_000);
});
afterAll(() => opened.close());

/** Forty rows of the sample under other headings: no Season, an age in words, a size never seen, a formula among the notes. */
function secondFile(): string {
  const [head, ...rows] = readFileSync(SAMPLE, "utf8").trim().split(/\r?\n/);
  const names = head.split(",");
  const season = names.indexOf("Season");
  const heading = names.map((name) => (name === "Age" ? "Tuổi" : name === "Color" ? "colour" : name));
  const lines = rows.slice(0, 40).map((row, i) => {
    const cells = row.split(",");
    if (i < 3) cells[names.indexOf("Size")] = "XXXL";
    if (i === 5) cells[names.indexOf("Age")] = "about 30";
    return [i === 0 ? "=1+1" : `n${i}`, ...cells.toSpliced(season, 1)].join(",");
  });
  return [["note", ...heading.toSpliced(season, 1)].join(","), ...lines].join("\n");
}

test("each fold of each tree learner was fitted with settings searched for inside its training rows", async () => {
  const { models } = await readReport(opened.page);
  for (const { tuning } of models) {
    expect(tuning).toMatchObject({ method: "halving", folds: [{}, {}] });
    for (const fold of tuning?.folds ?? []) expect(fold.score).toBeLessThanOrEqual(fold.defaultScore);
  }
});

test("a second file is scored: what differs is told, and its own columns come back with the answers", async () => {
  const { page } = opened;
  await page.getByRole("button", { name: "Train for use" }).click();
  await page
    .getByRole("group")
    .filter({ has: page.locator(INPUT) })
    .locator("button:enabled")
    .waitFor({ timeout: 60_000 });
  await page.setInputFiles(INPUT, { name: "second.csv", mimeType: "text/csv", buffer: Buffer.from(secondFile()) });
  const result = page.locator("[data-scored]");
  await result.waitFor({ timeout: 60_000 });
  const told = await result.innerText();
  for (const fact of ["40 rows of second.csv", "Season", "Tuổi for Age", "colour for Color", "Age (1", "XXXL (3"]) {
    expect(told).toContain(fact);
  }
  const [download] = await Promise.all([page.waitForEvent("download"), result.getByRole("button").first().click()]);
  const written = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(written).toHaveLength(41);
  expect(written[0]).toMatch(/^note,Customer ID,Tuổi,.*,predicted Frequency of Purchases,probability,verdict$/);
  expect(written[1]).toMatch(/^'=1\+1,1,/);
  for (const line of written.slice(1))
    expect(line).toMatch(/,[A-Z][\w -]+,0\.\d{4},"(no signal found: )?on held-out rows accuracy 0\.\d+/);
});

test("a file with none of the columns is refused in words, and nothing left the page", async () => {
  const { page, requests, origin, errors } = opened;
  await page.setInputFiles(INPUT, { name: "other.csv", mimeType: "text/csv", buffer: Buffer.from("p,q\n1,2\n") });
  await page.getByRole("alert").first().waitFor();
  expect(await page.getByRole("alert").first().innerText()).toContain("lacks columns");
  expect(requests.judge(origin).foreignOrigin).toEqual([]);
  expect(errors).toEqual([]);
});
