import type { Matrix } from "../core/matrix.ts";
import type { Clusters } from "./clusterer.ts";
import { reorderRows } from "./partition.ts";
import type { SegmentDefinition } from "./segment-definition.params.ts";
import type { SegmentMatrix } from "./segment-matrix.ts";
import type { SegmentModel } from "./segment-model.ts";
import type { GivenSegments } from "./segment-plan.ts";

const rowsOf = ({ nRows, nColumns, values }: Matrix): number[][] =>
  Array.from({ length: nRows }, (_, row) => [...values.subarray(row * nColumns, (row + 1) * nColumns)]);

/** The distance to the own centre that 99 % of rows do not exceed. */
export function distance99(data: Matrix, labels: Uint8Array, centres: Matrix): number {
  const { nRows, nColumns, values } = data;
  const distances = Float64Array.from({ length: nRows }, (_, row) => {
    let squared = 0;
    for (let column = 0; column < nColumns; column++)
      squared += (values[row * nColumns + column] - centres.values[labels[row] * nColumns + column]) ** 2;
    return Math.sqrt(squared);
  }).sort();
  return distances[Math.ceil(0.99 * nRows) - 1];
}

export interface ModelInput {
  readonly given: GivenSegments | null;
  readonly definitions: readonly SegmentDefinition[];
  /** Values that make each segment, with the preset `legal-cells`. */
  readonly cells: readonly (readonly string[])[] | null;
  readonly points: SegmentMatrix;
  /** Clusters in the order of the labels. `order` says which component of the mixture each one is. */
  readonly clusters: Clusters;
  readonly order: readonly number[];
  readonly distance99: number;
}

/** What assigns new rows to segments. */
export function makeModel(input: ModelInput): SegmentModel {
  const { given, cells, points, clusters, order } = input;
  if (given?.kind === "rules") return { kind: "rules", definitions: input.definitions, segments: given.segmentOf };
  if (given?.kind === "rfm") return { kind: "rfm", parts: given.parts, names: given.names };
  if (cells) return { kind: "combinations", columns: points.columns.map(({ name }) => name), cells };
  if (clusters.mixture) {
    const { covariance, weights, means, factors } = clusters.mixture.mixture;
    return {
      kind: "mixture",
      columns: points.columns,
      covariance,
      weights: order.map((component) => weights[component]),
      means: rowsOf(reorderRows(means, order)),
      factors: order.map((component) => [...factors[component]]),
    };
  }
  return { kind: "centres", columns: points.columns, centres: rowsOf(clusters.centres), distance99: input.distance99 };
}
