import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { profileColumn } from "../../../src/structure/profile.ts";
import { loadText, read } from "../table/reading.ts";

const telco = loadText("../shared/data/telco_churn.csv");
test.skipIf(!telco)("telco: quantiles as pandas has them, and eleven totals missing far apart", () => {
  const { table } = read(telco ?? "");
  const { values, missing, nDistinct } = profileColumn(table, "TotalCharges");
  // pandas: to_numeric(TotalCharges, errors="coerce").quantile([...]), nunique()
  expect(values.kind === "numeric" && values.quantiles.map(({ value }) => value)).toEqual(
    [18.8, 19.9, 49.605, 401.45, 1397.475, 3794.7375, 6923.589999999999, 8039.882999999997, 8684.8].map((value) =>
      expect.closeTo(value, 9),
    ),
  );
  expect(values.kind === "numeric" && values.outliers).toMatchObject({ nLow: 0, nHigh: 0 });
  expect(nDistinct).toBe(6530);
  expect(missing).toMatchObject({ nMissing: 11, firstRow: 489, lastRow: 6755, longestRun: 1, together: [] });
});

test("outliers lie beyond the fences, the furthest first with their rows", () => {
  const random = createRandom(5);
  const ages = Array.from({ length: 400 }, (_, i) => (i === 211 ? 550 : i === 7 ? -90 : 18 + random.integer(53)));
  const { values } = profileColumn(read(`age,x\n${ages.map((age, i) => `${age},${i % 3}`).join("\n")}\n`).table, "age");
  expect(values.kind === "numeric" && values.outliers).toMatchObject({
    nLow: 1,
    nHigh: 1,
    furthest: [
      { row: 212, value: 550 },
      { row: 8, value: -90 },
    ],
  });
});

test("values that are missing in a stretch, together with another column", () => {
  const lines = Array.from({ length: 200 }, (_, i) => {
    const isIn = i >= 100 && i < 120;
    return `${isIn ? "" : `v${i % 4}`},${isIn ? "" : i},${i === 3 ? "" : `w${i % 2}`}`;
  });
  const { missing, values, nDistinct } = profileColumn(read(`a,b,c\n${lines.join("\n")}\n`).table, "a");
  expect(missing).toEqual({
    nMissing: 20,
    firstRow: 101,
    lastRow: 120,
    longestRun: 20,
    byTenth: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    together: ["b"],
  });
  expect({ values, nDistinct }).toEqual({ values: { kind: "categorical", nSingle: 0, nInTopTen: 180 }, nDistinct: 4 });
});
