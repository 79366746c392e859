import type { Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { findColumn, type Role, type Table } from "../table/table.ts";
import type { UmapSettings } from "./compare-report.ts";
import type { MapLayout } from "./map-layout.ts";
import { mapByLayout } from "./segment-map.ts";
import { buildSegmentMatrix, sampleRows, takeMatrixRows } from "./segment-matrix.ts";
import { planSegments } from "./segment-plan.ts";
import type { SegmentMap, SegmentSettings } from "./segments-report.ts";
import { layOutByUmap } from "./umap.ts";

/** All rows laid out anew, by the columns that make the segments or by two of the table's. */
export function mapAgain(
  table: Table,
  roleOf: (name: string) => Role,
  input: { segments: SegmentSettings; labels: Uint8Array; nSegments: number; layout: MapLayout },
): SegmentMap {
  const plan = planSegments(table, roleOf, input.segments);
  const points = buildSegmentMatrix(plan.columns, { scaling: plan.scale, codes: plan.codes });
  const named = input.layout.kind === "columns" ? [input.layout.xName, input.layout.yName] : [];
  const columns = named.map((name) => findColumn(table, name)).filter((column) => column !== undefined);
  return mapByLayout(columns, points, input.labels, input.nSegments, input.layout);
}

/** A seeded sample of the rows laid out by UMAP, on the points that make the segments. */
export function* mapByUmap(
  table: Table,
  roleOf: (name: string) => Role,
  segments: SegmentSettings,
  { maxRows, nNeighbors, minDistance }: UmapSettings,
): Work<SegmentMap> {
  const random = createRandom(segments.seed).split("umap");
  const plan = planSegments(table, roleOf, segments);
  const { matrix } = buildSegmentMatrix(plan.columns, { scaling: plan.scale, codes: plan.codes });
  const rows = sampleRows(table.nRows, maxRows, random.split("rows"));
  const [x, y] = yield* layOutByUmap(takeMatrixRows(matrix, rows), { nNeighbors, minDistance, random: random.split("layout") });
  return { kind: "umap", x, y, xName: "", yName: "", explained: [0, 0], xStep: 0, yStep: 0, rows };
}
