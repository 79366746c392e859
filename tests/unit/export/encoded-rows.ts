import { MAX_VALUE } from "../../../src/export/node-split.ts";
import { getColumn, type Table } from "../../../src/table/table.ts";
import type { BinMapper } from "../../../src/trees/bin-mapper.ts";

/** The rows as scorers want them, (nRows × nFeatures): numbers within range, codes of categories, NaN where missing. */
export function encodedRows(mapper: BinMapper, table: Table): Float64Array {
  const nFeatures = mapper.features.length;
  const rows = new Float64Array(table.nRows * nFeatures);
  mapper.features.forEach((bins, at) => {
    const column = getColumn(table, bins.name);
    for (let row = 0; row < table.nRows; row++) {
      let value = Number.NaN;
      if (bins.kind === "numeric" && column.kind === "numeric") {
        value = Math.min(Math.max(column.values[row], -MAX_VALUE), MAX_VALUE);
      } else if (bins.kind === "categorical" && column.kind === "categorical" && column.codes[row] >= 0) {
        const code = bins.binOfLevel.get(column.levels[column.codes[row]]) ?? bins.unseenBin;
        value = code < bins.nBins ? code : Number.NaN;
      }
      rows[row * nFeatures + at] = value;
    }
  });
  return rows;
}
