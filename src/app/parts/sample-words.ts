import type { DataReport } from "../../workers/data.jobs.ts";
import { formatNumber } from "../i18n/format.ts";
import { m } from "../i18n/paraglide/messages.js";

/** `sample of 200,000 of 1,000,000 rows`; null where all rows are in use. */
export function sampleWords(report: Pick<DataReport, "sample" | "nRows"> | null): string | null {
  if (!report?.sample) return null;
  return m.data_sample({ rows: formatNumber(report.nRows), all: formatNumber(report.sample.nRowsInFile) });
}
