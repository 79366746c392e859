import { TrendloomError } from "../core/errors.ts";
import { pack, unpack } from "../rpc/parcel.ts";
import { type JobHandlers, serveJobs } from "../rpc/serve.ts";
import { fileLabels } from "../structure/file-labels.ts";
import { applySettings } from "../structure/learning-table.ts";
import { missingTogether } from "../structure/missing-together.ts";
import { profileColumn } from "../structure/profile.ts";
import { alignSecond } from "../structure/second-table.ts";
import { findStructure } from "../structure/structure.ts";
import { testAssociations } from "../structure/test-associations.ts";
import { describeColumns, describeData } from "../table/column-summary.ts";
import { recodeLike, typesIn, typesLike } from "../table/edits-of-second.ts";
import { codedColumn, extendTable, labelOrigin } from "../table/extend-table.ts";
import { readCsvStream } from "../table/read-csv.ts";
import { writeReadingList } from "../table/reading-list.ts";
import { recodeTable } from "../table/recode-levels.ts";
import { resolveRoles } from "../table/roles.ts";
import { cellText, getColumn, type Table, takeRows } from "../table/table.ts";
import { NO_EDITS, type TableEdits } from "../table/table-edits.ts";
import { csvFile } from "./csv-file.ts";
import type { DataJobs } from "./data.jobs.ts";
import { fileSource } from "./file-source.ts";
import { readServed } from "./piece-port.ts";
import { predictedColumns } from "./predicted-rows.ts";
import { readFile } from "./read-file.ts";
import { segmentHandlers } from "./segment-jobs.ts";

/** The table as it was read, and with the labels that the user gave it. */
let asRead: Table = { nRows: 0, columns: [] };
let kept: Table = asRead;
let edits: TableEdits = NO_EDITS;
let second: Table | null = null;

const handlers: JobHandlers<DataJobs> = {
  async *read({ name, file, port, sampleRows, edits: wanted }) {
    const { table, facts } = yield* readServed(file, port, (source) => readFile(source, sampleRows, { typeOf: typesIn(wanted) }));
    const edited = recodeTable(table, wanted.levels);
    const report = yield* describeData(edited, facts, { name, nBytes: file.size });
    asRead = table;
    kept = edited;
    edits = wanted;
    second = null;
    return report;
  },
  relabel(levels) {
    edits = { ...edits, levels };
    kept = recodeTable(asRead, levels);
    return describeColumns(kept);
  },
  labels: ({ column }) => fileLabels(getColumn(asRead, column)),
  async *readingList({ file, sampleRows, kind }) {
    const { details } = yield* readFile(fileSource(file), sampleRows, { keepsAllSkipped: true, typeOf: typesIn(edits) });
    return new Blob(details ? yield* writeReadingList(details, kind) : [], { type: "text/csv;charset=utf-8" });
  },
  rows({ from, to, columns }) {
    const end = Math.min(to, kept.nRows);
    const wanted = columns ? kept.columns.slice(columns.from, columns.to) : kept.columns;
    const rows = Array.from({ length: Math.max(0, end - from) }, (_, i) => wanted.map((column) => cellText(column, from + i)));
    return { columns: wanted.map((column) => column.name), rows };
  },
  rowsAt: ({ rows }) => ({
    columns: kept.columns.map((column) => column.name),
    rows: Array.from(rows, (row) => kept.columns.map((column) => cellText(column, row))),
  }),
  structure: (settings) => findStructure(kept, resolveRoles(kept, settings.target, settings.roles)),
  associations: ({ columns, measure }) => testAssociations(kept, columns, measure),
  profile: ({ column }) => profileColumn(kept, column),
  missingTogether: ({ columns }) => missingTogether(kept, columns),
  ...segmentHandlers(() => ({ kept, edits })),
  exportSegments({ segment: { name, labels, names }, rows }) {
    const extended = extendTable(kept, [codedColumn(name, labels, names)], "last");
    return csvFile(rows ? takeRows(extended, rows) : extended);
  },
  async *readSecond({ name, file, settings }) {
    const { table: own, facts } = yield* readCsvStream(fileSource(file), () => ({ typeOf: typesLike(edits) }));
    const { table, report } = alignSecond(recodeLike(own, edits), kept, settings);
    second = own;
    return { report: { ...facts, ...report, name, nBytes: file.size, nColumns: own.columns.length }, table: pack(table) };
  },
  async exportScored({ of, answers, target, verdict }) {
    const table = of === "kept" ? kept : second;
    if (!table) throw new TrendloomError("second-file-missing", {});
    const { rows = null, ...predicted } = await unpack(answers);
    return csvFile(extendTable(table, predictedColumns(predicted, { target, verdict, nRows: table.nRows, rows }), "last"));
  },
  exportGiven: ({ table, origin, real }) =>
    csvFile(labelOrigin(table, { origin, real: real ? applySettings(kept, real, edits.levels) : null })),
};

void serveJobs<DataJobs>(self, handlers);
