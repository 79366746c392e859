import { scaleLinear } from "d3";
import type { Format, Target, Tick } from "./chart-types.ts";
import { ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

/** One value's share of real and of generated rows. */
export interface OverlayBar {
  readonly label: string;
  readonly real: number;
  readonly made: number;
}

export interface OverlayBarsLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly rows: readonly {
    readonly label: string;
    readonly labelY: number;
    readonly barY: number;
    readonly realX: number;
    readonly madeX: number;
    readonly markY: number;
  }[];
  readonly targets: readonly Target[];
}

const NARROW_BELOW = 420;
const BAR_PX = 12;
const share = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);

/** A bar for the real rows and a diamond for the generated ones on each row; labels above the bars on a narrow page. */
export function layoutOverlayBars(
  bars: readonly OverlayBar[],
  options: { readonly width: number; readonly format: Format },
): OverlayBarsLayout {
  const { width, format } = options;
  const isNarrow = width < NARROW_BELOW;
  const rowPx = isNarrow ? 38 : 22;
  const labelRoom = Math.min(width * 0.36, Math.max(40, ...bars.map((bar) => textWidth(bar.label)))) + 12;
  const left = isNarrow ? 6 : labelRoom;
  const right = width - 14;
  const top = 4;
  const bottom = top + bars.length * rowPx + 4;
  const most = Math.max(0.01, ...bars.flatMap((bar) => [share(bar.real), share(bar.made)]));
  const x = scaleLinear().domain([0, most]).nice(4).range([left, right]);
  return {
    height: bottom + 24,
    left,
    right,
    top,
    bottom,
    ticks: bars.length === 0 ? [] : ticksOf(x, format, isNarrow ? 3 : 5),
    rows: bars.map((bar, i) => {
      const middle = top + i * rowPx + (isNarrow ? 27 : rowPx / 2);
      return {
        label: fitText(bar.label, isNarrow ? width - 8 : labelRoom - 10),
        labelY: isNarrow ? middle - 12 : middle + 4,
        barY: middle - BAR_PX / 2,
        realX: x(share(bar.real)),
        madeX: x(share(bar.made)),
        markY: middle,
      };
    }),
    targets: bars.map((_, i) => ({ x: 0, y: top + i * rowPx, width, height: rowPx })),
  };
}
