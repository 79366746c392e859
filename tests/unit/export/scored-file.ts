import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { expect } from "vitest";
import type { Task } from "../../../src/table/task.ts";
import { largestDifference } from "./largest-difference.ts";

/** Two classes closer than this may be told apart by rounding alone. */
const TIE = 1e-6;

/** Expects predictions laid out as `expected`, and the most probable class of each row, to be those expected. */
export function expectAlike(values: ArrayLike<number>, labels: readonly string[], task: Task, expected: Float64Array): void {
  expect(largestDifference(values, expected)).toBeLessThan(1e-5);
  if (task.kind !== "classification") return;
  const nClasses = task.classes.length;
  const wrong = labels.filter((label, row) => {
    const ofRow = expected.subarray(row * nClasses, (row + 1) * nClasses);
    return !(ofRow[task.classes.indexOf(label)] >= Math.max(...ofRow) - TIE);
  });
  expect(wrong).toEqual([]);
  expect(labels).toHaveLength(expected.length / nClasses);
}

/** The answers in a scored CSV, whose columns bear the names that the scripts give them. */
export function readScored(path: string, task: Task): { values: Float64Array; labels: string[] } {
  const rows = Papa.parse<Record<string, string>>(readFileSync(path, "utf8"), { header: true, skipEmptyLines: true }).data;
  const names = task.kind === "classification" ? task.classes.map((name) => `probability ${name}`) : ["predicted"];
  return {
    values: Float64Array.from(rows.flatMap((row) => names.map((name) => Number(row[name])))),
    labels: rows.map((row) => row.predicted),
  };
}
