import { scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { extentOf, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

/** One feature's SHAP values over the explained rows; `ranks` in [0, 1] for colour, NaN for categories and missing values. */
export interface SwarmFeature {
  readonly label: string;
  readonly values: ArrayLike<number>;
  readonly ranks: ArrayLike<number>;
}

/** From low to high on the sequential tokens; the last is for values without an order. */
export const SWARM_COLORS = ["var(--seq-3)", "var(--seq-4)", "var(--seq-5)", "var(--seq-6)", "var(--seq-7)", "var(--floor)"];
const N_RANKS = SWARM_COLORS.length - 1;

export interface SwarmLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly zeroX: number;
  readonly ticks: readonly Tick[];
  readonly rows: readonly { readonly label: string; readonly labelY: number; readonly y: number; readonly half: number }[];
  /** Marks in pixels, and the colour of each as a position in `SWARM_COLORS`. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly colors: Uint8Array;
}

const ROW = 36;
const STACKED_ROW = 54;
const COLUMN_PX = 2.5;

export const colorOfRank = (rank: number): number =>
  Number.isNaN(rank) ? N_RANKS : Math.min(N_RANKS - 1, Math.max(0, Math.floor(rank * N_RANKS)));

/** Offsets from the middle of a row: marks that fall on one column stand above and below it in turn, within `half`. */
function stack(xs: readonly number[], half: number): number[] {
  const columns = new Map<number, number[]>();
  xs.forEach((x, i) => {
    const column = Math.round(x / COLUMN_PX);
    const members = columns.get(column);
    if (members) members.push(i);
    else columns.set(column, [i]);
  });
  const offsets = new Array<number>(xs.length).fill(0);
  let deepest = 1;
  for (const members of columns.values()) deepest = Math.max(deepest, Math.ceil((members.length - 1) / 2));
  const step = Math.min(2.6, half / deepest);
  for (const members of columns.values()) {
    members.forEach((i, place) => {
      offsets[i] = Math.ceil(place / 2) * step * (place % 2 === 0 ? 1 : -1);
    });
  }
  return offsets;
}

/** A row of marks for each feature, as wide as its values spread and as thick as they crowd. */
export function layoutShapBeeswarm(
  features: readonly SwarmFeature[],
  options: { readonly width: number; readonly format: Format },
): SwarmLayout {
  const { width, format } = options;
  const widest = features.reduce((most, feature) => Math.max(most, textWidth(feature.label, 12, true)), 0);
  const isStacked = width < 420 && widest + 12 > width * 0.34;
  const left = isStacked ? 6 : Math.ceil(Math.min(widest, width * 0.4)) + 16;
  const right = width - 10;
  const step = isStacked ? STACKED_ROW : ROW;
  const half = ROW / 2 - 2;
  const top = 8;
  const finite = features.flatMap((feature) => Array.from(feature.values).filter(Number.isFinite));
  const scale = scaleLinear()
    .domain(finite.length === 0 ? [-1, 1] : extentOf([0, ...finite]))
    .range([left + 4, right - 4]);
  const rows = features.map((feature, index) => {
    const start = top + index * step;
    return {
      label: fitText(feature.label, isStacked ? width : left - 16, 12, true),
      labelY: isStacked ? start + 12 : start + ROW / 2 + 4,
      y: isStacked ? start + 16 + ROW / 2 : start + ROW / 2,
      half,
    };
  });
  const marks: { x: number; y: number; color: number }[] = [];
  features.forEach((feature, index) => {
    const known = Array.from(feature.values, (value, i) => ({ value, i })).filter(({ value }) => Number.isFinite(value));
    const xs = known.map(({ value }) => scale(value));
    const offsets = stack(xs, half);
    known.forEach(({ i }, place) => {
      const color = colorOfRank(feature.ranks[i] ?? Number.NaN);
      marks.push({ x: xs[place] ?? 0, y: (rows[index]?.y ?? 0) + (offsets[place] ?? 0), color });
    });
  });
  const bottom = top + features.length * step + 4;
  return {
    height: bottom + 62,
    left,
    right,
    top,
    bottom,
    zeroX: scale(0),
    ticks: finite.length === 0 ? [] : ticksOf(scale, format, right - left < 300 ? 3 : 5),
    rows,
    x: Float32Array.from(marks, (mark) => mark.x),
    y: Float32Array.from(marks, (mark) => mark.y),
    colors: Uint8Array.from(marks, (mark) => mark.color),
  };
}
