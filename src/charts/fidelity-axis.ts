import { scaleLinear } from "d3";
import type { MarkKind } from "./chart-types.ts";
import { positionOnTrack } from "./floor-ceiling.ts";
import { stackLabels } from "./label-placing.ts";
import { fitText, textWidth, wrapText } from "./text-width.ts";

export interface FidelityMark {
  readonly kind: MarkKind;
  readonly value: number;
  /** The sampler and its value: `GAN 0.868`. */
  readonly label: string;
  /** Written at its mark; the others stand in the right column. */
  readonly isMain: boolean;
}

export interface FidelityRow {
  readonly name: string;
  readonly note: string;
  readonly floor: { readonly value: number; readonly label: string };
  readonly ceiling: { readonly value: number; readonly label: string };
  readonly marks: readonly FidelityMark[];
  /** Instead of the track, where floor and ceiling are closer than noise: a sentence that says so. */
  readonly noTrack: string | null;
  /** Written under a main mark that lies on the wrong side of the floor. */
  readonly belowFloor: string;
}

export interface PlacedFidelityMark {
  readonly kind: MarkKind;
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly isMain: boolean;
}

export interface FidelityLayout {
  readonly isNarrow: boolean;
  readonly height: number;
  readonly floorX: number;
  readonly ceilingX: number;
  readonly plotLeft: number;
  readonly plotRight: number;
  readonly top: number;
  /** Lower end of the two lines: where the rows with a track end. */
  readonly bottom: number;
  readonly floorLabel: { readonly x: number; readonly anchor: "start" | "end" };
  readonly rows: readonly {
    readonly name: string;
    readonly nameY: number;
    readonly notes: readonly string[];
    readonly lineY: number | null;
    /** Null where there is no track. */
    readonly track: {
      readonly y: number;
      readonly ends: readonly [string, string];
      readonly endsY: number;
      readonly marks: readonly PlacedFidelityMark[];
      readonly aside: readonly { readonly text: string; readonly x: number; readonly y: number }[];
      readonly below: { readonly x: number; readonly y: number; readonly text: string } | null;
    } | null;
    /** The sentence and the figures that stand in place of a track. */
    readonly lines: readonly { readonly text: string; readonly y: number; readonly isStrong: boolean }[];
    readonly linesX: number;
  }[];
}

const NARROW_BELOW = 700;
const HEAD = 32;
const LINE = 17;
/** Shares of the way from floor to ceiling that are drawn beyond either. */
const BELOW = 0.25;
const ABOVE = 0.08;

interface Frame {
  readonly isNarrow: boolean;
  readonly width: number;
  readonly plotLeft: number;
  readonly plotRight: number;
  readonly floorX: number;
  readonly ceilingX: number;
}

function frameOf(rows: readonly FidelityRow[], width: number): Frame {
  const isNarrow = width < NARROW_BELOW;
  const asides = rows.flatMap((row) => row.marks.filter((mark) => !mark.isMain).map((mark) => textWidth(mark.label, 12, true)));
  const asideRoom = isNarrow ? 0 : Math.min(width * 0.16, Math.max(60, ...asides)) + 16;
  const plotLeft = isNarrow ? 4 : Math.round(width * 0.22);
  const plotRight = width - (isNarrow ? 4 : asideRoom);
  const unit = (plotRight - plotLeft) / (1 + BELOW + ABOVE);
  return {
    isNarrow,
    width,
    plotLeft,
    plotRight,
    floorX: Math.round(plotLeft + BELOW * unit),
    ceilingX: Math.round(plotRight - ABOVE * unit),
  };
}

function placeTrack(row: FidelityRow, frame: Frame, trackY: number) {
  const { isNarrow, plotLeft, plotRight, floorX, ceilingX, width } = frame;
  const scale = scaleLinear().domain([0, 1]).range([floorX, ceilingX]);
  const shown = row.marks.filter((mark) => Number.isFinite(mark.value));
  const places = shown.map((mark) => positionOnTrack(mark.value, row.floor.value, row.ceiling.value));
  const xs = places.map((at) => Math.max(plotLeft + 10, Math.min(plotRight - 8, scale(at))));
  const mains = shown.flatMap((mark, i) => (mark.isMain ? [{ x: xs[i], width: textWidth(mark.label, 12, true) }] : []));
  const stacked = stackLabels(mains, [isNarrow ? 0 : plotLeft, isNarrow ? width : plotRight]);
  let main = 0;
  const marks = shown.map((mark, i): PlacedFidelityMark => {
    const label = mark.isMain ? stacked[main++] : { x: xs[i], row: 0 };
    return {
      kind: mark.kind,
      x: xs[i],
      y: trackY,
      label: mark.label,
      labelX: label.x,
      labelY: trackY - 16 - label.row * 15,
      isMain: mark.isMain,
    };
  });
  const others = shown.filter((mark) => !mark.isMain).map((mark) => mark.label);
  const aside = isNarrow
    ? wrapText(others.join(" · "), width - 8, 3).map((text, i) => ({ text, x: 4, y: trackY + 38 + i * LINE }))
    : others.map((text, i) => ({
        text: fitText(text, width - plotRight - 14, 12, true),
        x: plotRight + 14,
        y: trackY + 4 + (i - (others.length - 1) / 2) * LINE,
      }));
  const lost = shown.findIndex((mark, i) => mark.isMain && places[i] < 0);
  const half = textWidth(row.belowFloor) / 2;
  const below =
    lost < 0 || row.belowFloor === ""
      ? null
      : {
          x: Math.max(half + (isNarrow ? 0 : plotLeft), Math.min(xs[lost], floorX - 6 - half)),
          y: trackY + 34,
          text: row.belowFloor,
        };
  return {
    y: trackY,
    ends: [row.floor.label, row.ceiling.label] as const,
    endsY: trackY + 20,
    marks,
    aside: others.length === 0 ? [] : aside,
    below: isNarrow ? null : below,
  };
}

/** Where a row starts, and what it holds. */
function placeRow(row: FidelityRow, frame: Frame, top: number) {
  const { isNarrow, width, plotLeft, floorX } = frame;
  const notes = wrapText(row.note, isNarrow ? width - 8 : plotLeft - 16, 2);
  const nAside = row.marks.filter((mark) => !mark.isMain).length;
  if (row.noTrack === null) {
    const trackY = isNarrow ? top + 40 + notes.length * 16 + 16 : top + Math.max(38, (nAside * LINE) / 2 + 14);
    const track = placeTrack(row, frame, trackY);
    const height = isNarrow ? trackY - top + 34 + track.aside.length * LINE : Math.max(84, nAside * LINE + 24);
    return { notes, track, lines: [], linesX: 0, nameY: isNarrow ? top + 22 : trackY - 2, height };
  }
  const room = width - (isNarrow ? 8 : floorX + 6);
  const measured = row.marks.filter((mark) => Number.isFinite(mark.value));
  const figures = measured.map((mark) => mark.label).join(" · ");
  const first = isNarrow ? top + 22 + notes.length * 16 + 18 : top + 30;
  const lines = [
    ...wrapText(row.noTrack, room, 3).map((text) => ({ text, isStrong: false })),
    ...wrapText(figures, room, 3, 12, true).map((text) => ({ text, isStrong: true })),
  ].map((line, i) => ({ ...line, y: first + i * LINE }));
  const end = lines[lines.length - 1]?.y ?? first;
  return {
    notes,
    track: null,
    lines,
    linesX: isNarrow ? 4 : floorX + 6,
    nameY: isNarrow ? top + 22 : first,
    height: end - top + 22,
  };
}

/**
 * Every measure stretched so that its floor stands at the left line and its ceiling at the right one, whichever of them is
 * the larger number. Rows without room between the two come last, without a track.
 */
export function layoutFidelityAxis(rows: readonly FidelityRow[], width: number): FidelityLayout {
  const frame = frameOf(rows, width);
  const ordered = [...rows.filter((row) => row.noTrack === null), ...rows.filter((row) => row.noTrack !== null)];
  let top = HEAD;
  let bottom = HEAD;
  const placed = ordered.map((row, index) => {
    const from = top;
    const { height, ...rest } = placeRow(row, frame, top);
    top += height;
    if (row.noTrack === null) bottom = top - 6;
    return { name: row.name, lineY: index === 0 ? null : from, ...rest };
  });
  return {
    isNarrow: frame.isNarrow,
    height: top,
    floorX: frame.floorX,
    ceilingX: frame.ceilingX,
    plotLeft: frame.plotLeft,
    plotRight: frame.plotRight,
    top: HEAD,
    bottom,
    floorLabel: frame.isNarrow ? { x: 0, anchor: "start" } : { x: frame.floorX + 6, anchor: "start" },
    rows: placed,
  };
}
