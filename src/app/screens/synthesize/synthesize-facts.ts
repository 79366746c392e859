import type { Table } from "../../../table/table.ts";
import type { ColumnMatch, Fidelity, GanReport } from "../../../workers/gpu.jobs.ts";

export type LinkMeasure = "pairTrendsSignal" | "pairTrends" | "columnShapes";

/** Floor and ceiling closer than this cannot be told apart from the hold-out's own noise. */
export const NO_ROOM = 0.02;

/** Where a measure stands: its own value, and those it is read against. */
export interface Standing {
  readonly gan: number;
  readonly step0: number;
  readonly floor: number;
  readonly ceiling: number;
  /** (gan − floor) / (ceiling − floor); NaN where there is no room between them. */
  readonly share: number;
}

export function standing(fidelity: GanReport["fidelity"], measure: keyof Fidelity): Standing {
  const [gan, step0, floor, ceiling] = [
    fidelity.gan[measure],
    fidelity.ganStep0[measure],
    fidelity.floor[measure],
    fidelity.ceiling[measure],
  ];
  const room = ceiling - floor;
  return { gan, step0, floor, ceiling, share: Math.abs(room) < NO_ROOM ? Number.NaN : (gan - floor) / room };
}

/** The measure that tells most: linked pairs where there are any, then all pairs, where floor and ceiling leave room. */
export function tellingMeasure(report: GanReport): LinkMeasure {
  const hasRoom = (measure: LinkMeasure) => Number.isFinite(standing(report.fidelity, measure).share);
  if (report.nSignalPairs > 0 && hasRoom("pairTrendsSignal")) return "pairTrendsSignal";
  return hasRoom("pairTrends") ? "pairTrends" : "columnShapes";
}

/** The untrained generator does as well, within a hundredth, wherever it was measured: training taught nothing measurable. */
export function isUntrainedAsGood({ fidelity }: GanReport): boolean {
  const measures = ["pairTrendsSignal", "pairTrends", "columnShapes"] as const;
  return measures.every((measure) => {
    const { gan, step0 } = standing(fidelity, measure);
    return !Number.isFinite(gan) || step0 >= gan - 0.01;
  });
}

/** Whether the generated rows come close to a hold-out at all: only then is it worth saying that an untrained generator does too. */
export function isCloseToReal(report: GanReport): boolean {
  const { share, gan, ceiling } = standing(report.fidelity, tellingMeasure(report));
  return Number.isFinite(share) ? share >= 0.9 : gan >= ceiling - NO_ROOM;
}

/** Columns that fall short of a hold-out by more than its own noise. */
export function shortColumns(columns: readonly ColumnMatch[]): readonly ColumnMatch[] {
  return columns.filter(({ match, ceiling }) => ceiling - match > NO_ROOM);
}

export const worstColumn = (columns: readonly ColumnMatch[]): ColumnMatch | null =>
  columns.reduce<ColumnMatch | null>((worst, each) => {
    return worst === null || each.ceiling - each.match > worst.ceiling - worst.match ? each : worst;
  }, null);

export function meanOf(columns: readonly ColumnMatch[], key: "match" | "floor" | "ceiling"): number {
  return columns.reduce((sum, column) => sum + column[key], 0) / Math.max(1, columns.length);
}

function cell(column: Table["columns"][number], row: number): string {
  if (column.kind === "categorical") return column.levels[column.codes[row] ?? -1] ?? "";
  const value = column.values[row] ?? Number.NaN;
  if (Number.isNaN(value)) return "";
  return column.type === "date" ? new Date(value).toISOString().slice(0, 10) : String(value);
}

/** The first rows of a table as text, as a CSV would hold them. */
export function firstRows(table: Table, atMost: number): string[][] {
  const count = Math.min(atMost, table.nRows);
  return Array.from({ length: count }, (_, row) => table.columns.map((column) => cell(column, row)));
}
