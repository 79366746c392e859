import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { falseDiscoveryRates } from "../metrics/false-discovery.ts";
import { cramersV, pearson } from "../metrics/fidelity.ts";
import { allRows, type CategoricalColumn, type Column, getColumn, type NumericColumn, takeRows } from "../table/table.ts";
import type { LearningRows } from "./fold-of.ts";
import { rowPermuter } from "./permute-rows.ts";
import type { ColumnSignal } from "./predict-report.ts";
import { N_PERMUTATIONS } from "./signal-check.ts";

const PERMUTATIONS_PER_YIELD = 20;
/** Rows that are permuted at most: beyond, a seeded sample says enough. */
const MAX_ROWS = 20_000;

/** The target's codes (from 1, 0 is missing) or numbers, in the rows' order or permuted. */
type TargetValues = Int32Array | Float64Array;

interface Link {
  readonly measure: ColumnSignal["measure"];
  /** Large where the column knows of the target. */
  statistic(target: TargetValues): number;
  /** What is shown, from the statistic of the rows as they are. */
  shown(statistic: number): number;
}

/** Codes from 1; 0 is a missing value. */
const fromOne = (column: CategoricalColumn): Int32Array => column.codes.map((code) => code + 1);

function countsOf(codes: Int32Array, nCodes: number): Float64Array {
  const counts = new Float64Array(nCodes);
  for (const code of codes) counts[code]++;
  return counts;
}

/** Two categories: Pearson's φ² but for its constant, which grows with Cramér's V as the margins are fixed. */
function linkCategories(column: CategoricalColumn, target: CategoricalColumn): Link {
  const width = target.levels.length + 1;
  const nRows = column.levels.length + 1;
  const weights = new Float64Array(nRows * width);
  const ofColumn = countsOf(fromOne(column), nRows);
  const ofTarget = countsOf(fromOne(target), width);
  for (let at = 0; at < weights.length; at++) weights[at] = 1 / (ofColumn[Math.floor(at / width)] * ofTarget[at % width]);
  const starts = fromOne(column).map((code) => code * width);
  const counts = new Int32Array(weights.length);
  return {
    measure: "cramers-v",
    statistic(values) {
      counts.fill(0);
      for (let row = 0; row < starts.length; row++) counts[starts[row] + values[row]]++;
      let sum = 0;
      for (let at = 0; at < counts.length; at++) if (counts[at] > 0) sum += counts[at] * counts[at] * weights[at];
      return sum;
    },
    shown: () => cramersV(column.codes, column.levels.length, target.codes, target.levels.length),
  };
}

/** Share of a number's variance that lies between categories; rows without the number are left out. */
function varianceShare(values: ArrayLike<number>, codes: ArrayLike<number>, counts: Float64Array, sums: Float64Array): number {
  counts.fill(0);
  sums.fill(0);
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
    squares += value * value;
    counts[codes[row]]++;
    sums[codes[row]] += value;
  }
  let between = 0;
  for (let code = 0; code < counts.length; code++) if (counts[code] > 0) between += (sums[code] * sums[code]) / counts[code];
  const total = squares - (sum * sum) / n;
  return total > 0 ? (between - (sum * sum) / n) / total : 0;
}

/** A number beside a category, whichever of the two is the target. */
function linkKinds(column: Column, target: Column): Link {
  const category = column.kind === "categorical" ? column : (target as CategoricalColumn);
  const counts = new Float64Array(category.levels.length + 1);
  const sums = new Float64Array(counts.length);
  const codes = fromOne(category);
  return {
    measure: "correlation-ratio",
    statistic: (values) =>
      column.kind === "numeric" ? varianceShare(column.values, values, counts, sums) : varianceShare(values, codes, counts, sums),
    shown: (share) => Math.sqrt(Math.max(0, share)),
  };
}

const linkNumbers = (column: NumericColumn): Link => ({
  measure: "correlation",
  statistic: (values) => Math.abs(pearson(column.values, values as Float64Array)),
  shown: (r) => r,
});

function linkTo(target: Column, column: Column): Link {
  if (target.kind === "categorical" && column.kind === "categorical") return linkCategories(column, target);
  return target.kind === "numeric" && column.kind === "numeric" ? linkNumbers(column) : linkKinds(column, target);
}

export interface ColumnTestOptions {
  /**
   * A feature is let go after so many permutations that do at least as well; its p-value is then that number's share of
   * those drawn (Besag and Clifford 1991). All are drawn where absent.
   */
  readonly nEnough?: number;
  /** 1,999 where absent. */
  readonly nPermutations?: number;
}

/**
 * Each feature by itself against the target: bias-corrected Cramér's V (Bergsma 2013) of two categories, the correlation
 * ratio η of a number and a category, |r| of two numbers, with p-values from permutations of the target (1,999 unless
 * told otherwise) and false discovery rates over the features. Groups of near-duplicates are permuted as wholes. Strongest
 * first. O(nPermutations × nRows × nFeatures); beyond 20,000 rows a seeded sample of them is used.
 */
export function* testColumns(
  { table, task, groups = null }: LearningRows,
  random: Random,
  options: ColumnTestOptions = {},
): Work<ColumnSignal[]> {
  const isSampled = table.nRows > MAX_ROWS;
  const drawn = isSampled ? random.split("rows").shuffle(allRows(table.nRows)).slice(0, MAX_ROWS) : null;
  const rows = drawn ? takeRows(table, drawn) : table;
  const permute = rowPermuter(drawn && groups ? drawn.map((row) => groups[row]) : groups);
  const { nEnough = Number.POSITIVE_INFINITY, nPermutations = N_PERMUTATIONS } = options;
  const target = getColumn(rows, task.target);
  const links = task.features.map((name) => linkTo(target, getColumn(rows, name)));
  const values = target.kind === "categorical" ? fromOne(target) : target.values.slice();
  const observed = links.map((link) => link.statistic(values));
  // Sums in another order differ in their last bits: equal statistics must count as equal.
  const limits = observed.map((value) => value - 1e-12 * Math.abs(value));
  const nAsLarge = new Int32Array(links.length);
  const nDrawn = new Int32Array(links.length);
  const stream = random.split("order");
  const order = allRows(rows.nRows);
  const permuted = values.slice();
  for (let permutation = 0; permutation < nPermutations; permutation++) {
    if (permutation % PERMUTATIONS_PER_YIELD === 0)
      yield { stage: "signal-check", done: permutation, total: nPermutations, unit: "step" };
    if (nAsLarge.every((count) => count >= nEnough)) break;
    permute(order, stream);
    for (let row = 0; row < order.length; row++) permuted[row] = values[order[row]];
    links.forEach((link, i) => {
      if (nAsLarge[i] >= nEnough) return;
      nDrawn[i]++;
      if (link.statistic(permuted) >= limits[i]) nAsLarge[i]++;
    });
  }
  const pValues = Array.from(nAsLarge, (count, i) => (count >= nEnough ? count / nDrawn[i] : (1 + count) / (1 + nPermutations)));
  const qValues = falseDiscoveryRates(pValues);
  return task.features
    .map((name, i) => {
      const { measure, shown } = links[i];
      return { name, measure, value: shown(observed[i]), pValue: pValues[i], qValue: qValues[i] };
    })
    .sort((a, b) => a.qValue - b.qValue || b.value - a.value);
}
