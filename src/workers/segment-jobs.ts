import { pack } from "../rpc/parcel.ts";
import { handOver, type JobHandlers } from "../rpc/serve.ts";
import { assignSegments } from "../segments/assign-segments.ts";
import { compareSegments } from "../segments/compare-segments.ts";
import { findSegments } from "../segments/find-segments.ts";
import { mapAgain, mapByUmap } from "../segments/map-segments.ts";
import { profileColumns } from "../segments/profile-columns.ts";
import { addSegmentColumn, ownClusters } from "../segments/segment-column.ts";
import { learningTable } from "../structure/learning-table.ts";
import type { TableSettings } from "../structure/structure-report.ts";
import { recodeLike, typesLike } from "../table/edits-of-second.ts";
import { codedColumn, extendTable } from "../table/extend-table.ts";
import { readCsvStream } from "../table/read-csv.ts";
import { resolveRoles } from "../table/roles.ts";
import type { Table } from "../table/table.ts";
import type { TableEdits } from "../table/table-edits.ts";
import { csvFile } from "./csv-file.ts";
import type { DataJobs } from "./data.jobs.ts";
import { fileSource } from "./file-source.ts";
import type { LearningTable, PackedLearning } from "./learn.jobs.ts";

type SegmentJobs = Pick<
  DataJobs,
  "segments" | "segmentMap" | "segmentUmap" | "segmentProfiles" | "compareSegments" | "assignSegments" | "learningTable"
>;

const packed = (learning: LearningTable): PackedLearning => ({
  parcel: pack(learning),
  task: learning.task,
  nRows: learning.table.nRows,
  columns: learning.table.columns.map(({ name, kind }) => ({ name, kind })),
});

/** The data worker's jobs that make segments or use them, on the table it keeps. */
export function segmentHandlers(open: () => { readonly kept: Table; readonly edits: TableEdits }): JobHandlers<SegmentJobs> {
  const kept = () => open().kept;
  const rolesOf = (settings: TableSettings) => resolveRoles(kept(), settings.target, settings.roles);
  return {
    *segments({ table, segments }) {
      const report = yield* findSegments(kept(), rolesOf(table), segments);
      return handOver(report, [report.labels, report.map.x, report.map.y]);
    },
    segmentMap({ table, ...input }) {
      const map = mapAgain(kept(), rolesOf(table), input);
      return handOver(map, [map.x, map.y]);
    },
    segmentUmap: ({ table, segments, umap }) => mapByUmap(kept(), rolesOf(table), segments, umap),
    segmentProfiles: ({ table, labels, nSegments }) => profileColumns(kept(), rolesOf(table), labels, nSegments),
    compareSegments: ({ table, ...input }) => compareSegments(kept(), rolesOf(table), input),
    async *assignSegments({ file, model, names }) {
      const { edits } = open();
      const { table } = yield* readCsvStream(fileSource(file), () => ({ typeOf: typesLike(edits) }));
      const assigned = yield* assignSegments(recodeLike(table, edits), model, names.length);
      return { assigned, csv: csvFile(extendTable(table, [codedColumn("segment", assigned.labels, names)], "last")) };
    },
    learningTable({ segmentColumn, ...settings }) {
      const { levels } = open().edits;
      if (!segmentColumn) return packed(learningTable(kept(), { ...settings, levels }));
      const extended = addSegmentColumn(kept(), segmentColumn);
      const { name } = extended.columns[extended.columns.length - 1];
      const roles = { ...settings.roles, [name]: settings.target === name ? "target" : "feature" } as const;
      const learning = learningTable(extended, { ...settings, roles, levels });
      const warning = ownClusters(segmentColumn, name, settings.target, learning.task.features);
      return warning ? { ...packed(learning), ownClusters: warning } : packed(learning);
    },
  };
}
