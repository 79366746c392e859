import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { escapeFormula, unescapeFormula } from "../../../src/table/formula-escape.ts";
import { isMissingToken } from "../../../src/table/missing-values.ts";
import { parseDates } from "../../../src/table/parse-date.ts";
import { parseNumber } from "../../../src/table/parse-number.ts";
import { hasPython, runScripts, temporaryFolder } from "./python-runner.ts";

const folder = temporaryFolder();

const WHOLE = [
  "",
  " N/A ",
  "null",
  "None",
  "#DIV/0!",
  "-",
  "--",
  "?",
  "nan",
  "=1+1",
  "'=A1",
  "''+x",
  "+5",
  "'-3",
  "@x",
  "−7",
  "1e999",
];
const DATES = [
  "2024-02-29",
  "2023-02-29",
  "2024/1/5 7:08",
  "2024-01-05T23:59:60",
  "31/12/2024",
  "12.31.2024",
  "1-2-0999",
  "1/2-2024",
];
/** Pieces that numbers and what looks like them are made of. */
const PIECES = [
  "1",
  "12",
  "234",
  "005",
  ".",
  ",",
  ".5",
  ",50",
  " ",
  "'",
  "’",
  "-",
  "+",
  "(",
  ")",
  "$",
  "€",
  "%",
  "VND",
  "đ",
  "e3",
  "E-2",
  "x",
];

function* texts(): Generator<string> {
  yield* WHOLE;
  yield* DATES;
  const random = createRandom(17);
  for (let i = 0; i < 20_000; i++) {
    yield Array.from({ length: 1 + random.integer(6) }, () => PIECES[random.integer(PIECES.length)]).join("");
  }
}

/** As the table reader reads a cell, with days before months. */
function read(text: string) {
  const trimmed = text.trim();
  const unescaped = unescapeFormula(trimmed);
  // Where a date alone does not tell its notation, a second one does.
  const date = parseDates([trimmed])?.[0] ?? parseDates([trimmed, "31/12/2024"])?.[0];
  return {
    clean: isMissingToken(unescaped) ? "" : unescaped,
    point: parseNumber(trimmed, ".")?.value ?? null,
    comma: parseNumber(trimmed, ",")?.value ?? null,
    date: date ?? null,
    escaped: escapeFormula(text),
  };
}

test.skipIf(!hasPython("json"))("the scripts read a cell as the table reader does", () => {
  const all = [...new Set(texts())];
  const files = {
    "texts.json": JSON.stringify(all),
    "read.py": readFileSync(join(import.meta.dirname, "read-texts.py"), "utf8"),
  };
  const source = resolve("src/export/python/encoding.py");
  runScripts(folder, [{ name: "read", files, runs: [["read.py", source]] }], { cluster: false });
  const found: ReturnType<typeof read>[] = JSON.parse(readFileSync(join(folder, "read", "read.json"), "utf8"));
  const different = all.flatMap((text, i) => {
    const expected = read(text);
    return JSON.stringify(found[i]) === JSON.stringify(expected) ? [] : [{ text, found: found[i], expected }];
  });
  expect(different).toEqual([]);
  expect(all.filter((text) => read(text).point !== null).length).toBeGreaterThan(400);
});
