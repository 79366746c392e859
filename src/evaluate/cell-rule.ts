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

/** Cells that one more column splits: the new cell of (cell, group) stands at cell × nGroups + group, −1 where no row has both. */
interface Split {
  readonly column: GroupedColumn;
  readonly cellAt: Int32Array;
}

/** Training rows by cell, cells numbered as they come. */
interface Cells {
  readonly splits: readonly Split[];
  readonly ids: Int32Array;
  readonly nCells: number;
}

interface JudgedCells extends Cells {
  readonly loss: number;
}

const namesOf = ({ splits }: Cells): string[] => splits.map(({ column }) => column.name);

function splitCells({ splits, ids, nCells }: Cells, column: GroupedColumn): Cells {
  const { nGroups, groups } = column;
  const cellAt = new Int32Array(nCells * nGroups).fill(-1);
  const next = new Int32Array(ids.length);
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    const at = ids[row] * nGroups + groups[row];
    if (cellAt[at] < 0) cellAt[at] = count++;
    next[row] = cellAt[at];
  }
  return { splits: [...splits, { column, cellAt }], ids: next, nCells: count };
}

/** Rows of each class by cell (nCells × nClasses). */
function countClasses({ ids, nCells }: Cells, codes: Int32Array, nClasses: number): Int32Array {
  const counts = new Int32Array(nCells * nClasses);
  for (let row = 0; row < ids.length; row++) counts[ids[row] * nClasses + codes[row]]++;
  return counts;
}

const sumOf = (counts: Int32Array, from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at++) sum += counts[at];
  return sum;
};

/** Mean log loss of each row predicted by the shares of the other rows of its cell and one row of the prior. */
function judge(cells: Cells, codes: Int32Array, prior: Float64Array): JudgedCells {
  const nClasses = prior.length;
  const { nCells } = cells;
  if (nCells > 1 && codes.length / nCells < MIN_CELL_ROWS) return { ...cells, loss: Number.POSITIVE_INFINITY };
  const counts = countClasses(cells, codes, nClasses);
  let loss = 0;
  for (let cell = 0; cell < nCells; cell++) {
    const nRows = sumOf(counts, cell * nClasses, (cell + 1) * nClasses);
    for (let c = 0; c < nClasses; c++) {
      const count = counts[cell * nClasses + c];
      if (count > 0) loss -= count * log((count - 1 + prior[c]) / nRows);
    }
  }
  return { ...cells, loss: loss / codes.length };
}

/** The next column to combine with, or null where none saves enough. */
function extend(
  cells: JudgedCells,
  candidates: readonly GroupedColumn[],
  codes: Int32Array,
  prior: Float64Array,
  enough: number,
): JudgedCells | null {
  let best: JudgedCells | null = null;
  for (const column of candidates) {
    if (cells.splits.some((split) => split.column === column)) continue;
    const next = judge(splitCells(cells, column), codes, prior);
    if (next.loss < cells.loss - enough && next.loss < (best?.loss ?? Number.POSITIVE_INFINITY)) best = next;
  }
  return best;
}

/** The cell of each row; −1 where the training rows have none like it. */
function cellsOf({ splits }: Cells, table: Table): Int32Array {
  const cells = new Int32Array(table.nRows);
  for (const { column, cellAt } of splits) {
    const groups = column.of(table);
    for (let row = 0; row < cells.length; row++)
      cells[row] = cells[row] < 0 ? -1 : cellAt[cells[row] * column.nGroups + groups[row]];
  }
  return cells;
}

function makeRule(best: JudgedCells, codes: Int32Array, prior: Float64Array): CellRule {
  const nClasses = prior.length;
  const counts = countClasses(best, codes, nClasses);
  const ofCell = (cell: number) => counts.subarray(cell * nClasses, (cell + 1) * nClasses);
  return {
    columns: namesOf(best),
    loss: best.loss,
    isExact: Array.from({ length: best.nCells }, (_, cell) => ofCell(cell).filter((count) => count > 0).length).every(
      (nAnswers) => nAnswers === 1,
    ),
    predict: (table) => {
      const shares = new Float64Array(table.nRows * nClasses);
      cellsOf(best, table).forEach((cell, row) => {
        const nRows = cell < 0 ? 0 : sumOf(counts, cell * nClasses, (cell + 1) * nClasses);
        for (let c = 0; c < nClasses; c++)
          shares[row * nClasses + c] = ((cell < 0 ? 0 : counts[cell * nClasses + c]) + prior[c]) / (nRows + 1);
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
  const whole = judge({ splits: [], ids: new Int32Array(codes.length), nCells: 1 }, codes, prior);
  const enough = MIN_SAVING * whole.loss;
  const singles = task.features.map((name) => judge(splitCells(whole, groupColumn(table, name)), codes, prior));
  const ranked = singles.sort((a, b) => a.loss - b.loss).slice(0, MAX_COMBINED);
  // A column that by itself leaves too few rows to a cell does so beside others too.
  const candidates = ranked.filter(({ loss }) => loss < Number.POSITIVE_INFINITY).map(({ splits }) => splits[0].column);
  let best = ranked[0];
  for (const start of ranked) {
    let cells: JudgedCells | null = start;
    // The first added column is judged against what it starts from: two columns may tell only together.
    while (cells && cells.splits.length < MAX_COLUMNS) {
      cells = extend(cells, candidates, codes, prior, enough);
      if (cells && cells.loss < best.loss - enough * (cells.splits.length - best.splits.length || 1e-6)) best = cells;
    }
  }
  return makeRule(best, codes, prior);
}
