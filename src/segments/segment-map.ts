import type { Column } from "../table/table.ts";
import { projectPrincipal } from "./projection.ts";
import type { SegmentMatrix } from "./segment-matrix.ts";
import { separation } from "./segment-traits.ts";
import type { SegmentMap } from "./segments-report.ts";

const MAX_DRAWN_DIRECTLY = 3;

/**
 * Where to draw each row: with at most three matrix columns, the two numeric ones in which the segments stand farthest
 * apart, in the order given; else the first two principal components.
 */
export function mapSegments(columns: readonly Column[], points: SegmentMatrix, labels: Uint8Array, k: number): SegmentMap {
  const drawn = columns
    .filter((column) => column.kind === "numeric")
    .map((column) => ({ column, explained: separation(column, labels, k) }))
    .sort((a, b) => b.explained - a.explained)
    .slice(0, 2)
    .sort((a, b) => columns.indexOf(a.column) - columns.indexOf(b.column));
  const [x, y] = drawn;
  if (!x || !y || points.names.length > MAX_DRAWN_DIRECTLY) return mapPrincipal(points);
  const at = (name: string): Float32Array => {
    const column = points.names.indexOf(name);
    const { nRows, nColumns, values } = points.matrix;
    return Float32Array.from(
      { length: nRows },
      (_, row) => values[row * nColumns + column] * points.scale[column] + points.shift[column],
    );
  };
  return {
    kind: "columns",
    x: at(x.column.name),
    y: at(y.column.name),
    xName: x.column.name,
    yName: y.column.name,
    explained: [x.explained, y.explained],
    xStep: x.column.step,
    yStep: y.column.step,
  };
}

function mapPrincipal(points: SegmentMatrix): SegmentMap {
  const { x, y, explained, leading } = projectPrincipal(points.matrix);
  const [xName, yName] = leading.map((column) => points.names[column]);
  return { kind: "principal-components", x, y, xName, yName, explained, xStep: 0, yStep: 0 };
}
