import type { Column } from "../table/table.ts";
import type { MapLayout } from "./map-layout.ts";
import { type Projection, projectMixed, projectPrincipal } from "./projection.ts";
import { median, type SegmentMatrix } from "./segment-matrix.ts";
import { separation } from "./segment-traits.ts";
import type { SegmentMap } from "./segments-report.ts";

const MAX_DRAWN_DIRECTLY = 3;

/** Two columns in their own units, with medians for missing numbers; categories by the place of their level. */
function mapColumns(x: Column, y: Column, explained: readonly [number, number]): SegmentMap {
  const numbers = (column: Column): Float32Array => {
    if (column.kind === "categorical") return Float32Array.from(column.codes);
    const middle = median(column.values);
    return Float32Array.from(column.values, (value) => (Number.isNaN(value) ? middle : value));
  };
  const stepOf = (column: Column): number => (column.kind === "numeric" ? column.step : 1);
  return {
    kind: "columns",
    x: numbers(x),
    y: numbers(y),
    xName: x.name,
    yName: y.name,
    explained,
    xStep: stepOf(x),
    yStep: stepOf(y),
  };
}

/** A layout that the user asks for. `columns` must hold the two that a layout by columns names. */
export function mapByLayout(
  columns: readonly Column[],
  points: SegmentMatrix,
  labels: Uint8Array,
  k: number,
  layout: MapLayout,
): SegmentMap {
  if (layout.kind === "principal-components") return mapProjection(points, projectPrincipal(points.matrix), layout.kind);
  if (layout.kind === "mixed-components")
    return mapProjection(points, projectMixed(points.matrix, indicatorsOf(points)), layout.kind);
  const [x, y] = [layout.xName, layout.yName].map((name) => columns.find((column) => column.name === name));
  if (!x || !y) throw new Error("a layout by columns names two of the columns");
  return mapColumns(x, y, [separation(x, labels, k), separation(y, labels, k)]);
}

const indicatorsOf = ({ columns }: SegmentMatrix): boolean[] =>
  columns.flatMap((column) => column.shift.map(() => column.kind === "levels"));

/**
 * Where to draw each row: with at most three matrix columns, the two numeric ones in which the segments stand farthest
 * apart, in the order given; else the first two components, of mixed data where categories take part.
 */
export function mapSegments(columns: readonly Column[], points: SegmentMatrix, labels: Uint8Array, k: number): SegmentMap {
  const drawn = columns
    .filter((column) => column.kind === "numeric")
    .map((column) => ({ column, explained: separation(column, labels, k) }))
    .sort((a, b) => b.explained - a.explained)
    .slice(0, 2)
    .sort((a, b) => columns.indexOf(a.column) - columns.indexOf(b.column));
  const [x, y] = drawn;
  if (x && y && points.names.length <= MAX_DRAWN_DIRECTLY) return mapColumns(x.column, y.column, [x.explained, y.explained]);
  const hasCategories = points.columns.some(({ kind }) => kind === "levels");
  return hasCategories
    ? mapProjection(points, projectMixed(points.matrix, indicatorsOf(points)), "mixed-components")
    : mapProjection(points, projectPrincipal(points.matrix), "principal-components");
}

function mapProjection(
  points: SegmentMatrix,
  { x, y, explained, leading }: Projection,
  kind: "principal-components" | "mixed-components",
): SegmentMap {
  const [xName, yName] = leading.map((column) => points.names[column]);
  return { kind, x, y, xName, yName, explained, xStep: 0, yStep: 0 };
}
