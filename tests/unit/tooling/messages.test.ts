import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findMessageProblems } from "../../../scripts/messages.mjs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trendloom-messages-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Messages = Readonly<Record<string, string>>;

function problemsOf(english: Messages, vietnamese: Messages, files: readonly string[] = ["common.json"]): string[] {
  const settings = {
    baseLocale: "en",
    locales: ["en", "vi"],
    "plugin.inlang.messageFormat": { pathPattern: files.map((file) => `./src/app/i18n/{locale}/${file}`) },
  };
  writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
  for (const [locale, messages] of Object.entries({ en: english, vi: vietnamese })) {
    mkdirSync(join(folder, locale), { recursive: true });
    writeFileSync(join(folder, locale, "common.json"), JSON.stringify(messages));
  }
  return findMessageProblems(folder, join(folder, "settings.json"));
}

test("languages that say the same are accepted", () => {
  expect(problemsOf({ common_rows: "{count} rows" }, { common_rows: "{count} dòng" })).toEqual([]);
});

test("a key that one language lacks is a problem", () => {
  expect(problemsOf({ common_rows: "Rows" }, {})).toEqual([expect.stringContaining("common_rows: is missing in vi")]);
  expect(problemsOf({}, { common_rows: "Dòng" })).toEqual([
    expect.stringContaining("common_rows: stands in vi/common.json alone"),
  ]);
});

test("a placeholder that one language does not fill is a problem", () => {
  expect(problemsOf({ common_rows: "{count} rows" }, { common_rows: "{number} dòng" })).toEqual([
    expect.stringContaining("{count}"),
  ]);
});

test("an empty sentence is a problem", () => {
  expect(problemsOf({ common_rows: "Rows" }, { common_rows: "" })).toEqual([expect.stringContaining("is empty")]);
});

test("a file that the compiler is not told of, or that is absent, is a problem", () => {
  const problems = problemsOf({ common_rows: "Rows" }, { common_rows: "Dòng" }, ["data.json"]);
  expect(problems).toEqual([
    expect.stringContaining("common.json: is not named"),
    expect.stringContaining("data.json: is named"),
  ]);
});
