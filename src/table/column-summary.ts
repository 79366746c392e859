import { finish, type Work } from "../core/progress.ts";
import type { CategoricalSummary, ColumnSummary, DataReport, NumericSummary, ReadingFacts } from "./data-report.ts";
import { findKnownName, knownColumn } from "./known-columns.ts";
import { countDistinct, sortNumbers } from "./sort-numbers.ts";
import type { CategoricalColumn, Column, NumericColumn, Role, Table } from "./table.ts";
import { MAX_CLASSES } from "./task.ts";

const MAX_LEVELS_SHOWN = 60;
const MAX_BINS = 20;

/** Columns with more different steps than this are binned as if their values were continuous. */
const MAX_STEPS = 1000;

function continuousEdges(min: number, max: number): number[] {
  const nBins = max > min ? MAX_BINS : 1;
  return Array.from({ length: nBins + 1 }, (_, i) => (i === nBins ? max : min * (1 - i / nBins) + max * (i / nBins)));
}

/**
 * Edges over [min, max]: of equal width, or, where values lie on a grid of `step`, so that every bin holds as many grid
 * points. Inner edges of a grid finer than 1 lie between its points, where rounding cannot move a value across.
 */
function binEdges(min: number, max: number, isInteger: boolean, step: number): number[] {
  const nSteps = Math.round((max - min) / step) + 1;
  if (isInteger ? max === min || max - min >= Number.MAX_SAFE_INTEGER : !(nSteps > 1 && nSteps <= MAX_STEPS)) {
    return continuousEdges(min, max);
  }
  const perBin = Math.ceil(nSteps / MAX_BINS);
  const nBins = Math.ceil(nSteps / perBin);
  if (isInteger) return Array.from({ length: nBins + 1 }, (_, i) => min + i * perBin);
  return Array.from({ length: nBins + 1 }, (_, i) => (i === 0 ? min : i === nBins ? max : min + (i * perBin - 0.5) * step));
}

/** Counts per bin of ascending values. */
function countBins(sorted: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length - 1 && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return counts;
}

/** Mean and sample standard deviation (Welford 1962), in one pass without cancellation. */
function moments(values: Float64Array): { mean: number; sd: number } {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i] - mean;
    mean += difference / (i + 1);
    squares += difference * (values[i] - mean);
  }
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** Summary of a column's numbers; at least one must be present. */
export function summarizeNumbers(column: NumericColumn): NumericSummary {
  return summarizeSorted(column, sortNumbers(column.values));
}

function summarizeSorted(column: NumericColumn, sorted: Float64Array): NumericSummary {
  const n = sorted.length;
  const [min, max] = [sorted[0], sorted[n - 1]];
  const isWhole = column.type === "integer" || column.type === "identifier";
  const edges = binEdges(min, max, isWhole, isWhole ? 1 : column.step);
  const median = n % 2 === 1 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  return { kind: "numeric", min, max, ...moments(sorted), median, edges, counts: countBins(sorted, edges) };
}

/** Rows per level, and rows without one. */
export function countLevels(column: CategoricalColumn): { counts: Int32Array; nMissing: number } {
  const counts = new Int32Array(column.levels.length);
  let nMissing = 0;
  for (const code of column.codes) {
    if (code < 0) nMissing++;
    else counts[code]++;
  }
  return { counts, nMissing };
}

function summarizeLevels(column: CategoricalColumn, counts: Int32Array): CategoricalSummary {
  const order = column.levels.map((value, code) => ({ value, count: counts[code] })).filter(({ count }) => count > 0);
  return { kind: "categorical", levels: order.sort((a, b) => b.count - a.count).slice(0, MAX_LEVELS_SHOWN) };
}

type Summary = Pick<ColumnSummary, "nMissing" | "nDistinct" | "summary">;

function summarize(column: Column): Summary {
  if (column.kind === "categorical") {
    const { counts, nMissing } = countLevels(column);
    const nDistinct = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    return { nMissing, nDistinct, summary: summarizeLevels(column, counts) };
  }
  const sorted = sortNumbers(column.values);
  return {
    nMissing: column.values.length - sorted.length,
    nDistinct: countDistinct(sorted),
    summary: summarizeSorted(column, sorted),
  };
}

type Described = Pick<ColumnSummary, "name" | "type" | "nDistinct">;

const isUsable = (column: Described): boolean => column.type !== "identifier" && column.type !== "text" && column.nDistinct > 1;

/** Frequency of Purchases where present, else the last column of 2 to 50 categories, else the last of numbers, else the last. */
function suggestTarget(columns: readonly Described[]): string {
  const usable = columns.filter(isUsable);
  const frequency = findKnownName(
    usable.map((column) => column.name),
    "frequency_of_purchases",
  );
  if (frequency !== null) return frequency;
  const isClass = (column: Described) =>
    (column.type === "categorical" || column.type === "boolean") && column.nDistinct <= MAX_CLASSES;
  const isNumber = (column: Described) => column.type === "numeric" || column.type === "integer";
  return (usable.findLast(isClass) ?? usable.findLast(isNumber) ?? usable.at(-1) ?? columns[columns.length - 1]).name;
}

function suggestRole(column: Described, target: string): Role {
  if (column.name === target) return "target";
  if (column.type === "identifier") return "identifier";
  return isUsable(column) ? "feature" : "ignore";
}

/** What every column holds, with the role suggested for it. */
export function describeColumns(table: Table): { columns: ColumnSummary[]; suggestedTarget: string } {
  return finish(describing(table));
}

/** A yield after each column. */
function* describing(table: Table): Work<{ columns: ColumnSummary[]; suggestedTarget: string }> {
  const described: (Described & Summary)[] = [];
  for (const column of table.columns) {
    described.push({ name: column.name, type: column.type, ...summarize(column) });
    yield { stage: "read", done: table.nRows, total: table.nRows, unit: "row" };
  }
  const suggestedTarget = suggestTarget(described);
  const columns = described.map((column) => ({
    ...column,
    known: knownColumn(column.name),
    role: suggestRole(column, suggestedTarget),
  }));
  return { columns, suggestedTarget };
}

/** The report of a table that was read from a file of that name and size; its fingerprint is not known here. */
export function* describeData<File extends Pick<DataReport, "name" | "nBytes">>(
  table: Table,
  facts: ReadingFacts,
  file: File,
): Work<Omit<DataReport, "sha256"> & File> {
  return { ...file, ...facts, ...(yield* describing(table)), nRows: table.nRows, nColumns: table.columns.length };
}
