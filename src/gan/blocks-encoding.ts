import type { Random } from "../core/random.ts";
import { fitNumericCodes, type NumericCodes, type NumericCodesLimits } from "../encode/numeric-codes.ts";
import { countLevels, MIN_ROWS_PER_VALUE } from "../encode/rare-values.ts";
import { type EmptyCells, findEmptyCells } from "../metrics/legal-cells.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { CategoricalColumn, Column, NumericColumn, Table } from "../table/table.ts";

const LIMITS: NumericCodesLimits = { maxValues: 100, maxBins: 32, minRows: MIN_ROWS_PER_VALUE };
/** Levels of one column, and combinations of one block, that are modelled apart. */
const MAX_LEVELS = 400;
/** A block may hold one combination per this many training rows. */
const ROWS_PER_COMBINATION = 8;

/** One column as codes: `nCodes` values, of which the last is "missing" where `hasMissing`. A code of −1 is never emitted. */
export interface ColumnCodes {
  readonly column: Column;
  readonly numeric: NumericCodes | null;
  /** Level of each code, for a categorical column. */
  readonly levels: Int32Array | null;
  readonly hasMissing: boolean;
  readonly nCodes: number;
}

/** Columns that are made together, as one categorical variable over the combinations seen in training rows. */
export interface Block {
  /** Positions of the member columns. */
  readonly members: readonly number[];
  /** Codes of the members, (nCombinations × nMembers). */
  readonly combinations: Int32Array;
  readonly nCombinations: number;
  /** Share of training rows per combination. */
  readonly frequencies: Float64Array;
}

export interface BlocksEncoding {
  readonly columns: readonly ColumnCodes[];
  readonly blocks: readonly Block[];
  /** Rules of the training rows that the blocks keep. */
  readonly rules: readonly EmptyCells[];
}

function encodeCategorical(column: CategoricalColumn): { codes: ColumnCodes; rows: Int32Array } {
  const counts = countLevels(column);
  const nMissing = counts[column.levels.length];
  const levels = Int32Array.from(column.levels.keys())
    .filter((level) => counts[level] >= LIMITS.minRows)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .subarray(0, MAX_LEVELS)
    .sort();
  const hasMissing = nMissing >= LIMITS.minRows || levels.length === 0;
  const recode = new Int32Array(column.levels.length).fill(-1);
  for (let code = 0; code < levels.length; code++) recode[levels[code]] = code;
  const missingCode = hasMissing ? levels.length : -1;
  return {
    codes: { column, numeric: null, levels, hasMissing, nCodes: levels.length + (hasMissing ? 1 : 0) },
    rows: column.codes.map((code) => (code < 0 ? missingCode : recode[code])),
  };
}

function encodeNumeric(column: NumericColumn): { codes: ColumnCodes; rows: Int32Array } {
  let nMissing = 0;
  for (const value of column.values) if (Number.isNaN(value)) nMissing++;
  const numeric = nMissing < column.values.length ? fitNumericCodes(column.values, column.step, LIMITS) : null;
  const nValues = numeric?.nCodes ?? 0;
  const hasMissing = nMissing >= LIMITS.minRows || numeric === null;
  const missingCode = hasMissing ? nValues : -1;
  return {
    codes: { column, numeric, levels: null, hasMissing, nCodes: nValues + (hasMissing ? 1 : 0) },
    rows: Int32Array.from(column.values, (v) => (Number.isNaN(v) || numeric === null ? missingCode : numeric.codeOf(v))),
  };
}

/** Distinct combinations of the members' codes, with counts; rows with a code of −1 get combination −1. */
function combine(
  members: readonly number[],
  rows: readonly Int32Array[],
): { keys: number[][]; counts: number[]; of: Int32Array } {
  const known = new Map<string, number>();
  const keys: number[][] = [];
  const counts: number[] = [];
  const of = Int32Array.from(rows[0], (_, row) => {
    const codes = members.map((member) => rows[member][row]);
    if (codes.includes(-1)) return -1;
    const key = codes.join(",");
    let combination = known.get(key);
    if (combination === undefined) {
      combination = keys.length;
      known.set(key, combination);
      keys.push(codes);
      counts.push(0);
    }
    counts[combination]++;
    return combination;
  });
  return { keys, counts, of };
}

/** Union-find closure of the columns linked by empty cells, strongest link first, while the combinations stay few enough. */
function linkColumns(columns: readonly ColumnCodes[], rows: readonly Int32Array[], rules: readonly EmptyCells[]): number[][] {
  const groupOf = columns.map((_, i) => [i]);
  const position = new Map(columns.map((c, i) => [c.column.name, i]));
  const nRows = rows[0]?.length ?? 0;
  const limit = Math.min(MAX_LEVELS, nRows / ROWS_PER_COMBINATION);
  for (const rule of rules) {
    const a = groupOf[position.get(rule.a) ?? 0];
    const b = groupOf[position.get(rule.b) ?? 0];
    if (a === b) continue;
    const joined = [...a, ...b].sort((x, y) => x - y);
    if (combine(joined, rows).keys.length > limit) continue;
    for (const member of joined) groupOf[member] = joined;
  }
  return [...new Set(groupOf)];
}

/** Draws an index by cumulative weights. */
export function drawIndex(cumulative: ArrayLike<number>, uniform: number): number {
  const target = uniform * cumulative[cumulative.length - 1];
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Block of the given members. A row with a value too rare to be emitted gets a combination drawn by frequency. */
function makeBlock(members: readonly number[], rows: readonly Int32Array[], random: Random): { block: Block; codes: Int32Array } {
  const { keys, counts, of } = combine(members, rows);
  if (keys.length === 0) {
    keys.push(members.map((member) => Math.max(0, ...rows[member])));
    counts.push(1);
  }
  let sum = 0;
  const cumulative = counts.map((count) => {
    sum += count;
    return sum;
  });
  return {
    block: {
      members,
      combinations: Int32Array.from(keys.flat()),
      nCombinations: keys.length,
      frequencies: Float64Array.from(counts, (count) => count / sum),
    },
    codes: of.map((code) => (code < 0 ? drawIndex(cumulative, random.next()) : code)),
  };
}

/**
 * Fits the encoding on training rows: numbers and levels become codes (values in fewer than 5 rows are never emitted,
 * numeric extremes are clipped to the 5th), columns linked by empty cells become one block.
 * Returns the rows as block codes, (nRows × nBlocks).
 */
export function fitBlocks(train: TrainRows, random: Random): { encoding: BlocksEncoding; codes: Int32Array } {
  const { table } = train;
  const encoded = table.columns.map((c) => (c.kind === "numeric" ? encodeNumeric(c) : encodeCategorical(c)));
  const columns = encoded.map((e) => e.codes);
  const rows = encoded.map((e) => e.rows);
  const rules = findEmptyCells(table);
  const made = linkColumns(columns, rows, rules).map((members) => makeBlock(members, rows, random.split(`block ${members[0]}`)));
  const codes = new Int32Array(table.nRows * made.length);
  for (let row = 0; row < table.nRows; row++)
    for (let b = 0; b < made.length; b++) codes[row * made.length + b] = made[b].codes[row];
  return { encoding: { columns, blocks: made.map((m) => m.block), rules }, codes };
}

/** Rows of block codes (nRows × nBlocks) as a table with the columns of the training rows. */
export function decodeBlocks(encoding: BlocksEncoding, codes: Int32Array, nRows: number, random: Random): Table {
  const nBlocks = encoding.blocks.length;
  const made: Column[] = new Array(encoding.columns.length);
  encoding.blocks.forEach((block, b) => {
    block.members.forEach((member, m) => {
      const { column, numeric, levels } = encoding.columns[member];
      const codeAt = (row: number) => block.combinations[codes[row * nBlocks + b] * block.members.length + m];
      if (column.kind === "categorical") {
        const levelCodes = Int32Array.from({ length: nRows }, (_, row) => levels?.[codeAt(row)] ?? -1);
        made[member] = { ...column, codes: levelCodes };
        return;
      }
      const positions = random.split(column.name);
      const values = Float64Array.from({ length: nRows }, (_, row) => {
        const position = positions.next();
        const code = codeAt(row);
        return numeric && code < numeric.nCodes ? numeric.valueOf(code, position) : Number.NaN;
      });
      made[member] = { ...column, values };
    });
  });
  return { nRows, columns: made };
}
