import { scaleLinear } from "d3";
import type { Format, Target, Tick } from "./chart-types.ts";
import { ticksOf } from "./scales.ts";
import { textWidth } from "./text-width.ts";

/** Shares of two sets of rows over the same neighbouring bins. */
export interface OverlayBins {
  /** One more than there are bins, ascending. */
  readonly edges: readonly number[];
  readonly real: readonly number[];
  readonly made: readonly number[];
}

export interface OverlayHistogramLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly yTicks: readonly Tick[];
  readonly xTicks: readonly Tick[];
  readonly bars: readonly { readonly x: number; readonly width: number; readonly y: number; readonly height: number }[];
  /** Outline of the generated rows' steps. */
  readonly outline: string;
  readonly marks: readonly { readonly x: number; readonly y: number }[];
  readonly targets: readonly Target[];
}

const share = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);
const round = (value: number): number => Math.round(value * 10) / 10;

/** Filled bars for real rows, and an outline with a diamond on each step for generated ones. Bars start at 0. */
export function layoutOverlayHistogram(
  bins: OverlayBins,
  options: { readonly width: number; readonly formatX: Format; readonly formatY: Format },
): OverlayHistogramLayout {
  const { width, formatX, formatY } = options;
  const nBins = Math.max(0, Math.min(bins.edges.length - 1, bins.real.length, bins.made.length));
  const top = 10;
  const height = width < 400 ? 200 : 220;
  const bottom = height - 26;
  const most = Math.max(0.01, ...bins.real.slice(0, nBins).map(share), ...bins.made.slice(0, nBins).map(share));
  const y = scaleLinear().domain([0, most]).nice(4).range([bottom, top]);
  const yTicks = ticksOf(y, formatY, 4);
  const left = Math.ceil(Math.max(0, ...yTicks.map((tick) => textWidth(tick.label)))) + 10;
  const right = width - 10;
  const low = bins.edges[0] ?? 0;
  const high = bins.edges[nBins] ?? low + 1;
  const x = scaleLinear()
    .domain([low, high > low ? high : low + 1])
    .range([left, right]);
  const cells = Array.from({ length: nBins }, (_, i) => {
    const from = x(bins.edges[i]);
    const to = x(bins.edges[i + 1]);
    return { from, to: Math.max(from, to), realY: y(share(bins.real[i])), madeY: y(share(bins.made[i])) };
  });
  const steps = cells.map((cell) => `V${round(cell.madeY)}H${round(cell.to)}`).join("");
  return {
    height,
    left,
    right,
    top,
    bottom,
    yTicks: nBins === 0 ? [] : yTicks,
    xTicks: nBins === 0 ? [] : ticksOf(x, formatX, width < 400 ? 4 : 6),
    bars: cells.map((cell) => ({
      x: cell.from + 0.5,
      width: Math.max(0, cell.to - cell.from - 1),
      y: cell.realY,
      height: bottom - cell.realY,
    })),
    outline: nBins === 0 ? "" : `M${round(cells[0].from)} ${bottom}${steps}V${bottom}`,
    marks: nBins > 40 ? [] : cells.map((cell) => ({ x: (cell.from + cell.to) / 2, y: cell.madeY })),
    targets: cells.map((cell) => ({ x: cell.from, y: top, width: Math.max(2, cell.to - cell.from), height: bottom - top })),
  };
}
