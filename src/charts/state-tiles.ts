import { inkOnSequential, sequentialColor } from "./color-scales.ts";
import { textWidth } from "./text-width.ts";

/** One state: two letters, what it is called, and how much of it there is; null where nothing is known. */
export interface StateValue {
  readonly code: string;
  readonly label: string;
  readonly value: number | null;
}

export interface StateTile {
  readonly code: string;
  /** Which of the given states, or −1 where none was given. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly ink: string;
  readonly isOutlined: boolean;
}

export interface StateTilesLayout {
  readonly height: number;
  readonly size: number;
  readonly tiles: readonly StateTile[];
}

/** Rows of the tile grid: each state stands about where it lies; dots are empty. */
const GRID = [
  "AK .. .. .. .. .. .. .. .. .. ME",
  ".. .. .. .. .. .. .. .. .. VT NH",
  "WA ID MT ND MN IL WI MI NY RI MA",
  "OR NV WY SD IA IN OH PA NJ CT ..",
  "CA UT CO NE MO KY WV VA MD DE ..",
  ".. AZ NM KS AR TN NC SC DC .. ..",
  ".. .. .. OK LA MS AL GA .. .. ..",
  "HI .. .. TX .. .. .. .. FL .. ..",
].map((row) => row.split(" "));
const N_ACROSS = GRID[0]?.length ?? 1;
const LARGEST_TILE = 40;
const GAP = 2;

/** Whether a value still fits into a tile of that size, beside its code. */
export const fitsTile = (text: string, size: number): boolean => size >= 30 && textWidth(text, 12) <= size - 4;

/**
 * Every state as a tile of one size, so that all are equally visible. Shade runs from 0 to `most` (by default the largest
 * value); states that have no row are empty tiles. The states of the largest and of the smallest value are outlined where
 * `isOutlining`.
 */
export function layoutStateTiles(
  states: readonly StateValue[],
  options: { readonly width: number; readonly most?: number | undefined; readonly isOutlining: boolean },
): StateTilesLayout {
  const pitch = Math.min(LARGEST_TILE + GAP, options.width / N_ACROSS);
  const values = states.map((state) => state.value).filter((value) => value !== null);
  const most = options.most ?? Math.max(0, ...values);
  const extremes = options.isOutlining && values.length > 1 ? [Math.max(...values), Math.min(...values)] : [];
  const indexOf = new Map(states.map((state, index) => [state.code, index]));
  const tiles = GRID.flatMap((row, y) =>
    row.flatMap((code, x): StateTile[] => {
      if (code === "..") return [];
      const index = indexOf.get(code) ?? -1;
      const value = states[index]?.value ?? null;
      const share = value === null || most <= 0 ? null : value / most;
      return [
        {
          code,
          index,
          x: x * pitch,
          y: y * pitch,
          fill: share === null ? "" : sequentialColor(share),
          ink: share === null ? "" : inkOnSequential(share),
          isOutlined: value !== null && extremes.includes(value),
        },
      ];
    }),
  );
  return { height: Math.ceil(GRID.length * pitch), size: pitch - GAP, tiles };
}
