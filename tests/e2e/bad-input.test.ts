import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFile, linkWith, stateOf, TINY, waitForState } from "../browser/support/app-page.ts";
import { type OpenedPage, openPage } from "../browser/support/open-page.ts";

let opened: OpenedPage;

beforeAll(async () => {
  opened = await openPage();
});
afterAll(() => opened.close());

const GOOD = `a,b,c\n${Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 3 ? "x" : "y"},${i % 2 ? "yes" : "no"}`).join("\n")}\n`;

const BAD_FILES = [
  ["empty", "", /The file is empty/, /Tệp này trống/],
  ["binary", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2, 0, 0, 0, 9]), /compressed file/, /tệp nén/],
  ["header only", "a,b,c\n", /names but no rows/, /không có dòng nào/],
] as const;

test.each(BAD_FILES)(
  "a file that is %s gets a message in both languages, and the page stays usable",
  async (_, content, english, vietnamese) => {
    const { page } = opened;
    await page.goto(opened.url);
    await page.getByRole("button", { name: "English" }).click();
    await chooseFile(page, "bad.csv", content);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(english);
    await page.getByRole("button", { name: "Tiếng Việt" }).click();
    expect(await alert.innerText()).toMatch(vietnamese);
    await page.getByRole("button", { name: "English" }).click();
    await chooseFile(page, "good.csv", GOOD);
    await waitForState(page, "data", "done");
  },
);

test("a bad file leaves what was open as it was", async () => {
  const { page } = opened;
  await page.goto(opened.url);
  await chooseFile(page, "good.csv", GOOD);
  await waitForState(page, "data", "done");
  await page.getByRole("button", { name: "Open another file" }).click();
  await chooseFile(page, "empty.csv", "");
  await page.getByRole("alert").waitFor();
  await page.getByRole("button", { name: "Back to good.csv" }).click();
  await waitForState(page, "data", "done");
  expect(await page.locator("h1").innerText()).toContain("Every row was read");
});

test("a target with one class is named, with what to do, in both languages", async () => {
  const { page } = opened;
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},only`).join("\n");
  await page.goto(opened.url);
  await page.goto(opened.url + (await linkWith({ source: null, run: ["predict"], settings: { ...TINY, target: "kind" } })));
  await chooseFile(page, "one-class.csv", `n,kind\n${rows}\n`);
  await waitForState(page, "predict", "failed");
  await page.locator("nav [data-step=predict]").click();
  const alert = page.getByRole("alert");
  const english = await alert.innerText();
  expect(english).toContain("kind");
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  expect(await alert.innerText()).not.toBe(english);
  await page.getByRole("button", { name: "English" }).click();
  expect(await stateOf(page, "data")).toBe("done");
});

test.each([
  ["mangled", "#v1.AAAA_not-a-link"],
  ["of a later version", "#v9.AAAA"],
  ["of another kind", "#somewhere"],
])("a link that is %s gives a message and a working page", async (_, hash) => {
  const { page } = opened;
  await page.goto("about:blank");
  await page.goto(opened.url + hash);
  await page.getByRole("alert").waitFor();
  await chooseFile(page, "good.csv", GOOD);
  await waitForState(page, "data", "done");
});

test("nothing of this is an error of the page", () => {
  expect(opened.errors).toEqual([]);
});
