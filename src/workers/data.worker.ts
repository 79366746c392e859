import { TrendloomError } from "../core/errors.ts";
import { finish } from "../core/progress.ts";
import { type JobHandlers, serveJobs } from "../rpc/serve.ts";
import { applySettings } from "../structure/learning-table.ts";
import { profileColumn } from "../structure/profile.ts";
import { alignSecond } from "../structure/second-table.ts";
import { findStructure } from "../structure/structure.ts";
import { describeData } from "../table/column-summary.ts";
import { extendTable, labelOrigin, textColumn } from "../table/extend-table.ts";
import { fingerprint } from "../table/fingerprint.ts";
import { readCsv } from "../table/read-csv.ts";
import { resolveRoles } from "../table/roles.ts";
import { cellText, type Table, takeRows } from "../table/table.ts";
import { writeCsv } from "../table/write-csv.ts";
import type { DataJobs } from "./data.jobs.ts";
import { segmentHandlers } from "./segment-jobs.ts";

let kept: Table = { nRows: 0, columns: [] };
let second: Table | null = null;

/** The buffer of freshly written bytes, which it fills. */
const toCsv = (table: Table): ArrayBuffer => finish(writeCsv(table)).buffer;

const toTextColumn = ({ name, values }: { readonly name: string; readonly values: readonly string[] }) =>
  textColumn(name, values);

const handlers: JobHandlers<DataJobs> = {
  async *read({ name, bytes, expectedSha256 }) {
    const sha256 = await fingerprint(bytes);
    if (expectedSha256 !== null && expectedSha256 !== sha256) {
      throw new TrendloomError("fingerprint-mismatch", { expected: expectedSha256.slice(0, 12), got: sha256.slice(0, 12) });
    }
    const { table, facts } = yield* readCsv(bytes);
    const report = describeData(table, facts, { name, sha256, nBytes: bytes.byteLength });
    kept = table;
    second = null;
    return report;
  },
  rows({ from, to }) {
    const end = Math.min(to, kept.nRows);
    const rows = Array.from({ length: Math.max(0, end - from) }, (_, i) =>
      kept.columns.map((column) => cellText(column, from + i)),
    );
    return { columns: kept.columns.map((column) => column.name), rows };
  },
  rowsAt: ({ rows }) => ({
    columns: kept.columns.map((column) => column.name),
    rows: Array.from(rows, (row) => kept.columns.map((column) => cellText(column, row))),
  }),
  structure: (settings) => findStructure(kept, resolveRoles(kept, settings.target, settings.roles)),
  profile: ({ column }) => profileColumn(kept, column),
  ...segmentHandlers(() => kept),
  exportTable({ extra, rows }) {
    const extended = extendTable(kept, extra.map(toTextColumn), "last");
    return toCsv(rows ? takeRows(extended, rows) : extended);
  },
  async *readSecond({ name, bytes, settings }) {
    const { table: own, facts } = yield* readCsv(bytes);
    const { table, report } = alignSecond(own, kept, settings);
    second = own;
    const file = { name, nBytes: bytes.byteLength, nColumns: own.columns.length };
    return { report: { ...facts, ...report, ...file }, table };
  },
  exportScored({ extra }) {
    if (!second) throw new TrendloomError("second-file-missing", {});
    return toCsv(extendTable(second, extra.map(toTextColumn), "last"));
  },
  exportGiven: ({ table, origin, real }) => toCsv(labelOrigin(table, { origin, real: real ? applySettings(kept, real) : null })),
};

void serveJobs<DataJobs>(self, handlers);
