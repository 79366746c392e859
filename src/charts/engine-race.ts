import { scaleLog } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface RaceRow {
  readonly label: string;
  /** Milliseconds per step; null where the engine was not run. */
  readonly msPerStep: number | null;
  /** Why it was chosen or rejected. */
  readonly note: string;
  readonly isChosen: boolean;
}

export interface RaceLayout {
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly isNarrow: boolean;
  readonly ticks: readonly Tick[];
  readonly rows: readonly {
    readonly label: string;
    readonly labelY: number;
    readonly y: number;
    /** Null where the engine was not run. */
    readonly x: number | null;
    readonly note: string;
    readonly isChosen: boolean;
  }[];
}

const NARROW_BELOW = 460;

/** Times per step on a logarithmic axis whose grid lines are powers of ten. */
export function layoutEngineRace(
  rows: readonly RaceRow[],
  options: { readonly width: number; readonly formatTick: Format },
): RaceLayout {
  const { width, formatTick } = options;
  const isNarrow = width < NARROW_BELOW;
  const labelRoom =
    Math.min(
      width * 0.34,
      rows.reduce((most, row) => Math.max(most, textWidth(row.label, 12, row.isChosen)), 60),
    ) + 16;
  const noteRoom =
    Math.min(
      width * 0.3,
      rows.reduce((most, row) => Math.max(most, textWidth(row.note, 12, row.isChosen)), 40),
    ) + 12;
  const left = isNarrow ? 4 : labelRoom;
  const right = isNarrow ? width - 12 : Math.max(left + 80, width - noteRoom - 8);
  const times = rows.flatMap((row) => (row.msPerStep !== null && row.msPerStep > 0 ? [row.msPerStep] : []));
  const low = times.length === 0 ? 1 : Math.min(...times) / 1.6;
  const high = times.length === 0 ? 10 : Math.max(...times) * 1.3;
  const x = scaleLog().domain([low, high]).range([left, right]);
  const rowHeight = isNarrow ? 40 : 26;
  const top = 4;
  const bottom = top + rows.length * rowHeight + 4;
  const powers = x.ticks(10).filter((value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9);
  const shown = powers.length > 0 ? powers : times.slice(0, 1);
  return {
    height: bottom + 24,
    left,
    top,
    bottom,
    isNarrow,
    ticks: times.length === 0 ? [] : shown.map((value) => ({ position: x(value), label: formatTick(value) })),
    rows: rows.map((row, index) => {
      const rowTop = top + index * rowHeight;
      const isRun = row.msPerStep !== null && row.msPerStep > 0;
      return {
        label: fitText(
          row.label,
          isNarrow ? width - textWidth(row.note, 12, row.isChosen) - 12 : labelRoom - 12,
          12,
          row.isChosen,
        ),
        labelY: rowTop + (isNarrow ? 13 : 19),
        y: rowTop + (isNarrow ? 27 : 15),
        x: isRun ? x(row.msPerStep) : null,
        note: isNarrow ? row.note : fitText(row.note, noteRoom, 12, row.isChosen),
        isChosen: row.isChosen,
      };
    }),
  };
}
