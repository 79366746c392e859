import { createRandom } from "../core/random.ts";
import { allRows, type Table, takeRows } from "../table/table.ts";

/** So many rows of a table at most, in their order; a larger table gives the same sample each time. O(nRows). */
export function sampleRows(table: Table, most: number): Table {
  if (table.nRows <= most) return table;
  const order = createRandom(0).split("sample-rows").shuffle(allRows(table.nRows));
  return takeRows(table, order.slice(0, most).sort());
}
