import { log } from "../core/exp-log.ts";
import type { CodedColumn } from "./coded-column.ts";

/** Columns before a column that it is tried against: those of about the same entropy. */
const MAX_TRIED = 40;
/** Rows that parents are chosen on, and the comparisons that all choices together may take. */
const MAX_ROWS = 2000;
const MIN_ROWS = 200;
const MAX_COMPARISONS = 2e7;
/** Rows of the marginal shares that are added to each conditional share. */
const PRIOR_ROWS = 1;
/** The rows that are compared are no evidence of how common what they share is. */
const PAIR = 2;

/** Rows by code, a missing value among them, of some rows. */
function countAll(column: CodedColumn, rows: ArrayLike<number>): Int32Array {
  const counts = new Int32Array(column.nCodes + 1);
  for (let i = 0; i < rows.length; i++) counts[column.codes[rows[i]] + 1]++;
  return counts;
}

const keyOf = (column: CodedColumn, parent: CodedColumn, row: number): number =>
  (parent.codes[row] + 1) * (column.nCodes + 1) + column.codes[row] + 1;

function countPairs(column: CodedColumn, parent: CodedColumn, rows: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const key = keyOf(column, parent, rows[i]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Information, in nats, of a value of one column in a row: by itself, and once the parent's value is known. */
interface Told {
  alone(row: number): number;
  given(row: number): number;
}

function told(column: CodedColumn, parent: CodedColumn | null, rows: ArrayLike<number>): Told {
  const own = countAll(column, rows);
  const share = (row: number): number => (Math.max(0, own[column.codes[row] + 1] - PAIR) + PRIOR_ROWS) / rows.length;
  const alone = (row: number): number => -log(share(row));
  if (!parent) return { alone, given: alone };
  const ofParent = countAll(parent, rows);
  const both = countPairs(column, parent, rows);
  const given = (row: number): number => {
    const nBoth = Math.max(0, (both.get(keyOf(column, parent, row)) ?? 0) - PAIR);
    const nParent = Math.max(0, ofParent[parent.codes[row] + 1] - PAIR);
    return -log((nBoth + PRIOR_ROWS * share(row)) / (nParent + PRIOR_ROWS));
  };
  return { alone, given };
}

const sumOver = (rows: ArrayLike<number>, of: (row: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += of(rows[i]);
  return sum;
};

/** The column that tells most of each, among those before it; −1 where none tells anything. */
function chooseParents(columns: readonly CodedColumn[], nRows: number): number[] {
  const tried = columns.length * Math.min(columns.length, MAX_TRIED);
  const most = Math.max(MIN_ROWS, Math.min(MAX_ROWS, Math.floor(MAX_COMPARISONS / tried)));
  const step = Math.max(1, Math.floor(nRows / most));
  const rows = Int32Array.from({ length: Math.ceil(nRows / step) }, (_, i) => i * step);
  return columns.map((column, i) => {
    let best = -1;
    let least = sumOver(rows, told(column, null, rows).alone);
    for (let j = Math.max(0, i - MAX_TRIED); j < i; j++) {
      const information = sumOver(rows, told(column, columns[j], rows).given);
      if (information < least) [best, least] = [j, information];
    }
    return best;
  });
}

/**
 * How surprising it is, in nats, that two rows agree in the columns in which they do: the sum of −log p over those columns,
 * p being the share of the value among the other rows, or among those that hold the same value of the column that tells
 * most of this one, where the two rows agree in that as well. Columns that follow from each other so count about once (a
 * tree of dependences: Chow and Liu 1968); a row that many others are like agrees with them without surprise. Columns come
 * telling ones first. Building it takes O(nRows × nColumns), each call O(nColumns).
 */
export function agreementInformation(columns: readonly CodedColumn[], nRows: number): (a: number, b: number) => number {
  const rows = Int32Array.from({ length: nRows }, (_, row) => row);
  const parents = chooseParents(columns, nRows);
  const tolds = columns.map((column, i) => told(column, columns[parents[i]] ?? null, rows));
  return (a, b) => {
    let sum = 0;
    columns.forEach(({ codes }, i) => {
      if (codes[a] !== codes[b]) return;
      const parent = columns[parents[i]];
      sum += parent && parent.codes[a] === parent.codes[b] ? tolds[i].given(a) : tolds[i].alone(a);
    });
    return sum;
  };
}

/** Information beyond which less than one pair of a table's rows agrees by chance: the log of the number of pairs. */
export const chanceAgreement = (nRows: number): number => log(Math.max(1, (nRows * (nRows - 1)) / 2));
