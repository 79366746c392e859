import { scaleLinear } from "d3";
import type { MarkKind } from "./chart-types.ts";
import { stackLabels } from "./label-placing.ts";
import { textWidth } from "./text-width.ts";

export interface TrackMark {
  readonly kind: MarkKind;
  readonly value: number;
  readonly label: string;
}

export interface TrackEnd {
  readonly value: number;
  readonly label: string;
}

export interface TrackLayout {
  readonly height: number;
  readonly trackY: number;
  readonly top: number;
  readonly bottom: number;
  readonly floorX: number;
  readonly ceilingX: number;
  readonly right: number;
  readonly marks: readonly {
    readonly kind: MarkKind;
    readonly x: number;
    readonly label: string;
    readonly labelX: number;
    readonly labelY: number;
    /** Further out than the drawing reaches: drawn at its edge. */
    readonly isCut: boolean;
  }[];
  readonly aim: { readonly x: number; readonly label: string; readonly labelX: number; readonly labelY: number } | null;
  readonly floorLabel: { readonly x: number; readonly anchor: "start" | "middle" };
  readonly ceilingLabel: { readonly x: number; readonly anchor: "end" | "middle" };
}

/** Fraction of the way from floor to ceiling; works whichever of them is the larger. */
export function positionOnTrack(value: number, floor: number, ceiling: number): number {
  return (value - floor) / (ceiling - floor);
}

/**
 * One measure stretched so that its floor stands at the left line and its ceiling at the right one; marks may lie beyond
 * either. Labels stand above the track, in further rows where they would touch.
 */
export function layoutFloorCeiling(
  options: {
    readonly width: number;
    readonly floor: TrackEnd;
    readonly ceiling: TrackEnd;
    readonly aim: TrackEnd | null;
  },
  marks: readonly TrackMark[],
): TrackLayout {
  const { width, floor, ceiling, aim } = options;
  const right = width - 4;
  const floorX = Math.round(width * 0.2);
  const ceilingX = Math.round(width * 0.92);
  const x = scaleLinear().domain([0, 1]).range([floorX, ceilingX]);
  const raw = marks.map((mark) => x(positionOnTrack(mark.value, floor.value, ceiling.value)));
  const kept = raw.map((at) => Math.max(12, Math.min(right - 8, at)));
  const aimX = aim === null ? null : x(positionOnTrack(aim.value, floor.value, ceiling.value));
  const boxes = [
    ...marks.map((mark, index) => ({ x: kept[index] ?? 0, width: textWidth(mark.label, 12, true) })),
    ...(aim === null || aimX === null ? [] : [{ x: aimX, width: textWidth(aim.label) }]),
  ];
  const stacked = stackLabels(boxes, [0, width]);
  const nRows = stacked.reduce((most, each) => Math.max(most, each.row + 1), 1);
  const top = nRows * 16 + 4;
  const labelY = (row: number) => (nRows - row) * 16 - 4;
  const aimBox = stacked[marks.length];
  const floorHalf = textWidth(floor.label) / 2;
  const ceilingHalf = textWidth(ceiling.label, 12, true) / 2;
  return {
    height: top + 28 + 24,
    trackY: top + 14,
    top,
    bottom: top + 28,
    floorX,
    ceilingX,
    right,
    marks: marks.map((mark, index) => ({
      kind: mark.kind,
      x: kept[index] ?? 0,
      label: mark.label,
      labelX: stacked[index]?.x ?? 0,
      labelY: labelY(stacked[index]?.row ?? 0),
      isCut: kept[index] !== raw[index],
    })),
    aim:
      aim === null || aimX === null
        ? null
        : {
            x: Math.max(4, Math.min(right, aimX)),
            label: aim.label,
            labelX: aimBox?.x ?? aimX,
            labelY: labelY(aimBox?.row ?? 0),
          },
    floorLabel: floorX - floorHalf < 0 ? { x: 0, anchor: "start" } : { x: floorX, anchor: "middle" },
    ceilingLabel: ceilingX + ceilingHalf > width ? { x: width, anchor: "end" } : { x: ceilingX, anchor: "middle" },
  };
}
