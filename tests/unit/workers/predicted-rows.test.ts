import { expect, test } from "vitest";
import { cellText } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { predictedColumns, predictedRows } from "../../../src/workers/predicted-rows.ts";

const classes: Task = { kind: "classification", target: "Churn", features: ["x"], classes: ["no", "yes"] };
const numbers: Task = { kind: "regression", target: "Spend", features: ["x"] };
const texts = (columns: ReturnType<typeof predictedColumns>) =>
  columns.map((column) => [column.name, ...Array.from({ length: 4 }, (_, row) => cellText(column, row))]);

test("answers stand in the rows they are for, with their probability and what they are worth; other rows are empty", () => {
  const answers = predictedRows(classes, Float64Array.of(0.9, 0.1, 0.25, 0.75));
  expect(answers).toMatchObject({ codes: Int32Array.of(0, 1), classes: ["no", "yes"], probability: Float64Array.of(0.9, 0.75) });
  const columns = predictedColumns(answers, { target: "Churn", verdict: "weak", nRows: 4, rows: Int32Array.of(1, 3) });
  expect(texts(columns)).toEqual([
    ["predicted Churn", "", "no", "", "yes"],
    ["probability", "", "0.9000", "", "0.7500"],
    ["verdict", "", "weak", "", "weak"],
  ]);
});

test("numbers are written to six digits, without probabilities", () => {
  const answers = predictedRows(numbers, Float64Array.of(1 / 3, 1_234_567, 0, -2.5));
  const columns = predictedColumns(answers, { target: "Spend", verdict: "", nRows: 4, rows: null });
  expect(texts(columns)).toEqual([["predicted Spend", "0.333333", "1234570", "0", "-2.5"]]);
});
