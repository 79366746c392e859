import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { agreementInformation, chanceAgreement } from "../../../src/structure/agreement.ts";
import type { CodedColumn } from "../../../src/structure/coded-column.ts";

const N_ROWS = 2000;
const coded = (name: string, nCodes: number, code: (row: number) => number): CodedColumn => ({
  name,
  nCodes,
  codes: Int32Array.from({ length: N_ROWS }, (_, row) => code(row)),
});

test("independent columns tell the sum of what each tells by itself", () => {
  const random = createRandom(1);
  const columns = [10, 8, 5, 4].map((nCodes, i) => coded(`c${i}`, nCodes, () => random.integer(nCodes)));
  for (const { codes } of columns) codes[1] = codes[0];
  const expected = Math.log(10 * 8 * 5 * 4);
  expect(Math.abs(agreementInformation(columns, N_ROWS)(0, 1) - expected)).toBeLessThan(0.5);
});

test("a column that follows from another tells nothing once that is known", () => {
  const random = createRandom(2);
  const first = coded("first", 10, () => random.integer(10));
  const copies = [1, 2, 3].map((i) => coded(`copy ${i}`, 10, (row) => (first.codes[row] + i) % 10));
  first.codes[1] = first.codes[0];
  for (const [i, { codes }] of copies.entries()) codes[1] = (first.codes[0] + i + 1) % 10;
  const information = agreementInformation([first, ...copies], N_ROWS)(0, 1);
  expect(Math.abs(information - Math.log(10))).toBeLessThan(0.5);
});

test("rows agree by chance about as seldom as their information says", () => {
  const random = createRandom(3);
  const columns = [12, 9, 6, 3].map((nCodes, i) => coded(`c${i}`, nCodes, () => random.integer(nCodes)));
  const informationOf = agreementInformation(columns, N_ROWS);
  let nWhole = 0;
  for (let a = 0; a < 600; a++) for (let b = 0; b < a; b++) if (informationOf(a, b) > Math.log(12 * 9 * 6 * 3) - 0.6) nWhole++;
  const expected = (600 * 599) / 2 / (12 * 9 * 6 * 3);
  expect(nWhole / expected).toBeGreaterThan(0.6);
  expect(nWhole / expected).toBeLessThan(1.6);
  expect(chanceAgreement(600)).toBeCloseTo(Math.log((600 * 599) / 2), 12);
  expect(chanceAgreement(1)).toBe(0);
});
