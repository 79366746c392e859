import type { Target } from "./chart-types.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface GapColumn {
  readonly label: string;
  /** How much of it is missing, in words. */
  readonly note: string;
}

/** Rows that lack the very same columns. */
export interface GapGroup {
  /** Places among the columns. */
  readonly columns: readonly number[];
  readonly count: number;
  /** The count in words. */
  readonly note: string;
}

export interface GapLayout {
  readonly height: number;
  readonly left: number;
  readonly rows: readonly { readonly y: number; readonly label: string; readonly note: string }[];
  readonly noteX: number;
  readonly groups: readonly {
    readonly x: number;
    readonly bar: { readonly y: number; readonly height: number };
    readonly note: string;
    readonly cells: readonly { readonly y: number; readonly isMissing: boolean }[];
    /** The first and the last missing cell, to be joined by a line. */
    readonly join: { readonly from: number; readonly to: number } | null;
  }[];
  readonly size: number;
  readonly targets: readonly Target[];
}

const ROW = 24;
const BAR = 44;
const TOP = 18;
const LARGEST_PITCH = 64;
const SMALLEST_PITCH = 22;
const LABEL_SHARE = 0.34;

/** Narrowest drawing in which the stripes can be told apart and touched. */
export const gapMinWidth = (nGroups: number): number => Math.round(150 + nGroups * SMALLEST_PITCH);

/**
 * One upright stripe a group of rows: a cell for each column, filled where the group lacks it, and a bar above that counts the
 * rows, from 0.
 */
export function layoutMissingTogether(
  columns: readonly GapColumn[],
  groups: readonly GapGroup[],
  options: { readonly width: number },
): GapLayout {
  const width = Math.max(options.width, gapMinWidth(groups.length));
  const notes = columns.reduce((most, { note }) => Math.max(most, textWidth(note)), 0) + 12;
  const widest = columns.reduce((most, { label }) => Math.max(most, textWidth(label)), 0) + 12;
  const left = Math.ceil(Math.min(widest, width * LABEL_SHARE));
  const right = width - notes;
  const pitch = Math.min(LARGEST_PITCH, (right - left) / Math.max(1, groups.length));
  const size = Math.max(8, Math.min(44, pitch - 6));
  const most = groups.reduce((largest, { count }) => Math.max(largest, count), 0);
  const top = TOP + BAR + 6;
  const yOf = (column: number) => top + column * ROW;
  return {
    height: groups.length === 0 ? columns.length * ROW + top : yOf(columns.length) + 4,
    left,
    rows: columns.map(({ label, note }, i) => ({ y: yOf(i) + 16, label: fitText(label, left - 10), note })),
    noteX: Math.min(width, left + groups.length * pitch + notes),
    groups: groups.map((group, g) => {
      const height = most === 0 ? 0 : Math.max(1, (BAR * group.count) / most);
      const lacking = new Set(group.columns);
      return {
        x: left + g * pitch,
        bar: { y: TOP + BAR - height, height },
        note: textWidth(group.note) <= pitch - 2 ? group.note : "",
        cells: columns.map((_, i) => ({ y: yOf(i) + 3, isMissing: lacking.has(i) })),
        join:
          group.columns.length > 1
            ? { from: yOf(Math.min(...group.columns)) + ROW / 2, to: yOf(Math.max(...group.columns)) + ROW / 2 }
            : null,
      };
    }),
    size,
    targets: groups.map((_, g) => ({ x: left + g * pitch, y: 0, width: size, height: yOf(columns.length) })),
  };
}
