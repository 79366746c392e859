import { createRandom, type Random } from "../core/random.ts";
import { strata } from "./deal-folds.ts";
import { dropUnusedLevels } from "./drop-unused-levels.ts";
import { allRows, getColumn, type Table, takeRows } from "./table.ts";

/** Where all samples of a file come from: which rows they hold is a fact of the file and does not move with a setting. */
export const fileRandom = (): Random => createRandom(0).split("sample-of-file");

/** How many rows of each stratum: its share of `nRows`, at least one, the largest remainders rounded up. */
function quotas(counts: ReadonlyMap<number, number>, nRows: number, total: number): Map<number, number> {
  const wanted = [...counts].map(([key, count]) => ({ key, count, exact: (count * nRows) / total }));
  const given = new Map(wanted.map(({ key, exact }) => [key, Math.max(1, Math.floor(exact))]));
  let left = nRows - [...given.values()].reduce((sum, count) => sum + count, 0);
  const byRemainder = [...wanted].sort((a, b) => (b.exact % 1) - (a.exact % 1));
  for (const { key, count } of byRemainder) {
    const now = given.get(key) ?? 0;
    if (left <= 0) break;
    if (now >= count) continue;
    given.set(key, now + 1);
    left--;
  }
  return given;
}

/**
 * About `nRows` rows, in their order: each value of the column `by` (numbers by decile) holds its share of them, and at least
 * one, so that no class is lost. The whole table where it has no more rows. The same file gives the same rows. O(nRows).
 */
export function stratifiedSample(table: Table, by: string, nRows: number): Table {
  if (table.nRows <= nRows) return table;
  const stratum = strata(getColumn(table, by));
  const counts = new Map<number, number>();
  for (const key of stratum) counts.set(key, (counts.get(key) ?? 0) + 1);
  const left = quotas(counts, nRows, table.nRows);
  const order = fileRandom().shuffle(allRows(table.nRows));
  const taken = order.filter((row) => {
    const quota = left.get(stratum[row]) ?? 0;
    left.set(stratum[row], quota - 1);
    return quota > 0;
  });
  const { columns } = takeRows(table, taken.sort());
  const used = columns.map((column) => (column.kind === "categorical" ? dropUnusedLevels(column) : column));
  return { nRows: taken.length, columns: used };
}
