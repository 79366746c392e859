import { line, quantileSorted, scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { extentOf, niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

/** Mean prediction at each place, and the same for single customers: `curves` is (nCurves × nPlaces), row-major. */
export interface Dependence {
  readonly mean: ArrayLike<number>;
  readonly curves: ArrayLike<number>;
}

export interface DependenceLayout {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly path: string;
  /** Each single customer's curve. */
  readonly curves: readonly string[];
  readonly stops: readonly { readonly index: number; readonly x: number; readonly y: number }[];
}

const nCurvesOf = ({ mean, curves }: Dependence): number => (mean.length > 0 ? Math.floor(curves.length / mean.length) : 0);

/** Lowest and highest prediction among the means and the single customers, for plots that share an axis. */
export function dependenceExtent(all: readonly Dependence[]): [number, number] {
  return extentOf(all.flatMap((each) => [...Array.from(each.mean), ...Array.from(each.curves)]));
}

/** The mean as a line over numbers, single customers' curves behind it. */
export function layoutDependence(
  grid: readonly number[],
  dependence: Dependence,
  options: {
    readonly width: number;
    readonly height: number;
    readonly extent: readonly [number, number] | null;
    readonly formatX: Format;
    readonly formatY: Format;
  },
): DependenceLayout {
  const { width, height, formatX, formatY } = options;
  const top = 12;
  const bottom = height - 40;
  const y = niceScale(options.extent ?? dependenceExtent([dependence]), [bottom, top], 4);
  const yTicks = grid.length === 0 ? [] : ticksOf(y, formatY, 4);
  const left = Math.ceil(yTicks.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 16)) + 10;
  const right = width - 10;
  const x = scaleLinear().domain(extentOf(grid)).range([left, right]);
  const path = line<number>()
    .defined((value) => Number.isFinite(value))
    .x((_, index) => x(grid[index] ?? 0))
    .y((value) => y(value))
    .digits(1);
  const rowOf = (curve: number) => Array.from(grid, (_, place) => dependence.curves[curve * grid.length + place] ?? Number.NaN);
  const means = Array.from(dependence.mean);
  const every = Math.max(1, Math.ceil((28 * grid.length) / Math.max(28, right - left)));
  return {
    left,
    right,
    top,
    bottom,
    xTicks: grid.length === 0 ? [] : ticksOf(x, formatX, right - left < 300 ? 3 : 5),
    yTicks,
    path: path(means) ?? "",
    curves: Array.from({ length: nCurvesOf(dependence) }, (_, curve) => path(rowOf(curve)) ?? ""),
    stops: means.flatMap((mean, index) =>
      Number.isFinite(mean) && (index % every === 0 || index === means.length - 1)
        ? [{ index, x: x(grid[index] ?? 0), y: y(mean) }]
        : [],
    ),
  };
}

export interface CategoryDependenceLayout {
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly rows: readonly {
    readonly index: number;
    readonly label: string;
    readonly y: number;
    readonly x: number | null;
    /** Where eight of ten single customers lie. */
    readonly lowX: number | null;
    readonly highX: number | null;
  }[];
}

const ROW = 24;

/** A dot for each category, with the range of eight in ten single customers. */
export function layoutCategoryDependence(
  names: readonly string[],
  dependence: Dependence,
  options: { readonly width: number; readonly extent: readonly [number, number] | null; readonly format: Format },
): CategoryDependenceLayout {
  const { width, format } = options;
  const widest = names.reduce((most, name) => Math.max(most, textWidth(name)), 0);
  const left = Math.ceil(Math.min(widest, width * 0.42)) + 16;
  const right = width - 12;
  const x = niceScale(options.extent ?? dependenceExtent([dependence]), [left, right], 4);
  const top = 6;
  const bottom = top + names.length * ROW + 2;
  const nCurves = nCurvesOf(dependence);
  return {
    height: bottom + 40,
    left,
    top,
    bottom,
    ticks: names.length === 0 ? [] : ticksOf(x, format, right - left < 260 ? 3 : 4),
    rows: names.map((name, index) => {
      const single = Array.from({ length: nCurves }, (_, curve) => dependence.curves[curve * names.length + index] ?? Number.NaN)
        .filter(Number.isFinite)
        .sort((a, b) => a - b);
      const mean = dependence.mean[index] ?? Number.NaN;
      const at = (share: number) => {
        const value = quantileSorted(single, share);
        return value === undefined ? null : x(value);
      };
      return {
        index,
        label: fitText(name, left - 16),
        y: top + (index + 0.5) * ROW,
        x: Number.isFinite(mean) ? x(mean) : null,
        lowX: at(0.1),
        highX: at(0.9),
      };
    }),
  };
}
