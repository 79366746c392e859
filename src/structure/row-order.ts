import type { CodedColumn } from "./coded-column.ts";
import type { RowOrderLeak } from "./structure-report.ts";

const MAX_VALUES = 10;
const MIN_ROWS = 20;
const LEAK_AUC = 0.75;

/**
 * Values that the row's position gives away: the area under the ROC curve of "early row" (or "late row") for each value of a
 * column of at most 10, from the sum of positions (Mann and Whitney 1947). Of a two-valued column only the early value is
 * listed. `labels[code]` is the text of a code.
 */
export function findRowOrder(column: CodedColumn, labels: readonly string[]): RowOrderLeak[] {
  if (column.nCodes > MAX_VALUES) return [];
  const counts = new Float64Array(column.nCodes);
  const positionSums = new Float64Array(column.nCodes);
  const firstRows = new Int32Array(column.nCodes);
  const lastRows = new Int32Array(column.nCodes);
  let nRows = 0;
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row];
    if (code < 0) continue;
    if (counts[code] === 0) firstRows[code] = row + 1;
    lastRows[code] = row + 1;
    counts[code]++;
    positionSums[code] += nRows;
    nRows++;
  }
  const leaks: RowOrderLeak[] = [];
  const nValues = counts.filter((count) => count > 0).length;
  for (let code = 0; code < column.nCodes; code++) {
    const nOthers = nRows - counts[code];
    if (counts[code] < MIN_ROWS || nOthers < MIN_ROWS) continue;
    const nOthersBefore = positionSums[code] - (counts[code] * (counts[code] - 1)) / 2;
    const late = nOthersBefore / (counts[code] * nOthers);
    const auc = nValues === 2 ? 1 - late : Math.max(late, 1 - late);
    if (auc <= LEAK_AUC) continue;
    leaks.push({ column: column.name, value: labels[code], auc, firstRow: firstRows[code], lastRow: lastRows[code] });
  }
  return leaks;
}
