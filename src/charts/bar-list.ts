import { scaleLinear } from "d3";
import { fitText, textWidth } from "./text-width.ts";

export interface BarRow {
  readonly label: string;
  /** NaN where nothing is known: the row is kept, without a bar. */
  readonly value: number;
  /** A value of the same unit to compare with: an upright tick. */
  readonly reference?: number;
  readonly isStrong?: boolean;
}

export interface BarListLayout {
  readonly height: number;
  readonly barX: number;
  readonly isStacked: boolean;
  readonly rows: readonly {
    readonly label: string;
    readonly labelY: number;
    readonly barY: number;
    readonly barWidth: number;
    readonly referenceX: number | null;
    readonly valueX: number;
    readonly valueText: string;
    readonly isStrong: boolean;
  }[];
}

/** Rows of label, bar from 0 and value; labels stand above the bars where they would take over half the width. */
export function layoutBarList(
  rows: readonly BarRow[],
  options: { readonly width: number; readonly format: (value: number) => string },
): BarListLayout {
  const { width, format } = options;
  const widestLabel = rows.reduce((most, row) => Math.max(most, textWidth(row.label, 12, row.isStrong)), 0);
  const isStacked = widestLabel + 16 > width * 0.46;
  const barX = isStacked ? 0 : Math.ceil(widestLabel + 16);
  const texts = rows.map((row) => (Number.isFinite(row.value) ? format(row.value) : "–"));
  const widestValue = texts.reduce((most, text) => Math.max(most, textWidth(text, 12, true)), 0);
  const most = rows.reduce((max, row) => Math.max(max, row.value || 0, row.reference ?? 0), 0);
  const toWidth = scaleLinear()
    .domain([0, most || 1])
    .range([0, Math.max(24, width - barX - widestValue - 12)])
    .clamp(true);
  const rowHeight = isStacked ? 38 : 22;
  return {
    height: Math.max(1, rows.length) * rowHeight + 4,
    barX,
    isStacked,
    rows: rows.map((row, index) => {
      const top = index * rowHeight;
      const barWidth = Number.isFinite(row.value) ? toWidth(row.value) : 0;
      const referenceX = row.reference === undefined ? null : barX + toWidth(row.reference);
      return {
        label: isStacked ? fitText(row.label, width, 12, row.isStrong) : row.label,
        labelY: isStacked ? top + 12 : top + 15,
        barY: isStacked ? top + 18 : top + 5,
        barWidth,
        referenceX,
        valueX: Math.max(barX + barWidth, referenceX ?? 0) + 8,
        valueText: texts[index] ?? "",
        isStrong: row.isStrong === true,
      };
    }),
  };
}
