import { log } from "../core/exp-log.ts";
import { cramersV, pearson } from "../metrics/fidelity.ts";
import { crossCounts } from "../metrics/legal-cells.ts";
import { levelRanks } from "../table/ordered-levels.ts";
import type { Column } from "../table/table.ts";
import type { AssociationMeasure, PairMeasure } from "./association-report.ts";
import { binColumn, type CodedColumn } from "./coded-column.ts";

/** A column in the forms that measures ask for, each made when it is first asked for. */
export class MeasuredColumn {
  private coded: CodedColumn | null = null;
  private numbers: Float64Array | null | undefined;

  constructor(readonly column: Column) {}

  /** Numbers in 10 bins of equal width, categories as they are; −1 is missing. */
  get codes(): CodedColumn {
    this.coded ??= binColumn(this.column);
    return this.coded;
  }

  /** Numbers as they are, ordered levels as their ranks; null for any other category. NaN is missing. */
  get ordered(): Float64Array | null {
    if (this.numbers === undefined) this.numbers = orderedValues(this.column);
    return this.numbers;
  }
}

function orderedValues(column: Column): Float64Array | null {
  if (column.kind === "numeric") return column.values;
  const ranks = column.isOrdered ? column.levels.map((_, rank) => rank) : levelRanks(column.levels);
  return ranks && Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : ranks[code]));
}

/** Positions of the rows in which both hold a number. */
export function completeRows(x: Float64Array, y: Float64Array): Int32Array {
  const rows = new Int32Array(x.length);
  let n = 0;
  for (let row = 0; row < x.length; row++) if (!Number.isNaN(x[row]) && !Number.isNaN(y[row])) rows[n++] = row;
  return rows.slice(0, n);
}

/** Ranks from 1; equal values share their mean rank. O(n log n). */
export function midRanks(values: Float64Array): Float64Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  order.sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Spearman's ρ: Pearson's r of the ranks among the rows where both are present; 0 where either is constant. */
export function spearman(x: Float64Array, y: Float64Array): number {
  const rows = completeRows(x, y);
  const at = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return pearson(midRanks(at(x)), midRanks(at(y)));
}

/**
 * Correlation ratio η: the square root of the share of the numbers' variance that lies between categories (Fisher 1925).
 * Rows without the number are left out; a missing category is one of its own.
 */
export function correlationRatio(values: Float64Array, { codes, nCodes }: Pick<CodedColumn, "codes" | "nCodes">): number {
  const counts = new Float64Array(nCodes + 1);
  const means = new Float64Array(nCodes + 1);
  let [n, mean, squares] = [0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    const code = codes[row] < 0 ? nCodes : codes[row];
    means[code] += (value - means[code]) / ++counts[code];
    const difference = value - mean;
    mean += difference / ++n;
    squares += difference * (value - mean);
  }
  let between = 0;
  for (let code = 0; code <= nCodes; code++) between += counts[code] * (means[code] - mean) ** 2;
  return squares > 0 ? Math.sqrt(Math.min(1, between / squares)) : 0;
}

/** Σ n · log n over counts, which entropies are made of. */
export function sumOfLogs(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) sum += counts[i] * log(counts[i]);
  return sum;
}

/**
 * Mutual information of two lists of codes as a share of the smaller of their entropies, in [0, 1]: 1 where one tells the
 * other (Shannon 1948). −1 is a category of its own; 0 where either is constant. Not corrected for chance.
 */
export function mutualInformation(a: CodedColumn, b: CodedColumn): number {
  const n = a.codes.length;
  const { counts, rows, columns } = crossCounts(a.codes, a.nCodes, b.codes, b.nCodes);
  const total = n * log(n);
  const least = total - Math.max(sumOfLogs(rows), sumOfLogs(columns));
  if (!(least > 1e-9)) return 0;
  const shared = total + sumOfLogs(counts) - sumOfLogs(rows) - sumOfLogs(columns);
  return Math.min(1, Math.max(0, shared / least));
}

/** What a pair is measured by; null where the measure is not made for its kinds. */
export function measureOfPair(measure: AssociationMeasure, a: MeasuredColumn, b: MeasuredColumn): PairMeasure | null {
  const nNumbers = (a.column.kind === "numeric" ? 1 : 0) + (b.column.kind === "numeric" ? 1 : 0);
  switch (measure) {
    case "by-kind":
      return nNumbers === 2 ? "pearson" : nNumbers === 1 ? "correlation-ratio" : "cramers-v";
    case "pearson":
      return nNumbers === 2 ? measure : null;
    case "spearman":
      return a.ordered && b.ordered ? measure : null;
    case "correlation-ratio":
      return nNumbers === 1 ? measure : null;
    default:
      return measure;
  }
}

/** The pair's number column and its category. */
export function numberAndCategory(a: MeasuredColumn, b: MeasuredColumn): readonly [Float64Array, CodedColumn] {
  const [number, category] = a.column.kind === "numeric" ? [a, b] : [b, a];
  return [number.ordered ?? new Float64Array(0), category.codes];
}

const NO_NUMBERS = new Float64Array(0);

/** A pair's value, and the rows that it is of. */
export function measurePair(measure: PairMeasure, a: MeasuredColumn, b: MeasuredColumn): { value: number; nRows: number } {
  const [x, y] = [a.codes, b.codes];
  switch (measure) {
    case "cramers-v":
      return { value: cramersV(x.codes, x.nCodes, y.codes, y.nCodes), nRows: x.codes.length };
    case "mutual-information":
      return { value: mutualInformation(x, y), nRows: x.codes.length };
    case "correlation-ratio": {
      const [values, category] = numberAndCategory(a, b);
      return { value: correlationRatio(values, category), nRows: completeRows(values, values).length };
    }
    default: {
      const [first, second] = [a.ordered ?? NO_NUMBERS, b.ordered ?? NO_NUMBERS];
      const value = measure === "pearson" ? pearson(first, second) : spearman(first, second);
      return { value, nRows: completeRows(first, second).length };
    }
  }
}
