import type { CategoricalColumn, NumericColumn, Table } from "../table/table.ts";
import type { DerivedNumeric, LinearNumeric, LinearTerm, ProductNumeric } from "./derived-numeric.ts";
import { formulaValues, residualsOf } from "./formula-values.ts";
import { determinations, type LeastSquares, selectColumnsFor } from "./least-squares.ts";
import { type Design, makeDesign } from "./linear-design.ts";
import { sampleRows } from "./sample-rows.ts";

/** A formula must tell this share of the column's variance. */
export const MIN_R2 = 0.99;
const MAX_ROWS = 20_000;
const MAX_NUMBERS = 40;
const MAX_CATEGORIES = 40;
const MAX_LEVELS = 20;
const MAX_FORMULA_COLUMNS = 16;
const MIN_ROWS = 50;
/** Together the numbers may leave out this share of the rows. */
const MAX_INCOMPLETE_SHARE = 0.2;
/** Rows on which a product is tried first. */
const SCREEN_ROWS = 1_000;
/** A product must leave less than this share of what a linear formula leaves. */
const MAX_LEFT_BESIDE_LINEAR = 0.5;

const nDistinctExceeds = (values: Float64Array, limit: number): boolean => {
  const seen = new Set<number>();
  for (const value of values) {
    if (!Number.isNaN(value)) seen.add(value);
    if (seen.size > limit) return true;
  }
  return false;
};

/** Numbers of more than two values, least missing first, as long as enough rows hold all of them; and those rows. */
function completeNumbers(table: Table): { numbers: NumericColumn[]; rows: Int32Array } {
  const nMissing = (column: NumericColumn) => column.values.reduce((n, value) => n + (Number.isNaN(value) ? 1 : 0), 0);
  const numbers = table.columns.filter(
    (column): column is NumericColumn =>
      column.kind === "numeric" && column.type !== "identifier" && nDistinctExceeds(column.values, 2),
  );
  const kept = new Set<NumericColumn>();
  let isComplete = new Uint8Array(table.nRows).fill(1);
  let nComplete = table.nRows;
  for (const { column } of numbers.map((column) => ({ column, n: nMissing(column) })).sort((a, b) => a.n - b.n)) {
    const next = isComplete.map((flag, row) => (flag && !Number.isNaN(column.values[row]) ? 1 : 0));
    const n = next.reduce((sum, flag) => sum + flag, 0);
    if (n < (1 - MAX_INCOMPLETE_SHARE) * table.nRows || kept.size === MAX_NUMBERS) break;
    [isComplete, nComplete] = [next, n];
    kept.add(column);
  }
  const rows = new Int32Array(nComplete);
  let at = 0;
  isComplete.forEach((flag, row) => {
    if (flag) rows[at++] = row;
  });
  return { numbers: numbers.filter((column) => kept.has(column)), rows };
}

/** What a formula leaves: R², standard deviation of the residuals, and how many rows it gives to within half a step. */
function qualityOf(
  y: NumericColumn,
  values: Float64Array,
  rows: Int32Array,
): Pick<DerivedNumeric, "r2" | "residualSd" | "nExact"> {
  let mean = 0;
  for (const row of rows) mean += y.values[row] / rows.length;
  let left = 0;
  let total = 0;
  let nExact = 0;
  for (const row of rows) {
    const residual = y.values[row] - values[row];
    left += residual * residual;
    total += (y.values[row] - mean) ** 2;
    if (Math.abs(residual) <= y.step / 2 + 1e-9 * Math.abs(y.values[row])) nExact++;
  }
  return { r2: total > 0 ? 1 - left / total : 0, residualSd: Math.sqrt(left / rows.length), nExact };
}

function linearFormula(y: NumericColumn, fit: LeastSquares, table: Table, rows: Int32Array): LinearNumeric {
  const terms = fit.groups.flatMap((group, g) =>
    group.levels.map((level, i): LinearTerm => ({ column: group.column, level, coefficient: fit.coefficients[g][i] })),
  );
  const from = fit.groups.map((group) => group.column);
  const formula = { kind: "linear" as const, column: y.name, from, intercept: fit.intercept, terms };
  return { ...formula, ...qualityOf(y, formulaValues(formula, table), rows), nRows: rows.length };
}

/** y ≈ scale · factor · count, least squares through the origin; where y = factor at the count of 1, the noise starts at 1. */
function productFormula(
  y: NumericColumn,
  factor: NumericColumn,
  count: NumericColumn,
  table: Table,
  rows: Int32Array,
): ProductNumeric {
  let xy = 0;
  let xx = 0;
  let nOnes = 0;
  let nOnesExact = 0;
  for (const row of rows) {
    const product = factor.values[row] * count.values[row];
    xy += product * y.values[row];
    xx += product * product;
    if (count.values[row] === 1) {
      nOnes++;
      if (Math.abs(y.values[row] - factor.values[row]) <= y.step / 2 + 1e-9 * Math.abs(y.values[row])) nOnesExact++;
    }
  }
  const fittedScale = xx > 0 ? xy / xx : 0;
  const scale = Math.abs(fittedScale - 1) < 0.01 ? 1 : fittedScale;
  const noiseFrom: 0 | 1 = scale === 1 && nOnes > 0 && nOnesExact >= 0.9 * nOnes ? 1 : 0;
  const formula = { kind: "product" as const, column: y.name, from: [factor.name, count.name], scale, noiseFrom };
  const residuals = residualsOf(formula, table);
  let nNoise = 0;
  let squares = 0;
  for (const row of rows) {
    if (Number.isNaN(residuals[row]) || count.values[row] <= noiseFrom) continue;
    nNoise++;
    squares += residuals[row] ** 2;
  }
  const noiseSd = nNoise > 0 ? Math.sqrt(squares / nNoise) : 0;
  return { ...formula, noiseSd, ...qualityOf(y, formulaValues(formula, table), rows), nRows: rows.length };
}

/** R² of y on a product through the origin, over every so many rows. */
function screenProduct(y: Float64Array, a: Float64Array, b: Float64Array, rows: Int32Array, stride: number): number {
  let [n, sum, squares, xy, xx] = [0, 0, 0, 0, 0];
  for (let i = 0; i < rows.length; i += stride) {
    const row = rows[i];
    const product = a[row] * b[row];
    n++;
    sum += y[row];
    squares += y[row] * y[row];
    xy += product * y[row];
    xx += product * product;
  }
  const total = squares - (sum * sum) / n;
  return total > 0 && xx > 0 ? 1 - (squares - (xy * xy) / xx) / total : 0;
}

/** The best product of two other numbers, if there is one. The column that holds whole numbers, or fewer, is the count. */
function findProduct(
  y: NumericColumn,
  numbers: readonly NumericColumn[],
  table: Table,
  rows: Int32Array,
  minR2: number,
): ProductNumeric | null {
  const stride = Math.max(1, Math.ceil(rows.length / SCREEN_ROWS));
  let best: { r2: number; a: NumericColumn; b: NumericColumn } | null = null;
  numbers.forEach((a, i) => {
    if (a === y) return;
    for (const b of numbers.slice(i + 1)) {
      if (b === y) continue;
      const r2 = screenProduct(y.values, a.values, b.values, rows, stride);
      if (r2 > minR2 - 0.02 && r2 > (best?.r2 ?? 0)) best = { r2, a, b };
    }
  });
  if (best === null) return null;
  const { a, b } = best as { a: NumericColumn; b: NumericColumn };
  const [factor, count] = b.type === "integer" || a.type !== "integer" ? [a, b] : [b, a];
  const formula = productFormula(y, factor, count, table, rows);
  return formula.r2 > minR2 ? formula : null;
}

/** Whether a column rests on another, directly or through formulas found so far. */
function restsOn(found: readonly DerivedNumeric[], column: string, other: string): boolean {
  const formula = found.find((derived) => derived.column === column);
  return formula?.from.some((name) => name === other || restsOn(found, name, other)) ?? false;
}

/**
 * Numbers that other columns nearly determine, each with its formula: linear in numbers and levels (least squares, R² and its
 * adjusted form above 0.99), or a product of two numbers with noise that grows as a square root,
 * y = scale · factor · (count + ρ · √(count − noiseFrom)). No formula rests on itself: of `a = b + c` one column is derived,
 * sums with positive terms and later columns first. At most 40 numbers and 40 categories of at most 20 levels are looked at,
 * in the table's order, over a sample of at most 20,000 rows that hold all of those numbers. Deterministic.
 */
export function findDerivedNumerics(table: Table): DerivedNumeric[] {
  const sampled = sampleRows(table, MAX_ROWS);
  const { numbers, rows } = completeNumbers(sampled);
  if (numbers.length === 0 || rows.length < MIN_ROWS) return [];
  const categories = sampled.columns
    .filter(
      (column): column is CategoricalColumn =>
        column.kind === "categorical" && column.type !== "identifier" && column.type !== "text",
    )
    .filter((column) => column.levels.length <= MAX_LEVELS)
    .slice(0, MAX_CATEGORIES);
  const design = makeDesign(numbers, categories, rows);
  const r2 = determinations(design, numbers.length);
  const fit = (at: number, found: readonly DerivedNumeric[]) => fitLinear(design, numbers, at, sampled, rows, found);
  const isPositive = (formula: LinearNumeric) => formula.terms.every((term) => term.coefficient >= 0);
  const candidates = numbers
    .map((_, at) => ({ at, formula: r2[at] > MIN_R2 ? fit(at, []) : null }))
    .filter((candidate): candidate is { at: number; formula: LinearNumeric } => candidate.formula !== null)
    .sort((a, b) => Number(isPositive(b.formula)) - Number(isPositive(a.formula)) || b.at - a.at);
  const found: DerivedNumeric[] = [];
  for (const { at, formula } of candidates) {
    const isFree = !formula.from.some((name) => restsOn(found, name, formula.column));
    const accepted = isFree ? formula : fit(at, found);
    if (accepted) found.push(accepted);
  }
  numbers.forEach((y, at) => {
    if (found.some((derived) => derived.column === y.name)) return;
    const minR2 = Math.max(MIN_R2, 1 - MAX_LEFT_BESIDE_LINEAR * (1 - r2[at]));
    const free = numbers.filter((other) => other !== y && !restsOn(found, other.name, y.name));
    const formula = findProduct(y, free, sampled, rows, minR2);
    if (formula) found.push(formula);
  });
  return numbers.flatMap((column) => found.filter((derived) => derived.column === column.name));
}

function fitLinear(
  design: Design,
  numbers: readonly NumericColumn[],
  at: number,
  table: Table,
  rows: Int32Array,
  found: readonly DerivedNumeric[],
): LinearNumeric | null {
  const y = numbers[at];
  const fit = selectColumnsFor(design, at, (group) => !restsOn(found, group.column, y.name), MAX_FORMULA_COLUMNS);
  if (!fit) return null;
  const formula = linearFormula(y, fit, table, rows);
  const adjusted = 1 - ((1 - formula.r2) * (rows.length - 1)) / (rows.length - 1 - fit.nTerms);
  return adjusted > MIN_R2 ? formula : null;
}
