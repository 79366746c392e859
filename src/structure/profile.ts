import { countLevels } from "../table/column-summary.ts";
import { allRows, type Column, getColumn, type NumericColumn, type Table } from "../table/table.ts";
import type { CategoricalDetail, ColumnDetail, MissingPattern, NumericDetail } from "./profile-report.ts";

const SHARES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];
const FENCE = 1.5;
const N_FURTHEST = 5;
const N_PARTS = 10;
const TOP = 10;
const MAX_ALSO_MISSING = 8;

const isMissing = (column: Column, row: number): boolean =>
  column.kind === "categorical" ? column.codes[row] < 0 : Number.isNaN(column.values[row]);

/** The value below which a share of ascending values lies, by linear interpolation (type 7 of Hyndman and Fan 1996). */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below];
  return place === below ? low : low + (place - below) * (sorted[below + 1] - low);
}

function describeNumbers(column: NumericColumn): { values: NumericDetail; nDistinct: number } {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  let nDistinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) nDistinct++;
  if (sorted.length === 0) {
    const none = { low: Number.NaN, high: Number.NaN, nLow: 0, nHigh: 0, furthest: [] };
    return { nDistinct, values: { kind: "numeric", quantiles: [], outliers: none } };
  }
  const [lower, upper] = [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)];
  const low = lower - FENCE * (upper - lower);
  const high = upper + FENCE * (upper - lower);
  let [nLow, nHigh] = [0, 0];
  const furthest: { row: number; value: number; distance: number }[] = [];
  column.values.forEach((value, row) => {
    if (value >= low && value <= high) return;
    if (Number.isNaN(value)) return;
    if (value < low) nLow++;
    else nHigh++;
    const distance = value < low ? low - value : value - high;
    if (furthest.length === N_FURTHEST && distance <= furthest[N_FURTHEST - 1].distance) return;
    furthest.push({ row: row + 1, value, distance });
    furthest.sort((a, b) => b.distance - a.distance || a.row - b.row);
    furthest.length = Math.min(furthest.length, N_FURTHEST);
  });
  const quantiles = SHARES.map((share) => ({ share, value: quantileOf(sorted, share) }));
  const outliers = { low, high, nLow, nHigh, furthest: furthest.map(({ row, value }) => ({ row, value })) };
  return { nDistinct, values: { kind: "numeric", quantiles, outliers } };
}

function findMissing(table: Table, column: Column): MissingPattern {
  const byTenth = new Array<number>(N_PARTS).fill(0);
  let [nMissing, firstRow, lastRow, run, longestRun] = [0, 0, 0, 0, 0];
  for (let row = 0; row < table.nRows; row++) {
    if (!isMissing(column, row)) {
      run = 0;
      continue;
    }
    nMissing++;
    if (firstRow === 0) firstRow = row + 1;
    lastRow = row + 1;
    longestRun = Math.max(longestRun, ++run);
    byTenth[Math.floor((row * N_PARTS) / table.nRows)]++;
  }
  const sizes = byTenth.map(
    (_, part) => Math.ceil(((part + 1) * table.nRows) / N_PARTS) - Math.ceil((part * table.nRows) / N_PARTS),
  );
  const shares = byTenth.map((count, part) => (sizes[part] > 0 ? count / sizes[part] : 0));
  return { nMissing, firstRow, lastRow, longestRun, byTenth: shares, ...missingBeside(table, column) };
}

/** Which other columns are missing in the rows that the column is. O(nMissing × nColumns), and a column's rows for each alike. */
function missingBeside(table: Table, column: Column): Pick<MissingPattern, "together" | "alsoMissing"> {
  const rows = allRows(table.nRows).filter((row) => isMissing(column, row));
  const countIn = (other: Column) => rows.reduce((count, row) => (isMissing(other, row) ? count + 1 : count), 0);
  const countAll = (other: Column) => allRows(table.nRows).reduce((count, row) => (isMissing(other, row) ? count + 1 : count), 0);
  const shared = table.columns
    .map((other) => ({ other, count: other === column ? 0 : countIn(other) }))
    .filter(({ count }) => count > 0)
    .map(({ other, count }) => ({ other, count, isSame: count === rows.length && countAll(other) === rows.length }));
  const alsoMissing = shared
    .filter(({ isSame }) => !isSame)
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_ALSO_MISSING)
    .map(({ other, count }) => ({ column: other.name, share: count / rows.length }));
  return { together: shared.filter(({ isSame }) => isSame).map(({ other }) => other.name), alsoMissing };
}

/**
 * One column in full: quantiles and outliers of numbers, rare levels of categories, and where values are missing.
 * O(nRows · log nRows); other columns are read only as far as their missing values agree.
 */
export function profileColumn(table: Table, name: string): ColumnDetail {
  const column = getColumn(table, name);
  const missing = findMissing(table, column);
  if (column.kind === "numeric") {
    return { column: name, nRows: table.nRows, missing, ...describeNumbers(column) };
  }
  const counts = countLevels(column)
    .counts.filter((count) => count > 0)
    .sort((a, b) => b - a);
  const values: CategoricalDetail = {
    kind: "categorical",
    nSingle: counts.reduce((n, count) => n + (count === 1 ? 1 : 0), 0),
    nInTopTen: counts.slice(0, TOP).reduce((sum, count) => sum + count, 0),
  };
  return { column: name, nRows: table.nRows, nDistinct: counts.length, missing, values };
}
