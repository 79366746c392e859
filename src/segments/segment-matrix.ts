import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import { allRows, type Column } from "../table/table.ts";
import { codeLevels, type LevelCodes } from "./shopping-columns.ts";

/** Rows as points for clustering. Columns made from one table column stand together (a category's indicators). */
export interface SegmentMatrix {
  readonly matrix: Matrix;
  /** Name of each matrix column: the table column's, or `column=level` for an indicator. */
  readonly names: readonly string[];
  /** For each table column, where its matrix columns begin; the last entry is the number of matrix columns. */
  readonly starts: readonly number[];
  /** Own unit = point · scale + shift, by matrix column. */
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

interface Part {
  readonly name: string;
  readonly values: Float64Array;
}

function median(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known.length === 0 ? 0 : known[known.length >> 1];
}

/** Numbers as they are, with missing ones at the median; ordered levels by `codes`; other categories as 0/1 indicators. */
function partsOf(column: Column, codes: LevelCodes): readonly Part[] {
  const values = column.kind === "numeric" ? column.values : codeLevels(column, codes);
  if (values) {
    const middle = median(values);
    return [{ name: column.name, values: values.map((value) => (Number.isNaN(value) ? middle : value)) }];
  }
  if (column.kind !== "categorical") return [];
  return column.levels.map((level, code) => ({
    name: `${column.name}=${level}`,
    values: Float64Array.from(column.codes, (own) => (own === code ? 1 : 0)),
  }));
}

function meanAndVariance(values: Float64Array): { mean: number; variance: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2 / values.length;
  return { mean, variance };
}

/**
 * Table columns as points. With `standard` scaling each table column has mean 0 and total variance 1, a category's
 * indicators together, so that a category weighs as much as a number. `codes` gives ordered levels their numbers.
 */
export function buildSegmentMatrix(columns: readonly Column[], scaling: "none" | "standard", codes: LevelCodes): SegmentMatrix {
  const groups = columns.map((column) => partsOf(column, codes));
  const parts = groups.flat();
  const starts = [0];
  for (const group of groups) starts.push(starts[starts.length - 1] + group.length);
  const scale = new Float64Array(parts.length).fill(1);
  const shift = new Float64Array(parts.length);
  if (scaling === "standard") {
    groups.forEach((group, i) => {
      const moments = group.map((part) => meanAndVariance(part.values));
      const variance = moments.reduce((sum, moment) => sum + moment.variance, 0);
      scale.fill(variance > 0 ? Math.sqrt(variance) : 1, starts[i], starts[i + 1]);
      shift.set(
        moments.map((moment) => moment.mean),
        starts[i],
      );
    });
  }
  const matrix = createMatrix(
    columns[0]?.kind === "numeric" ? columns[0].values.length : (columns[0]?.codes.length ?? 0),
    parts.length,
  );
  parts.forEach((part, column) => {
    for (let row = 0; row < matrix.nRows; row++)
      matrix.values[row * parts.length + column] = (part.values[row] - shift[column]) / scale[column];
  });
  return { matrix, names: parts.map((part) => part.name), starts, scale, shift };
}

/** The same points with each table column's values dealt out anew to the rows: the margins stay, every link between columns goes. */
export function permuteColumns({ matrix, starts }: SegmentMatrix, random: Random): Matrix {
  const { nRows, nColumns, values } = matrix;
  const permuted = createMatrix(nRows, nColumns);
  for (let i = 0; i + 1 < starts.length; i++) {
    const order = random.split(`column ${i}`).shuffle(allRows(nRows));
    for (let row = 0; row < nRows; row++) {
      for (let column = starts[i]; column < starts[i + 1]; column++)
        permuted.values[row * nColumns + column] = values[order[row] * nColumns + column];
    }
  }
  return permuted;
}

/** Centres in the columns' own units. */
export function inOwnUnits({ scale, shift }: SegmentMatrix, centres: Matrix): number[][] {
  return Array.from({ length: centres.nRows }, (_, cluster) =>
    Array.from(scale, (unit, column) => centres.values[cluster * centres.nColumns + column] * unit + shift[column]),
  );
}

/** Number of different points, counted up to `limit`. */
export function countDistinct({ nRows, nColumns, values }: Matrix, limit: number): number {
  const seen = new Set<string>();
  for (let row = 0; row < nRows && seen.size < limit; row++)
    seen.add(values.subarray(row * nColumns, (row + 1) * nColumns).join());
  return seen.size;
}
