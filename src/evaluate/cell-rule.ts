import { log } from "../core/exp-log.ts";
import type { TrainRows } from "../table/split-rows.ts";
import { getColumn, type Table } from "../table/table.ts";
import { type ClassificationTask, classCodes } from "../table/task.ts";
import { makeGroups } from "./single-column-rule.ts";

/** The commonest answer in each combination of values of a few columns. */
export interface CellRule {
  readonly columns: readonly string[];
  /** Mean log loss over the training rows, each predicted without itself. */
  readonly loss: number;
  /** Every training row has the answer of its cell. */
  readonly isExact: boolean;
  /** Class shares of each row's cell (nRows × nClasses). */
  predict(table: Table): Float64Array;
}

/** The columns that may be combined: those that tell most by themselves. */
const MAX_COMBINED = 8;
const MAX_COLUMNS = 3;
/** A further column must save this share of the loss of knowing nothing. */
const MIN_SAVING = 0.02;
/** Cells with fewer rows than this on average say nothing of new rows. */
const MIN_CELL_ROWS = 10;

/** A table's rows in the groups of one column. */
interface GroupedColumn {
  readonly name: string;
  readonly nGroups: number;
  readonly groups: Int32Array;
  of(table: Table): Int32Array;
}

function groupColumn(train: Table, name: string): GroupedColumn {
  const { nGroups, groupOf } = makeGroups(getColumn(train, name));
  const of = (table: Table): Int32Array => {
    const column = getColumn(table, name);
    return Int32Array.from({ length: table.nRows }, (_, row) => groupOf(column, row));
  };
  return { name, nGroups, groups: of(train), of };
}

const joinCells = (cells: Int32Array, { nGroups }: GroupedColumn, groups: Int32Array): Int32Array =>
  cells.map((cell, row) => cell * nGroups + groups[row]);

/** Training rows by cell: counts (nCells × nClasses). */
interface Cells {
  readonly columns: readonly GroupedColumn[];
  readonly ids: Int32Array;
  readonly loss: number;
}

/** Rows of each class by cell, in cells numbered as they come. */
function countCells(ids: Int32Array, codes: Int32Array, nClasses: number): { cellOf: Map<number, number>; counts: number[] } {
  const cellOf = new Map<number, number>();
  const counts: number[] = [];
  ids.forEach((id, row) => {
    let cell = cellOf.get(id);
    if (cell === undefined) {
      cell = cellOf.size;
      cellOf.set(id, cell);
      for (let c = 0; c < nClasses; c++) counts.push(0);
    }
    counts[cell * nClasses + codes[row]]++;
  });
  return { cellOf, counts };
}

const sumOf = (counts: readonly number[], from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at++) sum += counts[at];
  return sum;
};

/** Mean log loss of each row predicted by the shares of the other rows of its cell and one row of the prior. */
function lossWithoutSelf(ids: Int32Array, codes: Int32Array, prior: Float64Array): number {
  const nClasses = prior.length;
  const { counts, cellOf } = countCells(ids, codes, nClasses);
  if (cellOf.size > 1 && ids.length / cellOf.size < MIN_CELL_ROWS) return Number.POSITIVE_INFINITY;
  let loss = 0;
  for (let cell = 0; cell < cellOf.size; cell++) {
    const nRows = sumOf(counts, cell * nClasses, (cell + 1) * nClasses);
    for (let c = 0; c < nClasses; c++) {
      const count = counts[cell * nClasses + c];
      if (count > 0) loss -= count * log((count - 1 + prior[c]) / nRows);
    }
  }
  return loss / ids.length;
}

/** The next column to combine with, or null where none saves enough. */
function extend(cells: Cells, candidates: readonly GroupedColumn[], codes: Int32Array, prior: Float64Array, enough: number) {
  let best: Cells | null = null;
  for (const column of candidates) {
    if (cells.columns.includes(column)) continue;
    const ids = joinCells(cells.ids, column, column.groups);
    const loss = lossWithoutSelf(ids, codes, prior);
    if (loss < cells.loss - enough && loss < (best?.loss ?? Number.POSITIVE_INFINITY))
      best = { columns: [...cells.columns, column], ids, loss };
  }
  return best;
}

function makeRule({ columns, ids, loss }: Cells, codes: Int32Array, prior: Float64Array): CellRule {
  const nClasses = prior.length;
  const { counts, cellOf } = countCells(ids, codes, nClasses);
  const cellsOf = (table: Table): Int32Array =>
    columns.reduce<Int32Array>((cells, column) => joinCells(cells, column, column.of(table)), new Int32Array(table.nRows));
  return {
    columns: columns.map(({ name }) => name),
    loss,
    isExact: [...cellOf.values()].every(
      (cell) => counts.slice(cell * nClasses, (cell + 1) * nClasses).filter((count) => count > 0).length === 1,
    ),
    predict: (table) => {
      const shares = new Float64Array(table.nRows * nClasses);
      cellsOf(table).forEach((id, row) => {
        const cell = cellOf.get(id);
        const nRows = cell === undefined ? 0 : sumOf(counts, cell * nClasses, (cell + 1) * nClasses);
        for (let c = 0; c < nClasses; c++)
          shares[row * nClasses + c] = ((cell === undefined ? 0 : counts[cell * nClasses + c]) + prior[c]) / (nRows + 1);
      });
      return shares;
    },
  };
}

/**
 * The rule over at most three columns that tells the target best: class shares of each cell of their values (numbers by
 * decile) with one row of the whole table's shares added, the loss measured by leaving each row out. Starts from every one
 * of the eight most telling columns and adds others while each saves 2 % of the loss of knowing nothing.
 * The fewest columns win, then the first. O(nRows × (nFeatures + 100)).
 */
export function fitCellRule(train: TrainRows, task: ClassificationTask): CellRule {
  const { table } = train;
  const codes = classCodes(table, task);
  const prior = new Float64Array(task.classes.length);
  for (const code of codes) prior[code] += 1 / codes.length;
  const nothing = new Int32Array(codes.length);
  const enough = MIN_SAVING * lossWithoutSelf(nothing, codes, prior);
  const singles = task.features.map((name): Cells => {
    const column = groupColumn(table, name);
    return { columns: [column], ids: column.groups, loss: lossWithoutSelf(column.groups, codes, prior) };
  });
  const ranked = singles.sort((a, b) => a.loss - b.loss).slice(0, MAX_COMBINED);
  const candidates = ranked.map(({ columns }) => columns[0]);
  let best = ranked[0];
  for (const start of ranked) {
    let cells: Cells | null = start;
    // The first added column is judged against what it starts from: two columns may tell only together.
    while (cells && cells.columns.length < MAX_COLUMNS) {
      cells = extend(cells, candidates, codes, prior, enough);
      if (cells && cells.loss < best.loss - enough * (cells.columns.length - best.columns.length || 1e-6)) best = cells;
    }
  }
  return makeRule(best, codes, prior);
}
