import { log } from "../core/exp-log.ts";
import type { Column, Table } from "../table/table.ts";
import { agreementInformation, chanceAgreement } from "./agreement.ts";
import { type CodedColumn, codeValues, countCodes } from "./coded-column.ts";
import type { NearDuplicates } from "./structure-report.ts";

/** Near-duplicates agree in this share of their columns, and in this share of the columns' information. */
export const MIN_EQUAL_COLUMNS = 0.7;
const MIN_EQUAL_INFORMATION = 0.6;
/** Rows that share a band are all compared, up to so many, and up to so many pairs of a band: beyond, a band says too little. */
const MAX_BAND_ROWS = 500;
const MAX_BAND_PAIRS = 10_000_000;
/** Pairs of codes that are numbered through an array: 16 MB. */
const MAX_DIRECT_CELLS = 4_000_000;
/** Sums of entropies in another order differ in their last bits. */
const TOLERANCE = 1e-9;

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
 * Columns, telling ones first, dealt into bands so that two rows which differ in fewer columns than there are bands agree
 * in a whole band; the most telling columns go to different bands.
 */
function dealBands(columns: readonly CodedColumn[], nBands: number): CodedColumn[][] {
  const bands: CodedColumn[][] = Array.from({ length: nBands }, () => []);
  columns.forEach((column, rank) => {
    const lap = Math.floor(rank / nBands);
    bands[lap % 2 === 0 ? rank % nBands : nBands - 1 - (rank % nBands)].push(column);
  });
  return bands;
}

/** Rows in runs of equal values: run r is `rows[starts[r]]` up to `rows[starts[r + 1]]`, ascending in each run. */
interface Runs {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/** Numbers pairs of an earlier number and a code in the order of their first rows; −1, a missing value, is a code too. */
function numberPairs(ids: Int32Array, nIds: number, { codes, nCodes }: CodedColumn): { ids: Int32Array; nIds: number } {
  const width = nCodes + 1;
  const next = new Int32Array(ids.length);
  let nNext = 0;
  if (nIds * width <= MAX_DIRECT_CELLS) {
    const numbers = new Int32Array(nIds * width);
    for (let row = 0; row < ids.length; row++) {
      const key = ids[row] * width + codes[row] + 1;
      if (numbers[key] === 0) numbers[key] = ++nNext;
      next[row] = numbers[key] - 1;
    }
    return { ids: next, nIds: nNext };
  }
  const numbers = new Map<number, number>();
  for (let row = 0; row < ids.length; row++) {
    const key = ids[row] * width + codes[row] + 1;
    let id = numbers.get(key);
    if (id === undefined) {
      id = nNext++;
      numbers.set(key, id);
    }
    next[row] = id;
  }
  return { ids: next, nIds: nNext };
}

/** Sorts rows into runs that agree in every one of the columns. O(nRows × nColumns). */
function runsOf(columns: readonly CodedColumn[], nRows: number): Runs {
  let ids: Int32Array = new Int32Array(nRows);
  let nIds = 1;
  for (const column of columns) {
    if (nIds === nRows) break;
    ({ ids, nIds } = numberPairs(ids, nIds, column));
  }
  const starts = new Int32Array(nIds + 1);
  for (const id of ids) starts[id + 1]++;
  for (let id = 0; id < nIds; id++) starts[id + 1] += starts[id];
  const rows = new Int32Array(nRows);
  const filled = starts.slice();
  for (let row = 0; row < nRows; row++) rows[filled[ids[row]]++] = row;
  return { rows, starts };
}

/** The longest runs that may be compared in full without going over the budget of pairs. */
function longestCompared(starts: Int32Array): number {
  const nOfLength = new Float64Array(MAX_BAND_ROWS + 1);
  for (let run = 0; run + 1 < starts.length; run++) {
    const length = starts[run + 1] - starts[run];
    if (length <= MAX_BAND_ROWS) nOfLength[length]++;
  }
  let nPairs = 0;
  for (let length = 2; length <= MAX_BAND_ROWS; length++) {
    nPairs += (nOfLength[length] * length * (length - 1)) / 2;
    if (nPairs > MAX_BAND_PAIRS) return length - 1;
  }
  return MAX_BAND_ROWS;
}

/**
 * Whether two rows agree in enough columns that carry enough information, and in more than chance makes rows agree. The
 * cells of a row lie side by side.
 */
function nearness(columns: readonly CodedColumn[], entropies: readonly number[], nRows: number) {
  const width = columns.length;
  const maxDifferences = width - Math.ceil(MIN_EQUAL_COLUMNS * width);
  const weights = Float64Array.from(entropies);
  const limit = (1 - MIN_EQUAL_INFORMATION) * weights.reduce((sum, entropy) => sum + entropy, 0) + TOLERANCE;
  const cells = new Int32Array(nRows * width);
  columns.forEach(({ codes }, at) => {
    for (let row = 0; row < nRows; row++) cells[row * width + at] = codes[row];
  });
  const byChance = chanceAgreement(nRows);
  let informationOf: ReturnType<typeof agreementInformation> | null = null;
  return (a: number, b: number): boolean => {
    let nDifferent = 0;
    let differing = 0;
    for (let at = 0, i = a * width, j = b * width; at < width; at++, i++, j++) {
      if (cells[i] === cells[j]) continue;
      differing += weights[at];
      if (++nDifferent > maxDifferences || differing > limit) return false;
    }
    informationOf ??= agreementInformation(columns, nRows);
    return informationOf(a, b) > byChance;
  };
}

/**
 * Groups of near-duplicate rows: pairs that agree in at least 70 % of the columns and in columns that carry at least 60 %
 * of the table's information (entropies summed, so that rows of a table of yes-or-no columns are not all alike), and whose
 * agreement is more than chance brings about in a table of so many rows, joined directly or through others. Equal rows
 * belong together whatever they hold. Pass the columns that describe a row, without identifiers. Candidates come from bands of
 * columns (locality-sensitive hashing without loss: a pair with fewer differences than bands agrees in one of them);
 * values of a band that more than 500 rows share are passed over. In tables of more than about 40,000 rows a band's
 * commonest values may be passed over sooner, so that no band compares more than ten million pairs; exact copies are
 * always found.
 */
export function findDuplicateGroups(table: Table): DuplicateGroups {
  const [first] = table.columns;
  const known = first && foundGroups.get(first);
  const isKnown =
    known?.columns.length === table.columns.length && table.columns.every((column, i) => column === known.columns[i]);
  if (known && isKnown) return known.groups;
  const groups = searchGroups(table);
  if (first) foundGroups.set(first, { columns: table.columns, groups });
  return groups;
}

/** Columns never change, and what the structure finder searched, the table to learn from asks for again. By the first column. */
const foundGroups = new WeakMap<Column, { readonly columns: readonly Column[]; readonly groups: DuplicateGroups }>();

function searchGroups(table: Table): DuplicateGroups {
  const { nRows } = table;
  const coded = table.columns.map((column) => codeValues(column)).map((column) => ({ column, entropy: entropyOf(column) }));
  coded.sort((a, b) => b.entropy - a.entropy);
  const columns = coded.map(({ column }) => column);
  const entropies = coded.map(({ entropy }) => entropy);
  const sets = new Sets(nRows);
  const isNearDuplicate = nearness(columns, entropies, nRows);
  const whole = runsOf(columns, nRows);
  for (let run = 0; run + 1 < whole.starts.length; run++)
    for (let at = whole.starts[run] + 1; at < whole.starts[run + 1]; at++)
      sets.merge(whole.rows[whole.starts[run]], whole.rows[at]);
  const nExactDuplicates = nRows - (whole.starts.length - 1);
  const nBands = Math.min(columns.length, columns.length - Math.ceil(MIN_EQUAL_COLUMNS * columns.length) + 1);
  for (const band of dealBands(columns, nBands)) {
    const { rows, starts } = runsOf(band, nRows);
    const longest = longestCompared(starts);
    for (let run = 0; run + 1 < starts.length; run++) {
      if (starts[run + 1] - starts[run] > longest) continue;
      for (let i = starts[run] + 1; i < starts[run + 1]; i++)
        for (let j = starts[run]; j < i; j++)
          if (sets.find(rows[i]) !== sets.find(rows[j]) && isNearDuplicate(rows[i], rows[j])) sets.merge(rows[i], rows[j]);
    }
  }
  return numberGroups(sets, nRows, nExactDuplicates);
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

/** How many rows have near-duplicates, over all columns of the table. */
export function countNearDuplicates(table: Table): NearDuplicates {
  const { groupOf, nGroups, nNearDuplicates, nExactDuplicates } = findDuplicateGroups(table);
  const nSingle = groupOf.length - nNearDuplicates;
  return { nRows: nNearDuplicates, nGroups: nGroups - nSingle, nExact: nExactDuplicates };
}
