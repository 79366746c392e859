import { log } from "../core/exp-log.ts";
import { crossCounts } from "../metrics/legal-cells.ts";
import { completeRows, type MeasuredColumn, midRanks, numberAndCategory } from "./association-measures.ts";
import type { PairMeasure } from "./association-report.ts";
import type { CodedColumn } from "./coded-column.ts";

/** How strongly a pair is linked when the second column's rows stand in that order; 0 or more, in a unit of its own. */
export type PairStatistic = (order: Uint16Array) => number;

/** Codes from 0, a missing value as the last. */
const filled = ({ codes, nCodes }: CodedColumn): Uint16Array => Uint16Array.from(codes, (code) => (code < 0 ? nCodes : code));

/** The two-way table of two columns under an order of the second; `sum` makes one number of its counts. */
function ofTable(a: CodedColumn, b: CodedColumn, sum: (counts: Int32Array) => number): PairStatistic {
  const width = b.nCodes + 1;
  const starts = Int32Array.from(filled(a), (code) => code * width);
  const codes = filled(b);
  const counts = new Int32Array((a.nCodes + 1) * width);
  return (order) => {
    counts.fill(0);
    for (let row = 0; row < starts.length; row++) counts[starts[row] + codes[order[row]]]++;
    return sum(counts);
  };
}

/** φ² of Pearson: with fixed margins Cramér's V grows with it. */
function phiSquare(a: CodedColumn, b: CodedColumn): PairStatistic {
  const { counts, rows, columns } = crossCounts(a.codes, a.nCodes, b.codes, b.nCodes);
  const width = b.nCodes + 1;
  const weights = counts.map((_, at) => 1 / Math.max(1, rows[Math.floor(at / width)] * columns[at % width]));
  return ofTable(a, b, (table) => {
    let sum = -1;
    for (let at = 0; at < table.length; at++) if (table[at] > 0) sum += table[at] * table[at] * weights[at];
    return Math.max(0, sum);
  });
}

/** Mutual information in natural units: with fixed margins only the cells' part of it changes. */
function sharedInformation(a: CodedColumn, b: CodedColumn): PairStatistic {
  const n = a.codes.length;
  const logs = Float64Array.from({ length: n + 1 }, (_, count) => (count > 0 ? count * log(count) : 0));
  const { rows, columns } = crossCounts(a.codes, a.nCodes, b.codes, b.nCodes);
  const sumOf = (counts: ArrayLike<number>): number => {
    let sum = 0;
    for (let at = 0; at < counts.length; at++) sum += logs[counts[at]];
    return sum;
  };
  const margins = logs[n] - sumOf(rows) - sumOf(columns);
  return ofTable(a, b, (table) => Math.max(0, (margins + sumOf(table)) / n));
}

/** Where each row stands among those kept; −1 where it was left out. */
function placesOf(rows: Int32Array, nRows: number): Int32Array {
  const places = new Int32Array(nRows).fill(-1);
  rows.forEach((row, place) => {
    places[row] = place;
  });
  return places;
}

/** An order of all rows as an order of those kept; of uniform orders it is one. */
function orderOfKept(nKept: number, places: Int32Array): (order: Uint16Array) => Uint16Array {
  if (nKept === places.length) return (order) => order;
  const kept = new Uint16Array(nKept);
  return (order) => {
    let n = 0;
    for (let at = 0; at < order.length; at++) {
      const place = places[order[at]];
      if (place >= 0) kept[n++] = place;
    }
    return kept;
  };
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.map((value) => value - mean);
}

/** r² but for its constant, among the rows that hold both numbers. */
function squareOfSum(x: Float64Array, y: Float64Array, toScores: (values: Float64Array) => Float64Array): PairStatistic {
  const rows = completeRows(x, y);
  const scores = (values: Float64Array) => centred(toScores(Float64Array.from(rows, (row) => values[row])));
  const [first, second] = [scores(x), scores(y)];
  const restrict = orderOfKept(rows.length, placesOf(rows, x.length));
  return (order) => {
    const kept = restrict(order);
    let sum = 0;
    for (let row = 0; row < first.length; row++) sum += first[row] * second[kept[row]];
    return sum * sum;
  };
}

/** Sum of squares between categories, among the rows that hold the number. */
function squaresBetween(values: Float64Array, category: CodedColumn): PairStatistic {
  const rows = completeRows(values, values);
  const own = centred(Float64Array.from(rows, (row) => values[row]));
  const all = filled(category);
  const codes = Uint16Array.from(rows, (row) => all[row]);
  const counts = new Float64Array(category.nCodes + 1);
  for (const code of codes) counts[code]++;
  const sums = new Float64Array(counts.length);
  const restrict = orderOfKept(rows.length, placesOf(rows, values.length));
  return (order) => {
    const kept = restrict(order);
    sums.fill(0);
    for (let row = 0; row < own.length; row++) sums[codes[kept[row]]] += own[row];
    let between = 0;
    for (let code = 0; code < sums.length; code++) if (counts[code] > 0) between += (sums[code] * sums[code]) / counts[code];
    return between;
  };
}

/** The statistic whose permutations test a pair. At most 65,535 rows and as many codes. */
export function pairStatistic(measure: PairMeasure, a: MeasuredColumn, b: MeasuredColumn): PairStatistic {
  switch (measure) {
    case "cramers-v":
      return phiSquare(a.codes, b.codes);
    case "mutual-information":
      return sharedInformation(a.codes, b.codes);
    case "correlation-ratio":
      return squaresBetween(...numberAndCategory(a, b));
    default: {
      const [x, y] = [a.ordered ?? new Float64Array(0), b.ordered ?? new Float64Array(0)];
      return squareOfSum(x, y, measure === "spearman" ? midRanks : (values) => values);
    }
  }
}
