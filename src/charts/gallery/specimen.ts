import type { ChartTable, KeyEntry } from "../chart-types.ts";

/** The states every chart is shown in. Dark is shown for each of them by the page's theme, and once here. */
export type State = "empty" | "one" | "typical" | "many" | "missing" | "long labels" | "vietnamese" | "dark";

export interface Specimen<Props> {
  readonly state: State;
  readonly title: string;
  readonly note?: string;
  readonly key?: readonly KeyEntry[];
  readonly source?: string;
  readonly table?: ChartTable;
  /** Where it differs from the chart's own. */
  readonly widthPx?: number;
  readonly props: Props;
}

export interface ChartSpecimens<Props> {
  /** File name of the chart, without ending. */
  readonly chart: string;
  /** Width it is drawn at on a wide page. */
  readonly widthPx: number;
  /** What a Svelte component is to its caller. */
  readonly component: (internals: never, props: Props) => unknown;
  readonly specimens: readonly Specimen<Props>[];
}

/** Numbers as the English page writes them. */
export function inEnglish(digits: number, unit = ""): (value: number) => string {
  return (value) =>
    `${value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−")}${unit}`;
}

/** Numbers as the Vietnamese page writes them. */
export function inVietnamese(digits: number, unit = ""): (value: number) => string {
  return (value) =>
    `${value.toLocaleString("vi-VN", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−")}${unit}`;
}
