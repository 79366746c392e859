import type { Random } from "../core/random.ts";
import { allRows, type Column } from "./table.ts";

/** Class of each row for stratification: categories by code, numbers by decile; missing values form their own class. */
export function strata(column: Column): Int32Array {
  if (column.kind === "categorical") return column.codes;
  const order = allRows(column.values.length).sort((a, b) => column.values[a] - column.values[b]);
  const result = new Int32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank];
    result[row] = Number.isNaN(column.values[row]) ? -1 : Math.floor((10 * rank) / order.length);
  }
  return result;
}

/** Rows of each group of more than one row, in the given order of rows; the largest group first. */
export function sharedGroups(groups: Int32Array, order: Int32Array): Int32Array[] {
  const members = new Map<number, number[]>();
  for (const row of order) {
    const known = members.get(groups[row]);
    if (known) known.push(row);
    else members.set(groups[row], [row]);
  }
  return [...members.values()]
    .filter((rows) => rows.length > 1)
    .map((rows) => Int32Array.from(rows))
    .sort((a, b) => b.length - a.length);
}

/** Deals row by row, class by class: every fold holds the same share of each class. */
function dealRows(order: Int32Array, stratum: Int32Array, nFolds: number, deal: Random): Int32Array {
  const nextFold = new Map<number, number>();
  const assignment = new Int32Array(order.length);
  for (const row of order) {
    const key = stratum[row];
    const fold = nextFold.get(key) ?? deal.integer(nFolds);
    assignment[row] = fold;
    nextFold.set(key, (fold + 1) % nFolds);
  }
  return assignment;
}

/** What each fold should hold of each class, and holds so far. */
class FoldCounts {
  private readonly wanted: Float64Array;
  private readonly held: Float64Array;
  private readonly codeOf = new Map<number, number>();
  private readonly nClasses: number;

  constructor(
    private readonly stratum: Int32Array,
    assignment: Int32Array,
    readonly nFolds: number,
  ) {
    for (const key of stratum) if (!this.codeOf.has(key)) this.codeOf.set(key, this.codeOf.size);
    this.nClasses = this.codeOf.size;
    this.wanted = new Float64Array(nFolds * this.nClasses);
    this.held = new Float64Array(nFolds * this.nClasses);
    assignment.forEach((fold, row) => {
      this.wanted[this.at(fold, row)]++;
    });
  }

  private at(fold: number, row: number): number {
    return fold * this.nClasses + (this.codeOf.get(this.stratum[row]) ?? 0);
  }

  add(fold: number, row: number): void {
    this.held[this.at(fold, row)]++;
  }

  /** How many more rows of the row's class the fold should have. */
  room(fold: number, row: number): number {
    return this.wanted[this.at(fold, row)] - this.held[this.at(fold, row)];
  }

  /** How far a group of rows would overfill a fold: the sum over its rows of what their class then has too many. */
  overflow(fold: number, rows: Int32Array): number {
    for (const row of rows) this.held[this.at(fold, row)]++;
    let sum = 0;
    for (const row of rows) sum += Math.max(0, -this.room(fold, row));
    for (const row of rows) this.held[this.at(fold, row)]--;
    return sum;
  }
}

/** The fold for which `cost` is smallest; `preferred` among equals, else the first. */
function cheapestFold(nFolds: number, preferred: number, cost: (fold: number) => number): number {
  let best = preferred;
  let least = cost(preferred);
  for (let fold = 0; fold < nFolds; fold++) {
    const own = cost(fold);
    if (own < least - 1e-12) {
      best = fold;
      least = own;
    }
  }
  return best;
}

/**
 * Fold number of each row. Rows are shuffled, then dealt out class by class, so every fold holds the same share of each
 * class; shuffling and dealing draw from separate streams. Where `groups` names the near-duplicate group of each row, no
 * group straddles folds: whole groups are placed first, the largest first, where the first of their rows was dealt while
 * the fold has room for their classes, else where it has most; rows of their own then keep the fold they were dealt in the
 * same way. So a table with few near-duplicates is divided almost as if it had none.
 */
export function dealFolds(target: Column, nFolds: number, random: Random, groups: Int32Array | null): Int32Array {
  const stratum = strata(target);
  const order = random.split("order").shuffle(allRows(stratum.length));
  const assignment = dealRows(order, stratum, nFolds, random.split("deal"));
  const shared = groups ? sharedGroups(groups, order) : [];
  if (shared.length === 0) return assignment;
  const counts = new FoldCounts(stratum, assignment, nFolds);
  const isPlaced = new Uint8Array(order.length);
  const place = (row: number, fold: number): void => {
    assignment[row] = fold;
    isPlaced[row] = 1;
    counts.add(fold, row);
  };
  for (const rows of shared) {
    const fold = cheapestFold(nFolds, assignment[rows[0]], (candidate) => counts.overflow(candidate, rows));
    for (const row of rows) place(row, fold);
  }
  const crowdedOut: number[] = [];
  for (const row of order) {
    if (isPlaced[row]) continue;
    if (counts.room(assignment[row], row) > 0) place(row, assignment[row]);
    else crowdedOut.push(row);
  }
  for (const row of crowdedOut)
    place(
      row,
      cheapestFold(nFolds, assignment[row], (fold) => -counts.room(fold, row)),
    );
  return assignment;
}
