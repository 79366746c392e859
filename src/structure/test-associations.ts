import type { Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { chiSquareSurvival } from "../metrics/chi-square.ts";
import { falseDiscoveryRates } from "../metrics/false-discovery.ts";
import { allRows, selectColumns, type Table } from "../table/table.ts";
import { MeasuredColumn, measureOfPair, measurePair } from "./association-measures.ts";
import type { AssociationMeasure, AssociationsReport, PairMeasure } from "./association-report.ts";
import { type PairStatistic, pairStatistic } from "./pair-statistics.ts";
import { sampleRows } from "./sample-rows.ts";
import { MAX_COMPARED_ROWS } from "./structure.ts";

const N_PERMUTATIONS = 499;
/** A pair is let go after so many permutations that do at least as well (Besag and Clifford 1991). */
const N_ENOUGH = 50;
/** Below so many of them, their number says too little of the tail. */
const MIN_COUNTED = 10;
/** Rows that are permuted at most: fewer where there are many pairs. */
const MAX_ROWS = 10_000;
const MAX_ROWS_OF_MANY = 2_000;
const MANY_PAIRS = 500;

/**
 * Tail of a statistic under permutation from its mean and variance there: a χ² variable of ν = 2μ²/σ² degrees of freedom,
 * scaled by μ/ν (Box 1954). All statistics here are sums of squares, or grow as such.
 */
function tailChance(observed: number, mean: number, variance: number): number {
  if (!(variance > 0) || !(mean > 0)) return 1;
  const degrees = (2 * mean * mean) / variance;
  return chiSquareSurvival((observed * degrees) / mean, degrees);
}

/** The p-value of a pair from the given orders of the rows. */
function permutationP(statistic: PairStatistic, orders: readonly Uint16Array[], identity: Uint16Array): number {
  const observed = statistic(identity);
  // Sums in another order differ in their last bits: equal statistics must count as equal.
  const limit = observed - 1e-12 * Math.abs(observed);
  let [nAsLarge, nDrawn, mean, squares] = [0, 0, 0, 0];
  for (const order of orders) {
    const value = statistic(order);
    const difference = value - mean;
    mean += difference / ++nDrawn;
    squares += difference * (value - mean);
    if (value >= limit && ++nAsLarge >= N_ENOUGH) return nAsLarge / nDrawn;
  }
  const counted = (1 + nAsLarge) / (1 + orders.length);
  return nAsLarge >= MIN_COUNTED ? counted : Math.min(counted, tailChance(observed, mean, squares / (nDrawn - 1)));
}

/** Seeded orders of the rows, the same for every pair and every run: structure is a fact of the file. */
function drawOrders(nRows: number): { orders: Uint16Array[]; identity: Uint16Array } {
  const random = createRandom(0).split("associations");
  const order = allRows(nRows);
  const orders = Array.from({ length: N_PERMUTATIONS }, () => Uint16Array.from(random.shuffle(order)));
  return { orders, identity: Uint16Array.from(allRows(nRows)) };
}

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly measure: PairMeasure;
}

/**
 * Every pair of the named columns by one measure, with a p-value against independence: the share of 499 seeded permutations
 * of the rows of one column that reach the value, or, where fewer than 10 do, the tail of the scaled χ² that has their mean
 * and variance (Winkler et al. 2016 compare such tails); false discovery rates over all pairs. Values are of the rows that
 * `findStructure` compares, p-values of at most 10,000 of them, 2,000 where there are more than 500 pairs.
 * O(nPairs × (nRows + nPermutations × nRowsPermuted)).
 */
export function* testAssociations(table: Table, names: readonly string[], measure: AssociationMeasure): Work<AssociationsReport> {
  const stage = "associations";
  yield { stage, done: 0, total: 1, unit: "task" };
  const selected = selectColumns(table, names);
  const compared = sampleRows(selected, MAX_COMPARED_ROWS);
  const columns = compared.columns.map((column) => new MeasuredColumn(column));
  const pairs: Pair[] = columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b, after) => {
      const own = measureOfPair(measure, a, b);
      return own ? [{ i, j: i + 1 + after, measure: own }] : [];
    }),
  );
  const permuted = sampleRows(selected, pairs.length > MANY_PAIRS ? MAX_ROWS_OF_MANY : MAX_ROWS);
  const drawn = permuted.columns.map((column) => new MeasuredColumn(column));
  const { orders, identity } = drawOrders(permuted.nRows);
  const tested: { value: number; nRows: number; pValue: number }[] = [];
  for (const pair of pairs) {
    const measured = measurePair(pair.measure, columns[pair.i], columns[pair.j]);
    const statistic = pairStatistic(pair.measure, drawn[pair.i], drawn[pair.j]);
    tested.push({ ...measured, pValue: permutationP(statistic, orders, identity) });
    yield { stage, done: tested.length, total: pairs.length, unit: "task" };
  }
  const qValues = falseDiscoveryRates(tested.map(({ pValue }) => pValue));
  return {
    measure,
    pairs: pairs.map((pair, at) => ({
      a: names[pair.i],
      b: names[pair.j],
      measure: pair.measure,
      ...tested[at],
      qValue: qValues[at],
    })),
    nRows: compared.nRows,
    nRowsPermuted: permuted.nRows,
    nPermutations: N_PERMUTATIONS,
  };
}
