import { type Column, getColumn, type NumericColumn, type Table } from "../table/table.ts";
import { crossCounts } from "./legal-cells.ts";

/** Equal-width bins that numbers are put into beside categories. */
const N_BINS = 10;
const SIGNAL_CORRELATION = 0.5;
const SIGNAL_CRAMERS_V = 0.3;

/** 1 − sup|F_a − F_b| over the two empirical distribution functions (Kolmogorov–Smirnov); NaN values are left out. */
export function ksComplement(a: Float64Array, b: Float64Array): number {
  const x = a.filter((value) => !Number.isNaN(value)).sort();
  const y = b.filter((value) => !Number.isNaN(value)).sort();
  if (x.length === 0 || y.length === 0) return x.length === y.length ? 1 : 0;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i], y[j]);
    while (i < x.length && x[i] <= value) i++;
    while (j < y.length && y[j] <= value) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return 1 - largest;
}

/** 1 − ½ Σ|p − q| of two lists of counts over the same categories (total variation). */
export function tvComplement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let nA = 0;
  let nB = 0;
  for (let i = 0; i < a.length; i++) {
    nA += a[i];
    nB += b[i];
  }
  let distance = 0;
  for (let i = 0; i < a.length; i++) distance += Math.abs(a[i] / nA - b[i] / nB);
  return 1 - distance / 2;
}

/** Pearson's r over the rows where both are present; 0 where either is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  let sumXX = 0;
  let sumYY = 0;
  let sumXY = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]) || Number.isNaN(y[i])) continue;
    n++;
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    meanX += dx / n;
    meanY += dy / n;
    sumXX += dx * (x[i] - meanX);
    sumYY += dy * (y[i] - meanY);
    sumXY += dx * (y[i] - meanY);
  }
  const scale = Math.sqrt(sumXX * sumYY);
  return scale > 0 ? sumXY / scale : 0;
}

/** Bias-corrected Cramér's V (Bergsma 2013) of two lists of codes; −1 is a category of its own. 0 where either is constant. */
export function cramersV(a: Int32Array, nA: number, b: Int32Array, nB: number): number {
  const { counts, rows, columns } = crossCounts(a, nA, b, nB);
  const n = a.length;
  const nRows = rows.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const nColumns = columns.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  let phi2 = -1;
  for (let x = 0; x <= nA; x++) {
    for (let y = 0; y <= nB; y++) {
      const count = counts[x * (nB + 1) + y];
      if (count > 0) phi2 += (count * count) / (rows[x] * columns[y]);
    }
  }
  const corrected = Math.max(0, phi2 - ((nRows - 1) * (nColumns - 1)) / (n - 1));
  const r = nRows - (nRows - 1) ** 2 / (n - 1);
  const k = nColumns - (nColumns - 1) ** 2 / (n - 1);
  const least = Math.min(r, k) - 1;
  return least > 0 ? Math.sqrt(corrected / least) : 0;
}

interface CodedColumn {
  readonly codes: Int32Array;
  readonly nCodes: number;
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly isSignal: boolean;
}

/** The real rows that others are compared with, prepared once. */
export interface FidelityReference {
  readonly table: Table;
  readonly pairs: readonly Pair[];
  readonly nSignalPairs: number;
  /** Puts a column of any table into the reference's codes: its levels, or its bins. */
  code(column: Column): CodedColumn;
  readonly coded: readonly CodedColumn[];
}

function rangeOf(column: NumericColumn): { low: number; width: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, width: (high - low) / N_BINS };
}

function makeCoder(whole: Table): (column: Column) => CodedColumn {
  const ranges = new Map(whole.columns.map((c) => [c.name, c.kind === "numeric" ? rangeOf(c) : null]));
  const levelCodes = new Map(
    whole.columns.map((c) => [c.name, new Map(c.kind === "categorical" ? c.levels.map((level, code) => [level, code]) : [])]),
  );
  return (column) => {
    if (column.kind === "categorical") {
      const known = levelCodes.get(column.name);
      const recode = column.levels.map((level) => known?.get(level) ?? known?.size ?? 0);
      return { codes: column.codes.map((code) => (code < 0 ? -1 : recode[code])), nCodes: (known?.size ?? 0) + 1 };
    }
    const { low, width } = ranges.get(column.name) ?? rangeOf(column);
    const codes = Int32Array.from(column.values, (value) => {
      if (Number.isNaN(value)) return -1;
      return width > 0 ? Math.min(N_BINS - 1, Math.max(0, Math.floor((value - low) / width))) : 0;
    });
    return { codes, nCodes: N_BINS };
  };
}

/** Prepares real rows for comparison. `whole` gives the levels and the range of each numeric column. O(nRows × nColumns²). */
export function prepareReference(table: Table, whole: Table = table): FidelityReference {
  const code = makeCoder(whole);
  const coded = table.columns.map(code);
  const pairs: Pair[] = [];
  for (let a = 0; a < table.columns.length; a++) {
    for (let b = a + 1; b < table.columns.length; b++) {
      const x = table.columns[a];
      const y = table.columns[b];
      const isSignal =
        x.kind === "numeric" && y.kind === "numeric"
          ? Math.abs(pearson(x.values, y.values)) > SIGNAL_CORRELATION
          : cramersV(coded[a].codes, coded[a].nCodes, coded[b].codes, coded[b].nCodes) > SIGNAL_CRAMERS_V;
      pairs.push({ a, b, isSignal });
    }
  }
  return { table, pairs, coded, code, nSignalPairs: pairs.filter((pair) => pair.isSignal).length };
}

function countCodes(column: CodedColumn): Float64Array {
  const counts = new Float64Array(column.nCodes + 1);
  for (const code of column.codes) counts[code < 0 ? column.nCodes : code]++;
  return counts;
}

/** Shape of each column against the reference, in the reference's order: KSComplement for numbers, TVComplement for categories. */
export function columnShapes(reference: FidelityReference, table: Table): Float64Array {
  return Float64Array.from(reference.table.columns, (real, i) => {
    const made = getColumn(table, real.name);
    if (real.kind === "numeric" && made.kind === "numeric") return ksComplement(real.values, made.values);
    return tvComplement(countCodes(reference.coded[i]), countCodes(reference.code(made)));
  });
}

/** CorrelationSimilarity 1 − |ρ_r − ρ_s| / 2 for two numbers, else ContingencySimilarity 1 − ½ Σ|P − Q| on the two-way table. */
function pairSimilarity(
  reference: FidelityReference,
  pair: Pair,
  made: readonly Column[],
  coded: readonly CodedColumn[],
): number {
  const { a, b } = pair;
  const realA = reference.table.columns[a];
  const realB = reference.table.columns[b];
  const madeA = made[a];
  const madeB = made[b];
  if (realA.kind === "numeric" && realB.kind === "numeric" && madeA.kind === "numeric" && madeB.kind === "numeric")
    return 1 - Math.abs(pearson(realA.values, realB.values) - pearson(madeA.values, madeB.values)) / 2;
  const [x, y] = [reference.coded[a], reference.coded[b]];
  return tvComplement(
    crossCounts(x.codes, x.nCodes, y.codes, y.nCodes).counts,
    crossCounts(coded[a].codes, x.nCodes, coded[b].codes, y.nCodes).counts,
  );
}

/** Similarity of each pair of the reference, in its order; of the signal pairs alone where asked. */
export function pairSimilarities(reference: FidelityReference, table: Table, only: "all" | "signal" = "all"): Float64Array {
  const made = reference.table.columns.map((column) => getColumn(table, column.name));
  const coded = made.map(reference.code);
  const pairs = only === "all" ? reference.pairs : reference.pairs.filter(({ isSignal }) => isSignal);
  return Float64Array.from(pairs, (pair) => pairSimilarity(reference, pair, made, coded));
}

/** Mean similarity over all pairs of columns, and over the signal pairs; NaN where there is no such pair. */
export function pairTrends(
  reference: FidelityReference,
  table: Table,
  only: "all" | "signal" = "all",
): { all: number; signal: number } {
  const similarities = pairSimilarities(reference, table, only);
  const signal = only === "signal" ? similarities : similarities.filter((_, i) => reference.pairs[i].isSignal);
  return { all: only === "all" ? mean(similarities) : Number.NaN, signal: mean(signal) };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How many rows of `made` equal some row of `table` in every column they share by name. O(rows × columns). */
export function countCopies(table: Table, made: Table): number {
  const columns = table.columns.map((column) => getColumn(made, column.name));
  const key = (of: readonly Column[], row: number) =>
    of.map((c) => (c.kind === "numeric" ? String(c.values[row]) : (c.levels[c.codes[row]] ?? ""))).join("\u0000");
  const known = new Set<string>();
  for (let row = 0; row < table.nRows; row++) known.add(key(table.columns, row));
  let nCopies = 0;
  for (let row = 0; row < made.nRows; row++) if (known.has(key(columns, row))) nCopies++;
  return nCopies;
}
