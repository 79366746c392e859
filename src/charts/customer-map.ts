import { Delaunay, scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { extentOf, px, ticksOf } from "./scales.ts";
import { textWidth } from "./text-width.ts";

export interface MapSegment {
  readonly label: string;
  /** Second line of the direct label: how many customers. */
  readonly note: string;
  /** A CSS colour: `var(--tier-gold)`, or `var(--cat-1)`. */
  readonly color: string;
}

/** Straight borders between segments, in data units; ends may be infinite and are cut at the plot. */
export interface MapBorder {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Zoom and shift of the plot: screen = base · k + shift. */
export interface View {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Above this many marks the points are drawn on a canvas. */
export const CANVAS_FROM = 2000;
export const WHOLE_VIEW: View = { k: 1, x: 0, y: 0 };
const LARGEST_ZOOM = 32;

/** A number in [−0.49, 0.49] that depends on the row and the axis only (integer hash after Wellons, "lowbias32"). */
export function jitterOf(row: number, axis: 0 | 1): number {
  let h = (row * 2 + axis + 1) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  h ^= h >>> 16;
  return ((h >>> 0) / 0x1_0000_0000 - 0.5) * 0.98;
}

export interface MapPoints {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Unit step of each axis, for jitter of less than half of it; 0 for none. */
  readonly xStep: number;
  readonly yStep: number;
}

/**
 * Where a point is drawn, in data units: moved by less than half a step, so that equal ones do not hide each other; NaN stays.
 * Worked out where it is asked for: a table of a million rows has no room in the page for moved copies of its columns.
 */
export const drawnX = ({ x, xStep }: MapPoints, point: number): number =>
  xStep === 0 ? x[point] : x[point] + jitterOf(point, 0) * xStep;
export const drawnY = ({ y, yStep }: MapPoints, point: number): number =>
  yStep === 0 ? y[point] : y[point] + jitterOf(point, 1) * yStep;

/** The plot inside its axes; a narrow one keeps a height of its own. */
export function mapBox(width: number, wideHeight = 472): PlotBox & { readonly height: number } {
  const isNarrow = width < 520;
  const height = isNarrow ? 360 : wideHeight;
  return { left: isNarrow ? 34 : 44, top: 26, right: width - 6, bottom: height - 40, height };
}

export interface MapExtent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

function around(values: ArrayLike<number>, step: number): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const [low, high] = extentOf([least, most]);
  const margin = step / 2 + (high - low) * 0.02;
  return [low - margin, high + margin];
}

/** What the whole cloud takes, with half a unit and 2 % around it. */
export const mapExtent = (points: MapPoints): MapExtent => ({
  x: around(points.x, points.xStep),
  y: around(points.y, points.yStep),
});

/** Scales of the whole cloud. */
export function baseScales({ x, y }: MapExtent, box: PlotBox) {
  return {
    x: scaleLinear().domain(x).range([box.left, box.right]),
    y: scaleLinear().domain(y).range([box.bottom, box.top]),
  };
}

/** The same scales under a view. */
export function viewedScales(base: ReturnType<typeof baseScales>, view: View) {
  const move = (scale: typeof base.x, shift: number) => {
    const [from = 0, to = 1] = scale.range();
    return scale.copy().domain([scale.invert((from - shift) / view.k), scale.invert((to - shift) / view.k)]);
  };
  return { x: move(base.x, view.x), y: move(base.y, view.y) };
}

/** Negative where values grow against the pixels. */
export function pixelsPerUnit(scale: ReturnType<typeof baseScales>["x"]): number {
  const [from = 0, to = 1] = scale.domain();
  return (scale(to) - scale(from)) / (to - from);
}

/** Keeps the plot full: zoom between 1 and 32, and never shifted past the cloud's edges. */
export function limitView(view: View, box: PlotBox): View {
  const k = Math.min(LARGEST_ZOOM, Math.max(1, view.k));
  const within = (shift: number, low: number, high: number) => Math.min(low - low * k, Math.max(high - high * k, shift));
  return { k, x: within(view.x, box.left, box.right), y: within(view.y, box.top, box.bottom) };
}

/** Zooms so that the point (x, y) of the plot stays where it is. */
export function zoomAt(view: View, factor: number, x: number, y: number, box: PlotBox): View {
  const k = Math.min(LARGEST_ZOOM, Math.max(1, view.k * factor));
  const change = k / view.k;
  return limitView({ k, x: x - (x - view.x) * change, y: y - (y - view.y) * change }, box);
}

/** Shifts the plot as far as its edges allow. */
export const panBy = (view: View, dx: number, dy: number, box: PlotBox): View =>
  limitView({ k: view.k, x: view.x + dx, y: view.y + dy }, box);

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * One press of an arrow key. The reading point stays in the middle and the map moves under it; where the map cannot move
 * further the reading point goes on alone, and comes back to the middle before the map moves again.
 */
export function stepByKey(
  at: { readonly view: View; readonly cursor: Spot },
  step: Spot,
  box: PlotBox,
): { view: View; cursor: Spot } {
  const axis = (cursor: number, by: number, low: number, high: number, panned: (by: number) => number) => {
    const middle = (low + high) / 2;
    const back =
      Math.sign(middle - cursor) === Math.sign(by) ? Math.sign(by) * Math.min(Math.abs(by), Math.abs(middle - cursor)) : 0;
    const rest = by - back;
    const moved = cursor === middle || back !== 0 ? panned(rest) : 0;
    return { cursor: Math.min(high, Math.max(low, cursor + back + rest - moved)), moved };
  };
  const { view, cursor } = at;
  const x = axis(cursor.x, step.x, box.left, box.right, (by) => view.x - panBy(view, -by, 0, box).x);
  const y = axis(cursor.y, step.y, box.top, box.bottom, (by) => view.y - panBy(view, 0, -by, box).y);
  return { view: panBy(view, -x.moved, -y.moved, box), cursor: { x: x.cursor, y: y.cursor } };
}

/**
 * Borders of nearest-centre regions (Voronoi cells), which are the borders of k-means when it was run on exactly the two
 * columns drawn. `units` are the standard deviations the columns were divided by, [1, 1] for raw columns.
 */
export function nearestCentreBorders(
  centres: readonly (readonly [number, number])[],
  units: readonly [number, number],
  extent: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): MapBorder[] {
  if (centres.length < 2) return [];
  const [ux, uy] = units;
  const voronoi = Delaunay.from(centres.map(([x, y]) => [x / ux, y / uy] as const)).voronoi([
    extent.x[0] / ux,
    extent.y[0] / uy,
    extent.x[1] / ux,
    extent.y[1] / uy,
  ]);
  const path = voronoi.render();
  const numbers = /M([-\d.e]+),([-\d.e]+)L([-\d.e]+),([-\d.e]+)/g;
  return Array.from(path.matchAll(numbers), ([, x1, y1, x2, y2]) => ({
    x1: Number(x1) * ux,
    y1: Number(y1) * uy,
    x2: Number(x2) * ux,
    y2: Number(y2) * uy,
  }));
}

export interface PlacedLabel {
  readonly segment: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LABEL_GAP = 4;

const overlap = (a: PlacedLabel, b: PlacedLabel): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height + LABEL_GAP && b.y < a.y + a.height + LABEL_GAP;

/** Direct labels at the middle of each segment's points, moved up or down to the nearest free place. */
export function placeSegmentLabels(
  centres: readonly (readonly [number, number])[],
  segments: readonly MapSegment[],
  box: PlotBox,
): PlacedLabel[] {
  const height = 46;
  const placed: PlacedLabel[] = [];
  const order = centres.map((_, i) => i).sort((a, b) => (centres[a]?.[1] ?? 0) - (centres[b]?.[1] ?? 0));
  for (const segment of order) {
    const [x, y] = centres[segment] ?? [Number.NaN, Number.NaN];
    const { label = "", note = "" } = segments[segment] ?? {};
    if (x < box.left || x > box.right || y < box.top || y > box.bottom || Number.isNaN(x)) continue;
    const width = Math.ceil(Math.max(textWidth(label, 15, true), textWidth(note)) + 26);
    const left = Math.min(box.right - width, Math.max(box.left, x - width / 2));
    const beside = placed.flatMap((other) => [other.y + other.height + LABEL_GAP, other.y - height - LABEL_GAP]);
    const places = [y - height / 2, ...beside]
      .map((top): PlacedLabel => ({ segment, x: left, y: Math.max(box.top, Math.min(box.bottom - height, top)), width, height }))
      .sort((a, b) => Math.abs(a.y + height / 2 - y) - Math.abs(b.y + height / 2 - y));
    const free = places.find((place) => placed.every((other) => !overlap(place, other))) ?? places[0];
    if (free) placed.push(free);
  }
  return placed;
}

/** Mean position of each segment's points, in data units. */
export function segmentCentres(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  labels: ArrayLike<number>,
  nSegments: number,
): [number, number][] {
  const sums = new Float64Array(3 * nSegments);
  for (let i = 0; i < x.length; i++) {
    const segment = labels[i];
    if (!(segment < nSegments) || !Number.isFinite(x[i] + y[i])) continue;
    sums[3 * segment] += x[i];
    sums[3 * segment + 1] += y[i];
    sums[3 * segment + 2] += 1;
  }
  return Array.from({ length: nSegments }, (_, segment) => {
    const [sumX, sumY, n] = sums.subarray(3 * segment, 3 * segment + 3);
    return [sumX / n, sumY / n];
  });
}

export function mapTicks(
  scales: ReturnType<typeof viewedScales>,
  formatX: Format,
  formatY: Format,
  options: { readonly isNarrow: boolean; readonly isEmpty: boolean },
): { x: Tick[]; y: Tick[] } {
  if (options.isEmpty) return { x: [], y: [] };
  return { x: ticksOf(scales.x, formatX, options.isNarrow ? 5 : 6), y: ticksOf(scales.y, formatY, 5) };
}

/**
 * All points of a segment as one path of dots without length, faded ones apart; round caps make them discs. Pixels count from
 * the upper left corner of the plot.
 */
export function pointPaths(
  points: MapPoints & { readonly labels: ArrayLike<number>; readonly isFaded: Uint8Array | null },
  base: ReturnType<typeof baseScales>,
  box: PlotBox,
  nSegments: number,
): { segment: number; isFaded: boolean; d: string }[] {
  const { labels, isFaded } = points;
  const parts = Array.from({ length: 2 * nSegments }, () => [] as string[]);
  for (let i = 0; i < points.x.length; i++) {
    const x = base.x(drawnX(points, i)) - box.left;
    const y = base.y(drawnY(points, i)) - box.top;
    if (!Number.isFinite(x + y)) continue;
    parts[2 * labels[i] + (isFaded?.[i] ? 1 : 0)]?.push(`M${px(x)} ${px(y)}h0`);
  }
  return parts.flatMap((dots, index) =>
    dots.length === 0 ? [] : [{ segment: index >> 1, isFaded: index % 2 === 1, d: dots.join("") }],
  );
}
