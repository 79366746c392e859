import { comfortableRows } from "../../../table/size-estimate.params.ts";
import type { DataReport } from "../../../workers/data.jobs.ts";
import { formatBytes, formatNumber, timeLeftWords } from "../../i18n/format.ts";
import { learnerName } from "../../i18n/learner-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { stepName } from "../../parts/step-words.ts";
import type { Settings } from "../../state/settings.ts";
import { estimateCosts } from "./size-costs.ts";

/** A way to have the file: all rows, or a sample of them. */
export interface SizeOption {
  /** The setting that gives it. */
  readonly sampleRows: number;
  readonly nRows: number;
  readonly isInUse: boolean;
  readonly canBeRead: boolean;
}

export function sizeOptions({ sample, nRows, nColumns }: DataReport): SizeOption[] {
  const all = { sampleRows: 0, nRows: sample?.nRowsInFile ?? nRows, isInUse: sample === null };
  const comfortable = comfortableRows(nColumns);
  return [
    // Rows are drawn without strata where the file is too large to be held.
    { ...all, canBeRead: sample?.by !== null },
    { sampleRows: comfortable, nRows: sample ? nRows : comfortable, isInUse: sample !== null, canBeRead: true },
  ];
}

export const sizeColumns = (options: readonly SizeOption[]) => [
  { label: m.data_size_head() },
  ...options.map(({ sampleRows, nRows }) => ({
    label:
      sampleRows === 0
        ? m.data_size_head_all({ rows: formatNumber(nRows) })
        : m.data_size_head_sample({ rows: formatNumber(nRows) }),
    isNumeric: true,
  })),
];

/** Memory and time of each way, as far as they can be told before: estimates, by how fast this machine read the file. */
export function sizeRows(
  options: readonly SizeOption[],
  report: DataReport,
  settings: Settings,
  readSeconds: number,
): string[][] {
  const nRowsRead = report.sample?.nRowsInFile ?? report.nRows;
  const costs = options.map(({ nRows }) => estimateCosts({ nRows, nRowsRead, nColumns: report.nColumns, readSeconds }, settings));
  const about = (seconds: number) => m.data_size_about({ time: timeLeftWords(seconds) });
  return [
    [m.data_size_memory(), ...costs.map(({ tableBytes }) => formatBytes(tableBytes))],
    [stepName("structure"), ...costs.map(({ structure }) => about(structure))],
    [stepName("segments"), ...costs.map(({ segments }) => about(segments))],
    ...(costs.every(({ boosting }) => boosting === null)
      ? []
      : [[learnerName("xgboost"), ...costs.map(({ boosting }) => about(boosting ?? 0))]]),
  ];
}
