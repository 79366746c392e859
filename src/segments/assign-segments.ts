import { TrendloomError } from "../core/errors.ts";
import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import { textColumn } from "../table/extend-table.ts";
import { knownColumn } from "../table/known-columns.ts";
import { parseNumber } from "../table/parse-number.ts";
import { type Column, cellText, type Table } from "../table/table.ts";
import { likeliestComponents, type Mixture } from "./gaussian-mixture.ts";
import { assignAll } from "./mini-batch.ts";
import { scoreRows } from "./rfm.ts";
import { assignByRules } from "./rule-segments.ts";
import { encodeColumns } from "./segment-matrix.ts";
import type { AssignedSegments, ModelColumn, SegmentModel } from "./segment-model.ts";

/** Label of a row that fits no segment. */
const NONE = 255;
const MAX_UNKNOWN = 20;

/** The table's column of that name, else the one that is the same column of the shopping table in another spelling. */
function matchColumn(table: Table, name: string): Column | undefined {
  const known = knownColumn(name);
  return (
    table.columns.find((column) => column.name === name) ??
    (known ? table.columns.find((column) => knownColumn(column.name) === known) : undefined)
  );
}

/** The columns that segments need, renamed as they were. @throws TrendloomError segment-columns-missing */
function matchColumns(table: Table, names: readonly string[]): Column[] {
  const missing = names.filter((name) => !matchColumn(table, name));
  if (missing.length > 0) throw new TrendloomError("segment-columns-missing", { columns: missing.join(", ") });
  return names.flatMap((name) => {
    const column = matchColumn(table, name);
    return column ? [{ ...column, name }] : [];
  });
}

/** A column as the kind it was when the segments were made: a second file may hold too few values to tell. */
function asKind(column: Column, kind: "numeric" | "categorical"): Column {
  if (column.kind === kind) return column;
  const nRows = column.kind === "numeric" ? column.values.length : column.codes.length;
  const texts = Array.from({ length: nRows }, (_, row) => cellText(column, row));
  if (kind === "categorical") return textColumn(column.name, texts);
  const values = Float64Array.from(texts, (text) => parseNumber(text.trim(), ".")?.value ?? Number.NaN);
  return { kind: "numeric", name: column.name, type: "numeric", values, step: 0 };
}

const isMissingAt = (column: Column, row: number): boolean =>
  column.kind === "numeric" ? Number.isNaN(column.values[row]) : column.codes[row] < 0;

function countMissing(columns: readonly Column[], nRows: number): number {
  let nMissing = 0;
  for (const column of columns) for (let row = 0; row < nRows; row++) nMissing += Number(isMissingAt(column, row));
  return nMissing;
}

function describeUnknown(columns: readonly Column[], unknown: readonly Int32Array[]): AssignedSegments["unknown"] {
  return columns.flatMap((column, i) => {
    if (unknown[i].length === 0) return [];
    const values = [...new Set(Array.from(unknown[i], (row) => cellText(column, row)))];
    return [{ column: column.name, values: values.slice(0, MAX_UNKNOWN), nRows: unknown[i].length }];
  });
}

const matrixFrom = (rows: readonly (readonly number[])[]): Matrix => {
  const matrix = createMatrix(rows.length, rows[0]?.length ?? 0);
  matrix.values.set(rows.flat());
  return matrix;
};

type PointModel = Extract<SegmentModel, { kind: "centres" | "mixture" }>;

function* assignPoints(table: Table, model: PointModel): Work<Omit<AssignedSegments, "nRows" | "sizes" | "nUnassigned">> {
  const kindOf = (column: ModelColumn) => (column.kind === "numeric" ? "numeric" : "categorical");
  const found = matchColumns(
    table,
    model.columns.map(({ name }) => name),
  );
  const columns = found.map((column, i) => asKind(column, kindOf(model.columns[i])));
  const { matrix, unknown } = encodeColumns(columns, model.columns);
  const common = { unknown: describeUnknown(columns, unknown), nMissing: countMissing(columns, table.nRows) };
  if (model.kind === "mixture") {
    const mixture: Mixture = {
      covariance: model.covariance,
      weights: Float64Array.from(model.weights),
      means: matrixFrom(model.means),
      factors: model.factors.map((factor) => Float64Array.from(factor)),
    };
    return { ...common, labels: likeliestComponents(matrix, mixture), shareFarAway: null };
  }
  const centres = matrixFrom(model.centres);
  const { labels } = yield* assignAll(matrix, centres, false);
  let nFar = 0;
  for (let row = 0; row < matrix.nRows; row++) {
    let squared = 0;
    for (let column = 0; column < matrix.nColumns; column++)
      squared += (matrix.values[row * matrix.nColumns + column] - centres.values[labels[row] * matrix.nColumns + column]) ** 2;
    nFar += Number(Math.sqrt(squared) > model.distance99);
  }
  return { ...common, labels, shareFarAway: table.nRows > 0 ? nFar / table.nRows : null };
}

/** Segments by combinations, rules or scores: a row that matches none of them is in none. */
function assignGiven(table: Table, model: Exclude<SegmentModel, PointModel>): Uint8Array {
  if (model.kind === "combinations") {
    const columns = matchColumns(table, model.columns);
    const labelOf = new Map(model.cells.map((cell, label) => [cell.join("\u0000"), label]));
    return Uint8Array.from(
      { length: table.nRows },
      (_, row) => labelOf.get(columns.map((column) => cellText(column, row)).join("\u0000")) ?? NONE,
    );
  }
  if (model.kind === "rules") {
    const names = [...new Set(model.definitions.flatMap(({ conditions }) => conditions.map(({ column }) => column)))];
    return assignByRules({ nRows: table.nRows, columns: matchColumns(table, names) }, model.definitions, model.segments);
  }
  const columns = matchColumns(
    table,
    model.parts.map(({ column }) => column),
  ).map((column, i) => asKind(column, model.parts[i].levels.length > 0 ? "categorical" : "numeric"));
  const labelOf = new Map(model.names.map((name, label) => [name, label]));
  const { segments } = scoreRows({ nRows: table.nRows, columns }, model.parts);
  return Uint8Array.from(segments, (name) => labelOf.get(name) ?? NONE);
}

const columnsOf = (model: SegmentModel): readonly string[] => {
  if (model.kind === "combinations") return model.columns;
  if (model.kind === "rfm") return model.parts.map(({ column }) => column);
  if (model.kind === "rules") return model.definitions.flatMap(({ conditions }) => conditions.map(({ column }) => column));
  return model.columns.map(({ name }) => name);
};

/**
 * Rows of another table in the segments of a model: at the nearest centre, in the likeliest component, or by the same
 * rules, scores or combinations. Values that were not known are counted as missing and told.
 * @throws TrendloomError segment-columns-missing, parameter-invalid
 */
export function* assignSegments(table: Table, model: SegmentModel, nSegments: number): Work<AssignedSegments> {
  const isByPoint = model.kind === "centres" || model.kind === "mixture";
  const given = (): Omit<AssignedSegments, "nRows" | "sizes" | "nUnassigned"> => {
    const columns = matchColumns(table, [...new Set(columnsOf(model))]);
    const labels = isByPoint ? new Uint8Array(0) : assignGiven(table, model);
    return { labels, unknown: [], nMissing: countMissing(columns, table.nRows), shareFarAway: null };
  };
  const assigned = isByPoint ? yield* assignPoints(table, model) : given();
  const sizes = new Array<number>(nSegments).fill(0);
  let nUnassigned = 0;
  for (const label of assigned.labels) {
    if (label === NONE) nUnassigned++;
    else sizes[label]++;
  }
  return { nRows: table.nRows, sizes, nUnassigned, ...assigned };
}
