import { exp, log } from "../core/exp-log.ts";
import type { Column } from "../table/table.ts";
import { type CodedColumn, codeValues, countCodes, nPresentCodes } from "./coded-column.ts";
import type { Dependency } from "./structure-report.ts";

/** A dependency must be less likely than this if the columns were independent. */
const MAX_CHANCE_LOG = log(1e-6);
/** A value of `from` must stand in this many rows on average: near-unique columns determine everything. */
const MIN_ROWS_PER_VALUE = 5;
const MAX_VALUES = 1_000;

/** The value of `to` that each value of `from` has in every row, or null where some value has two. Missing is a value of its own. */
export function mapping(from: CodedColumn, to: CodedColumn): Int32Array | null {
  const UNSEEN = -2;
  const image = new Int32Array(from.nCodes + 1).fill(UNSEEN);
  for (let row = 0; row < from.codes.length; row++) {
    const x = from.codes[row] < 0 ? from.nCodes : from.codes[row];
    if (image[x] === UNSEEN) image[x] = to.codes[row];
    else if (image[x] !== to.codes[row]) return null;
  }
  return image;
}

/**
 * Log of the chance that `from` would tell `to` in every row if the two were independent: for every value of `from`, that
 * all its rows draw the same value of `to`, Σ_x log Σ_y p(y)^n(x).
 */
function chanceLog(from: CodedColumn, to: CodedColumn): number {
  const shares = Array.from(countCodes(to), (count) => count / to.codes.length).filter((share) => share > 0);
  let sum = 0;
  for (const count of countCodes(from)) {
    if (count < 2) continue;
    const same = shares.reduce((total, share) => total + exp(count * log(share)), 0);
    sum += same > 0 ? log(same) : -1_000;
  }
  return sum;
}

/** Whether the value of one column tells the value of the other in every row. */
export function tells(from: Column, to: Column): boolean {
  return mapping(codeValues(from), codeValues(to)) !== null;
}

/** Whether two columns hold the same text in every row. */
function isIdentical(a: Column, b: Column): boolean {
  if (a.kind === "numeric") {
    return b.kind === "numeric" && a.type === b.type && a.values.every((value, row) => Object.is(value, b.values[row]));
  }
  if (b.kind === "numeric") return false;
  const codeInB = a.levels.map((level) => b.levels.indexOf(level));
  return a.codes.every((code, row) => (code < 0 ? -1 : codeInB[code]) === b.codes[row]);
}

/** Pairs of identical columns; of three equal ones the first is paired with each other. */
export function findIdentical(columns: readonly Column[]): [string, string][] {
  const pairs: [string, string][] = [];
  const copies = new Set<Column>();
  columns.forEach((a, i) => {
    if (copies.has(a)) return;
    for (const b of columns.slice(i + 1)) {
      if (copies.has(b) || !isIdentical(a, b)) continue;
      copies.add(b);
      pairs.push([a.name, b.name]);
    }
  });
  return pairs;
}

/** Leaves out A → C where A → B → C says it, unless B tells A as well (then the two are one column in two spellings). */
function withoutImplied(found: readonly Dependency[]): Dependency[] {
  const has = (from: string, to: string) => found.some((other) => other.from[0] === from && other.to === to);
  return found.filter(
    ({ from: [from], to }) => !found.some((via) => via.from[0] === from && has(via.to, to) && !has(via.to, from)),
  );
}

/**
 * Functional dependencies between single columns that hold in every row and that chance would not make. Second copies of
 * identical columns are left out, and what follows from other dependencies. O(nRows × nColumns²).
 */
export function findDependencies(columns: readonly Column[], identical: readonly (readonly [string, string])[]): Dependency[] {
  const copies = new Set(identical.map(([, copy]) => copy));
  const coded = columns
    .filter((column) => !copies.has(column.name))
    .map(codeValues)
    .map((column) => ({ column, nValues: nPresentCodes(column) }))
    .filter(({ nValues }) => nValues > 1);
  const found: Dependency[] = [];
  for (const { column: from, nValues: nFrom } of coded) {
    if (nFrom > MAX_VALUES || nFrom * MIN_ROWS_PER_VALUE > from.codes.length) continue;
    for (const { column: to, nValues: nTo } of coded) {
      if (from === to || nTo > nFrom || !mapping(from, to) || chanceLog(from, to) > MAX_CHANCE_LOG) continue;
      found.push({ from: [from.name], to: to.name, nFrom, nTo });
    }
  }
  return withoutImplied(found);
}
