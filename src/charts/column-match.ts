import type { Format, Tick } from "./chart-types.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface MatchRow {
  readonly name: string;
  /** The name in the current language. */
  readonly label: string;
  /** 1 is identical. NaN where it could not be measured. */
  readonly match: number;
  /** What an independent shuffle and a real hold-out reach. */
  readonly floor: number;
  readonly ceiling: number;
  /** Short of real rows by more than chance: set in strong type. */
  readonly isShort: boolean;
}

/** Lowest match first; while a run goes on, the order it had at first is kept and new columns come last. */
export function matchOrder(rows: readonly MatchRow[], before: readonly string[], isRunning: boolean): string[] {
  const byMatch = [...rows].sort((a, b) => (a.match || 0) - (b.match || 0)).map((row) => row.name);
  if (!isRunning || before.length === 0) return byMatch;
  const known = before.filter((name) => byMatch.includes(name));
  return [...known, ...byMatch.filter((name) => !known.includes(name))];
}

export interface MatchLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly isNarrow: boolean;
  /** Middle of the words above the first row. */
  readonly ceilingX: number;
  readonly floorX: number;
  readonly rows: readonly {
    readonly name: string;
    readonly label: string;
    readonly labelY: number;
    readonly y: number;
    readonly matchX: number | null;
    readonly floorX: number | null;
    readonly ceilingX: number | null;
    readonly text: string;
    readonly isStrong: boolean;
  }[];
}

const NARROW_BELOW = 460;

/** Rows in the order given, each a diamond between the ticks of its floor and its ceiling. */
export function layoutColumnMatch(
  rows: readonly MatchRow[],
  options: {
    readonly width: number;
    readonly format: Format;
    readonly formatTick: Format;
    readonly words: readonly [string, string];
  },
): MatchLayout {
  const { width, format, formatTick, words } = options;
  const isNarrow = width < NARROW_BELOW;
  const labelRoom =
    Math.min(
      width * 0.34,
      rows.reduce((most, row) => Math.max(most, textWidth(row.label, 12, true)), 60),
    ) + 16;
  const left = isNarrow ? 4 : labelRoom;
  const right = width - (isNarrow ? 4 : 50);
  const top = 22;
  const rowHeight = isNarrow ? 40 : 25;
  const bottom = top + rows.length * rowHeight + 4;
  const x = niceScale(
    rows.length === 0 ? [] : rows.flatMap((row) => [row.match, row.floor, row.ceiling, 1]),
    [left, right],
    isNarrow ? 4 : 5,
  );
  const at = (value: number) => (Number.isFinite(value) ? x(value) : null);
  const ceilingX = at(rows[0]?.ceiling ?? Number.NaN) ?? right;
  const floorX = at(rows[0]?.floor ?? Number.NaN) ?? left;
  const [floorWord, ceilingWord] = words;
  const [floorHalf, ceilingHalf] = [textWidth(floorWord) / 2, textWidth(ceilingWord, 12, true) / 2];
  const apart = floorHalf + ceilingHalf + 10;
  const floorMiddle = Math.max(floorHalf, Math.min(floorX, ceilingX - apart, width - ceilingHalf - apart));
  const ceilingMiddle = Math.min(width - ceilingHalf, Math.max(ceilingX, floorMiddle + apart));
  return {
    height: bottom + 26,
    left,
    right,
    top,
    bottom,
    isNarrow,
    ticks: rows.length === 0 ? [] : ticksOf(x, formatTick, isNarrow ? 4 : 5),
    ceilingX: ceilingMiddle,
    floorX: floorMiddle,
    rows: rows.map((row, index) => {
      const rowTop = top + index * rowHeight;
      return {
        name: row.name,
        label: fitText(row.label, isNarrow ? width - 50 : labelRoom - 12, 12, true),
        labelY: rowTop + (isNarrow ? 14 : 18),
        y: rowTop + (isNarrow ? 27 : 14),
        matchX: at(row.match),
        floorX: at(row.floor),
        ceilingX: at(row.ceiling),
        text: Number.isFinite(row.match) ? format(row.match) : "–",
        isStrong: row.isShort,
      };
    }),
  };
}
