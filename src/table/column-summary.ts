import { finish, type Work } from "../core/progress.ts";
import type { CategoricalSummary, ColumnSummary, DataReport, NumericSummary, ReadingFacts } from "./data-report.ts";
import { findKnownName, knownColumn } from "./known-columns.ts";
import type { CategoricalColumn, Column, NumericColumn, Role, Table } from "./table.ts";
import { MAX_CLASSES } from "./task.ts";
import { countValues, type ValueCounts, valueAt } from "./value-counts.ts";

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

function countBins({ values, counts }: ValueCounts, edges: readonly number[]): number[] {
  const binCounts = new Array<number>(edges.length - 1).fill(0);
  for (let i = 0, bin = 0; i < values.length; i++) {
    while (bin < binCounts.length - 1 && values[i] >= edges[bin + 1]) bin++;
    binCounts[bin] += counts[i];
  }
  return binCounts;
}

/** Mean and sample standard deviation of values with counts (West 1979), in one pass without cancellation. */
function moments({ values, counts, total }: ValueCounts): { mean: number; sd: number } {
  let [mean, squares, n] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    n += counts[i];
    const difference = values[i] - mean;
    mean += (difference * counts[i]) / n;
    squares += counts[i] * difference * (values[i] - mean);
  }
  return { mean, sd: total > 1 ? Math.sqrt(squares / (total - 1)) : 0 };
}

/** Summary of a column's numbers; at least one must be present. */
export function summarizeNumbers(column: NumericColumn): NumericSummary {
  return summarizeCounted(column, countValues(column.values, column.step));
}

function summarizeCounted(column: NumericColumn, counted: ValueCounts): NumericSummary {
  const { values, total } = counted;
  const [min, max] = [values[0], values[values.length - 1]];
  const isWhole = column.type === "integer" || column.type === "identifier";
  const edges = binEdges(min, max, isWhole, isWhole ? 1 : column.step);
  const median = (valueAt(counted, Math.ceil(total / 2) - 1) + valueAt(counted, Math.floor(total / 2))) / 2;
  return { kind: "numeric", min, max, ...moments(counted), median, edges, counts: countBins(counted, edges) };
}

/** Rows per level, and rows without one. */
export function countLevels(column: CategoricalColumn): { counts: Int32Array; nMissing: number } {
  const counts = new Int32Array(column.levels.length);
  let nMissing = 0;
  const { codes } = column;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0) nMissing++;
    else counts[codes[row]]++;
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
  const counted = countValues(column.values, column.step);
  return {
    nMissing: column.values.length - counted.total,
    nDistinct: counted.values.length,
    summary: summarizeCounted(column, counted),
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
