import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import { allRows, type CategoricalColumn, type Column } from "../table/table.ts";
import type { ModelColumn } from "./segment-model.ts";
import { codeLevels, type LevelCodes } from "./shopping-columns.ts";

/** Rows as points for clustering. Matrix columns made from one table column stand together (a category's indicators). */
export interface SegmentMatrix {
  readonly matrix: Matrix;
  /** Name of each matrix column: the table column's, or `column=level` for an indicator. */
  readonly names: readonly string[];
  /** For each table column, where its matrix columns begin; the last entry is the number of matrix columns. */
  readonly starts: readonly number[];
  /** Own unit = point · scale + shift, by matrix column. */
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  /** How each table column was coded, to code the rows of another table alike. */
  readonly columns: readonly ModelColumn[];
}

export interface EncodingOptions {
  readonly scaling: "none" | "standard";
  /** Numbers of ordered levels. */
  readonly codes: LevelCodes;
  /**
   * Where given, the squared distance between two different levels of a category, whatever the scaling: then the squared
   * distance between two points is Huang's (1998) dissimilarity of mixed rows.
   */
  readonly gamma?: number;
}

/** The upper median of what is known, 0 where nothing is. */
export function median(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known.length === 0 ? 0 : known[known.length >> 1];
}

function meanAndVariance(values: Float64Array, middle: number): { mean: number; variance: number } {
  let mean = 0;
  for (const value of values) mean += (Number.isNaN(value) ? middle : value) / values.length;
  let variance = 0;
  for (const value of values) variance += ((Number.isNaN(value) ? middle : value) - mean) ** 2 / values.length;
  return { mean, variance };
}

/** Only so many levels of a category get an indicator, the commonest; the rest have none, as a missing value. */
const MAX_INDICATORS = 60;

function fitLevels(column: CategoricalColumn, { scaling, gamma }: EncodingOptions): ModelColumn {
  const counts = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code]++;
  const kept = [...column.levels.keys()]
    .sort((a, b) => counts[b] - counts[a])
    .slice(0, MAX_INDICATORS)
    .sort((a, b) => a - b);
  const shares = Float64Array.from(kept, (code) => counts[code] / column.codes.length);
  const variance = shares.reduce((sum, share) => sum + share * (1 - share), 0);
  const isStandard = gamma === undefined && scaling === "standard";
  const unit = gamma !== undefined ? 1 / Math.sqrt(gamma / 2) : isStandard && variance > 0 ? Math.sqrt(variance) : 1;
  return {
    name: column.name,
    kind: "levels",
    levels: kept.map((code) => column.levels[code]),
    codes: [],
    middle: 0,
    shift: Array.from(shares, (share) => (isStandard ? share : 0)),
    scale: kept.map(() => unit),
  };
}

/** Numbers as they are, with missing ones at the median; ordered levels by `codes`; other categories as 0/1 indicators. */
function fitColumn(column: Column, options: EncodingOptions): ModelColumn {
  const numbers = column.kind === "numeric" ? column.values : codeLevels(column, options.codes);
  if (column.kind === "categorical" && !numbers) return fitLevels(column, options);
  const values = numbers ?? new Float64Array(0);
  const middle = median(values);
  const { mean, variance } = meanAndVariance(values, middle);
  const isStandard = options.scaling === "standard";
  const common = {
    name: column.name,
    middle,
    shift: [isStandard ? mean : 0],
    scale: [isStandard && variance > 0 ? Math.sqrt(variance) : 1],
  };
  if (column.kind === "numeric") return { ...common, kind: "numeric", levels: [], codes: [] };
  const codeOf = new Map<string, number>();
  column.codes.forEach((code, row) => {
    if (code >= 0 && !Number.isNaN(values[row])) codeOf.set(column.levels[code], values[row]);
  });
  return { ...common, kind: "ordered", levels: [...codeOf.keys()], codes: [...codeOf.values()] };
}

/** Number of matrix columns that a table column becomes. */
export const widthOf = (column: ModelColumn): number => column.shift.length;

/** Writes one table column into its place; returns the rows with values that the model does not know. */
function writeColumn(column: Column, model: ModelColumn, matrix: Matrix, offset: number): Int32Array {
  const { nRows, nColumns, values } = matrix;
  const unknown: number[] = [];
  if (model.kind === "levels" || model.kind === "ordered") {
    if (column.kind !== "categorical") throw new Error(`${column.name} was a category when the segments were made`);
    const known = new Map(model.levels.map((level, code) => [level, code]));
    const recode = column.levels.map((level) => known.get(level) ?? -1);
    const width = widthOf(model);
    for (let row = 0; row < nRows; row++) {
      const own = column.codes[row];
      const code = own < 0 ? -1 : recode[own];
      if (own >= 0 && code < 0) unknown.push(row);
      const at = row * nColumns + offset;
      if (model.kind === "ordered") {
        values[at] = ((code < 0 ? model.middle : model.codes[code]) - model.shift[0]) / model.scale[0];
        continue;
      }
      for (let i = 0; i < width; i++) values[at + i] = ((i === code ? 1 : 0) - model.shift[i]) / model.scale[i];
    }
    return Int32Array.from(unknown);
  }
  if (column.kind !== "numeric") throw new Error(`${column.name} was a number when the segments were made`);
  for (let row = 0; row < nRows; row++) {
    const value = column.values[row];
    values[row * nColumns + offset] = ((Number.isNaN(value) ? model.middle : value) - model.shift[0]) / model.scale[0];
  }
  return Int32Array.from(unknown);
}

/**
 * Rows of table columns as the points of a model; both in the same order. A value that the model does not know counts as
 * missing: the median of an ordered column, no level at all of a category. `unknown` holds the rows of such values.
 */
export function encodeColumns(
  columns: readonly Column[],
  model: readonly ModelColumn[],
): { readonly matrix: Matrix; readonly unknown: readonly Int32Array[] } {
  const nRows = columns[0]?.kind === "numeric" ? columns[0].values.length : (columns[0]?.codes.length ?? 0);
  const matrix = createMatrix(
    nRows,
    model.reduce((sum, column) => sum + widthOf(column), 0),
  );
  let offset = 0;
  const unknown = columns.map((column, i) => {
    const rows = writeColumn(column, model[i], matrix, offset);
    offset += widthOf(model[i]);
    return rows;
  });
  return { matrix, unknown };
}

/**
 * Table columns as points. With `standard` scaling each table column has mean 0 and total variance 1, a category's
 * indicators together, so that a category weighs as much as a number.
 */
export function buildSegmentMatrix(columns: readonly Column[], options: EncodingOptions): SegmentMatrix {
  const model = columns.map((column) => fitColumn(column, options));
  const starts = [0];
  for (const column of model) starts.push(starts[starts.length - 1] + widthOf(column));
  return {
    matrix: encodeColumns(columns, model).matrix,
    names: model.flatMap(({ kind, name, levels }) => (kind === "levels" ? levels.map((level) => `${name}=${level}`) : [name])),
    starts,
    scale: Float64Array.from(model.flatMap((column) => column.scale)),
    shift: Float64Array.from(model.flatMap((column) => column.shift)),
    columns: model,
  };
}

/** Some rows of a matrix, in the given order. */
export function takeMatrixRows({ nColumns, values }: Matrix, rows: Int32Array): Matrix {
  const taken = createMatrix(rows.length, nColumns);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * nColumns;
    for (let column = 0; column < nColumns; column++) taken.values[i * nColumns + column] = values[from + column];
  }
  return taken;
}

/** All rows of a table, or a seeded sample of `limit`, ascending. */
export function sampleRows(nRows: number, limit: number, random: Random): Int32Array {
  const rows = allRows(nRows);
  return nRows <= limit ? rows : random.shuffle(rows).slice(0, limit).sort();
}

/** The same points with each table column's values dealt out anew to the rows: the margins stay, every link between columns goes. */
export function permuteColumns({ matrix, starts }: Pick<SegmentMatrix, "matrix" | "starts">, random: Random): Matrix {
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
export function inOwnUnits({ scale, shift }: Pick<SegmentMatrix, "scale" | "shift">, centres: Matrix): number[][] {
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
