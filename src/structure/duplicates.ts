import { log } from "../core/exp-log.ts";
import type { Table } from "../table/table.ts";
import { type CodedColumn, codeValues, countCodes } from "./coded-column.ts";

/** Near-duplicates agree in this share of their columns, and in this share of the columns' information. */
export const MIN_EQUAL_COLUMNS = 0.7;
const MIN_EQUAL_INFORMATION = 0.6;
/** Rows that share a band are all compared, up to so many: beyond, a band says too little. */
const MAX_BAND_ROWS = 500;

/** Rows that are nearly the same: `groupOf[row]` numbers the row's group; a row of its own is a group of one. */
export interface DuplicateGroups {
  readonly groupOf: Int32Array;
  readonly nGroups: number;
  /** Rows in groups of more than one, the rows that equal an earlier one in every column among them. */
  readonly nNearDuplicates: number;
  readonly nExactDuplicates: number;
}

/** Shannon entropy of a column's values in nats: what it tells of which row it stands in. */
function entropyOf(column: CodedColumn): number {
  let sum = 0;
  for (const count of countCodes(column)) if (count > 0) sum -= (count / column.codes.length) * log(count / column.codes.length);
  return sum;
}

/** Smallest row of each row's set, merged pair by pair. */
class Sets {
  readonly parent: Int32Array;
  constructor(n: number) {
    this.parent = Int32Array.from({ length: n }, (_, i) => i);
  }
  find(row: number): number {
    let root = row;
    while (this.parent[root] !== root) root = this.parent[root];
    for (let at = row; at !== root; ) {
      const next = this.parent[at];
      this.parent[at] = root;
      at = next;
    }
    return root;
  }
  merge(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)];
    if (x < y) this.parent[y] = x;
    else this.parent[x] = y;
  }
}

/**
 * Columns dealt into bands so that two rows which differ in fewer columns than there are bands agree in a whole band;
 * the most telling columns go to different bands.
 */
function dealBands(entropies: readonly number[], nBands: number): number[][] {
  const order = entropies.map((_, at) => at).sort((a, b) => entropies[b] - entropies[a] || a - b);
  const bands: number[][] = Array.from({ length: nBands }, () => []);
  order.forEach((column, rank) => {
    const lap = Math.floor(rank / nBands);
    bands[lap % 2 === 0 ? rank % nBands : nBands - 1 - (rank % nBands)].push(column);
  });
  return bands;
}

function rowsByKey(columns: readonly CodedColumn[], nRows: number): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < nRows; row++) {
    const key = columns.map(({ codes }) => codes[row]).join(" ");
    const found = rows.get(key);
    if (found) found.push(row);
    else rows.set(key, [row]);
  }
  return rows;
}

/**
 * Groups of near-duplicate rows: pairs that agree in at least 70 % of the columns and in columns that carry at least 60 %
 * of the table's information (entropies summed, so that rows of a table of yes-or-no columns are not all alike), joined
 * directly or through others. Pass the columns that describe a row, without identifiers. Candidates come from bands of
 * columns (locality-sensitive hashing without loss: a pair with fewer differences than bands agrees in one of them);
 * values of a band that more than 500 rows share are passed over.
 */
export function findDuplicateGroups(table: Table): DuplicateGroups {
  const columns = table.columns.map(codeValues);
  const entropies = columns.map(entropyOf);
  const information = entropies.reduce((sum, entropy) => sum + entropy, 0);
  const maxDifferences = columns.length - Math.ceil(MIN_EQUAL_COLUMNS * columns.length);
  const sets = new Sets(table.nRows);
  const isNearDuplicate = (a: number, b: number): boolean => {
    let nDifferent = 0;
    let differing = 0;
    for (let column = 0; column < columns.length; column++) {
      if (columns[column].codes[a] === columns[column].codes[b]) continue;
      differing += entropies[column];
      if (++nDifferent > maxDifferences || differing > (1 - MIN_EQUAL_INFORMATION) * information) return false;
    }
    return true;
  };
  let nExactDuplicates = 0;
  for (const rows of rowsByKey(columns, table.nRows).values()) {
    nExactDuplicates += rows.length - 1;
    for (const row of rows) sets.merge(rows[0], row);
  }
  for (const band of dealBands(entropies, Math.min(columns.length, maxDifferences + 1))) {
    for (const rows of rowsByKey(
      band.map((column) => columns[column]),
      table.nRows,
    ).values()) {
      if (rows.length > MAX_BAND_ROWS) continue;
      for (let i = 1; i < rows.length; i++)
        for (let j = 0; j < i; j++)
          if (sets.find(rows[i]) !== sets.find(rows[j]) && isNearDuplicate(rows[i], rows[j])) sets.merge(rows[i], rows[j]);
    }
  }
  return numberGroups(sets, table.nRows, nExactDuplicates);
}

function numberGroups(sets: Sets, nRows: number, nExactDuplicates: number): DuplicateGroups {
  const groupOf = new Int32Array(nRows);
  const size = new Int32Array(nRows);
  let nGroups = 0;
  for (let row = 0; row < nRows; row++) {
    const root = sets.find(row);
    groupOf[row] = root === row ? nGroups++ : groupOf[root];
    size[groupOf[row]]++;
  }
  const nNearDuplicates = groupOf.reduce((sum, group) => sum + (size[group] > 1 ? 1 : 0), 0);
  return { groupOf, nGroups, nNearDuplicates, nExactDuplicates };
}
