import type { Random } from "../core/random.ts";
import { MIN_ROWS_PER_VALUE } from "../encode/rare-values.ts";
import { type EmptyCells, findEmptyCells } from "../metrics/legal-cells.ts";
import type { NumberRange } from "../samplers/conditions.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Column, Table } from "../table/table.ts";
import type { Block, BlocksEncoding } from "./block.types.ts";
import { type ColumnCodes, encodeColumn, MAX_LEVELS } from "./column-codes.ts";
import { takeResiduals } from "./derived-columns.ts";
import { drawIndex } from "./draw-rows.ts";
import { guardRules } from "./guards.ts";
import { clampTo, partWithin } from "./number-range.ts";

export type { BlocksEncoding } from "./block.types.ts";

/** A block may hold one combination per this many training rows. */
const ROWS_PER_COMBINATION = 8;
/** Empty cells between blocks are kept empty from this count under independence: half the rows see half of it. */
const MIN_EXPECTED_AT_GUARD = 5;

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
  const { table, derived } = takeResiduals(train.table, MIN_ROWS_PER_VALUE, random.split("residuals"));
  const encoded = table.columns.map(encodeColumn);
  const columns = encoded.map((e) => e.codes);
  const rows = encoded.map((e) => e.rows);
  const rules = findEmptyCells(table);
  const made = linkColumns(columns, rows, rules).map((members) => makeBlock(members, rows, random.split(`block ${members[0]}`)));
  const codes = new Int32Array(table.nRows * made.length);
  for (let row = 0; row < table.nRows; row++)
    for (let b = 0; b < made.length; b++) codes[row * made.length + b] = made[b].codes[row];
  const blocks = made.map((m) => m.block);
  const guards = guardRules(columns, blocks, findEmptyCells(table, MIN_EXPECTED_AT_GUARD));
  return { encoding: { columns, blocks, rules, derived, guards }, codes };
}

/** Makes a number from its code and a position in [0, 1): one in the range, where there is one. */
function numberMaker({ column, numeric }: ColumnCodes, range: NumberRange | undefined) {
  if (!numeric || column.kind !== "numeric") return () => Number.NaN;
  if (!range) return (code: number, position: number) => numeric.valueOf(code, position);
  const parts = Array.from({ length: numeric.nCodes }, (_, code) => partWithin(numeric, column.step, code, range));
  return (code: number, position: number) =>
    clampTo(range, numeric.valueOf(code, parts[code].begin + position * parts[code].share));
}

/**
 * Rows of block codes (nRows × nBlocks) as a table with the columns of the training rows; residuals stand for derived ones.
 * Columns with a range (by position) get numbers inside it: their codes must be such that have some.
 */
export function decodeBlocks(
  encoding: BlocksEncoding,
  codes: Int32Array,
  nRows: number,
  random: Random,
  ranges: ReadonlyMap<number, NumberRange> = new Map(),
): Table {
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
      const numberOf = numberMaker(encoding.columns[member], ranges.get(member));
      const values = Float64Array.from({ length: nRows }, (_, row) => {
        const position = positions.next();
        const code = codeAt(row);
        return numeric && code < numeric.nCodes ? numberOf(code, position) : Number.NaN;
      });
      made[member] = { ...column, values };
    });
  });
  return { nRows, columns: made };
}
