import type { Table } from "../table/table.ts";
import { codeValues } from "./coded-column.ts";
import { findDuplicateGroups } from "./duplicates.ts";
import type { DuplicateFacts } from "./structure-report.ts";

/** Rows up to which every pair of near-duplicates is looked for. */
const MAX_NEAR_ROWS = 20_000;
const MAX_COLUMNS = 200;

/** Rows that equal an earlier one in all columns: two independent 32-bit hashes of the codes agree. O(nRows × nColumns). */
function countExact(table: Table): number {
  const first = new Uint32Array(table.nRows).fill(0x811c9dc5);
  const second = new Uint32Array(table.nRows).fill(0x9747b28c);
  for (const column of table.columns) {
    const { codes } = codeValues(column);
    for (let row = 0; row < table.nRows; row++) {
      first[row] = Math.imul(first[row] ^ (codes[row] + 2), 0x01000193);
      second[row] = Math.imul((second[row] << 13) | (second[row] >>> 19), 5) ^ Math.imul(codes[row] + 7, 0xcc9e2d51);
    }
  }
  const seen = new Set<number>();
  // 53 bits of both: two different rows among a million agree by chance once in ten thousand tables.
  for (let row = 0; row < table.nRows; row++) seen.add((first[row] & 0x1fffff) * 4294967296 + second[row]);
  return table.nRows - seen.size;
}

/**
 * Rows that repeat, over the columns given (identifiers left out by the caller): exact repeats in any table, near ones
 * (`findDuplicateGroups`) in tables of at most 20,000 rows and 200 columns.
 */
export function countDuplicates(table: Table): DuplicateFacts {
  if (table.columns.length === 0) return { nExact: 0, nNear: 0, nGroups: 0 };
  if (table.nRows > MAX_NEAR_ROWS || table.columns.length > MAX_COLUMNS)
    return { nExact: countExact(table), nNear: null, nGroups: null };
  const { groupOf, nGroups, nNearDuplicates, nExactDuplicates } = findDuplicateGroups(table);
  const nSingle = groupOf.length - nNearDuplicates;
  return { nExact: nExactDuplicates, nNear: nNearDuplicates, nGroups: nGroups - nSingle };
}
