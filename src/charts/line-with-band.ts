import { area, line, scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { textWidth } from "./text-width.ts";

export interface BandPoint {
  readonly x: number;
  /** NaN where it was not measured: the line is interrupted. */
  readonly value: number;
  /** Range of the comparison; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly centre: number | null;
}

export interface LineLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly yTicks: readonly Tick[];
  readonly xTicks: readonly Tick[];
  readonly band: string;
  readonly centre: string;
  readonly line: string;
  readonly dots: readonly { readonly index: number; readonly x: number; readonly y: number; readonly isChosen: boolean }[];
  /** Left ends of the direct labels, on their first baseline. */
  readonly valueLabel: Spot | null;
  readonly bandLabel: Spot | null;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Points along a polyline, near enough to each other that no label slips between them. */
function alongLine(corners: readonly Spot[]): Spot[] {
  const spots = corners.filter((corner) => Number.isFinite(corner.y));
  return spots.flatMap((from, index) => {
    const to = spots[index + 1] ?? from;
    const nSteps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 4);
    return Array.from({ length: nSteps + 1 }, (_, step) => ({
      x: from.x + ((to.x - from.x) * step) / (nSteps || 1),
      y: from.y + ((to.y - from.y) * step) / (nSteps || 1),
    }));
  });
}

/** Of several places for a text, left end on its baseline, the first that covers least of what is drawn. */
function clearest(places: readonly Spot[], size: { width: number; nLines: number }, drawn: readonly Spot[]): Spot | null {
  const covered = ({ x, y }: Spot) =>
    drawn.filter(
      (spot) => spot.x > x - 3 && spot.x < x + size.width + 3 && spot.y > y - 12 && spot.y < y + 5 + (size.nLines - 1) * LINE_PX,
    ).length;
  return (
    places.reduce<{ place: Spot; cost: number } | null>((best, place) => {
      const cost = covered(place);
      return best === null || cost < best.cost ? { place, cost } : best;
    }, null)?.place ?? null
  );
}

const LINE_PX = 15;
/** Height of a line's letters above its baseline. */
const TEXT_PX = 10;
/** Half the width of a band over a single point. */
const ONE_POINT_HALF = 14;

interface BandRow {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** A measured line against the range that a comparison reaches, over a few whole numbers. */
export function layoutLineWithBand(
  points: readonly BandPoint[],
  options: {
    readonly width: number;
    readonly height: number;
    readonly chosen: number | null;
    readonly formatX: Format;
    readonly formatY: Format;
    readonly valueLabel: string;
    readonly bandWords: readonly string[];
  },
): LineLayout {
  const { width, height, chosen, formatX, formatY, valueLabel, bandWords } = options;
  const every = points.flatMap((point) => [point.value, point.low ?? Number.NaN, point.high ?? Number.NaN]);
  const top = 18;
  const bottom = height - 40;
  const y = niceScale(every, [bottom, top], 5);
  const yTicks = points.length === 0 ? [] : ticksOf(y, formatY, 5);
  const left = Math.ceil(yTicks.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 16)) + 10;
  const right = width - 8;
  const xs = points.map((point) => point.x);
  const x = scaleLinear()
    .domain([Math.min(...xs, Infinity), Math.max(...xs, -Infinity)].map((each) => (Number.isFinite(each) ? each : 0)))
    .range(points.length > 1 ? [left + 14, right - 14] : [(left + right) / 2, (left + right) / 2]);
  const banded = points.flatMap((point): BandRow[] =>
    point.low === null || point.high === null ? [] : [{ x: point.x, low: point.low, high: point.high }],
  );
  const lineOf = line<{ x: number; y: number }>()
    .defined((point) => Number.isFinite(point.y))
    .x((point) => x(point.x))
    .y((point) => y(point.y))
    .digits(1);
  const bandOf = area<BandRow>()
    .x((row, index) => x(row.x) + (banded.length === 1 ? ONE_POINT_HALF : 0) * (index === 0 ? -1 : 1))
    .y0((row) => y(row.low))
    .y1((row) => y(row.high))
    .digits(1);
  const dots = points.flatMap((point, index) =>
    Number.isFinite(point.value) ? [{ index, x: x(point.x), y: y(point.value), isChosen: point.x === chosen }] : [],
  );
  const anchorDot = dots.find((dot) => dot.isChosen) ?? dots.at(-1);
  const edges = [banded.map((row) => ({ x: x(row.x), y: y(row.low) })), banded.map((row) => ({ x: x(row.x), y: y(row.high) }))];
  const drawn = [...edges, dots].flatMap(alongLine);
  const upright = dots.flatMap((dot) => (dot.isChosen ? alongLine([dot, { x: dot.x, y: bottom }]) : []));
  const valueWidth = textWidth(valueLabel, 12, true);
  const inside = (place: Spot, textRoom: number) => place.x >= left && place.x + textRoom <= width && place.y >= top - 6;
  const valuePlaces = anchorDot
    ? [-10, 20, -26].flatMap((dy) =>
        [12, -12 - valueWidth, -valueWidth / 2].map((dx) => ({ x: anchorDot.x + dx, y: anchorDot.y + dy })),
      )
    : [];
  const valuePlace = clearest(
    valuePlaces.filter((place) => inside(place, valueWidth)),
    { width: valueWidth, nLines: 1 },
    [...drawn, ...upright],
  );
  const bandWidth = Math.max(0, ...bandWords.map((words) => textWidth(words)));
  const bandRoom = bandWords.length * LINE_PX;
  const bandPlaces = banded.flatMap((row) =>
    [y(row.low) + 18, y(row.high) - bandRoom + 5].map((place) => ({
      x: Math.max(left + 4, Math.min(right - bandWidth, x(row.x) - bandWidth / 2)),
      y: Math.max(top + 8, Math.min(bottom - bandRoom + 8, place)),
    })),
  );
  const valueBox = valuePlace
    ? [0, -TEXT_PX].flatMap((dy) => {
        const y = valuePlace.y + dy;
        return alongLine([
          { x: valuePlace.x, y },
          { x: valuePlace.x + valueWidth, y },
        ]);
      })
    : [];
  const bandPlace = clearest(bandPlaces, { width: bandWidth, nLines: bandWords.length }, [...drawn, ...upright, ...valueBox]);
  return {
    height,
    left,
    right,
    top,
    bottom,
    yTicks,
    xTicks: points.map((point) => ({ position: x(point.x), label: formatX(point.x), isStrong: point.x === chosen })),
    band: bandOf(banded.length === 1 ? [...banded, ...banded] : banded) ?? "",
    centre: lineOf(points.map((point) => ({ x: point.x, y: point.centre ?? Number.NaN }))) ?? "",
    line: lineOf(points.map((point) => ({ x: point.x, y: point.value }))) ?? "",
    dots,
    valueLabel: valuePlace ?? valuePlaces[0] ?? null,
    bandLabel: bandPlace,
  };
}
