import { scaleLinear } from "d3";
import type { Interval } from "./chart-types.ts";
import { extentOf } from "./scales.ts";
import { textWidth, wrapText } from "./text-width.ts";

export interface TraitRow extends Interval {
  readonly label: string;
}

export interface TraitLayout {
  readonly height: number;
  readonly referenceX: number;
  readonly referenceLabelX: number;
  readonly rows: readonly {
    /** One line, or two where the label is long. */
    readonly lines: readonly string[];
    readonly y: number;
    readonly x: number;
    readonly lowX: number;
    readonly highX: number;
    readonly valueText: string;
    /** The interval holds the reference: no measurable difference. */
    readonly isQuiet: boolean;
  }[];
}

const ROW = 24;
const LINE = 14;

/** Rows of one dot each against a common reference; `fullRange` keeps several cards on one scale. */
export function layoutTraitDots(
  traits: readonly TraitRow[],
  options: {
    readonly width: number;
    readonly reference: number;
    readonly referenceLabel: string;
    readonly format: (value: number) => string;
    readonly fullRange: readonly [number, number] | null;
  },
): TraitLayout {
  const { width, reference, referenceLabel, format, fullRange } = options;
  const isQuiet = (trait: TraitRow) => trait.low <= reference && trait.high >= reference;
  const texts = traits.map((trait) => format(trait.value));
  const valueRoom = texts.reduce((most, text) => Math.max(most, textWidth(text, 12, true)), 18) + 10;
  const widest = traits.reduce((most, trait) => Math.max(most, textWidth(trait.label, 12, !isQuiet(trait))), 0);
  const labelRoom = Math.min(widest, width * 0.52) + 12;
  const values = traits.flatMap((trait) => [trait.low, trait.value, trait.high]);
  const [low, high] = fullRange ?? extentOf(values, [reference - 1, reference + 1]);
  const half = Math.max(Math.abs(high - reference), Math.abs(reference - low)) || 1;
  const x = scaleLinear()
    .domain([reference - half, reference + half])
    .range([labelRoom, Math.max(labelRoom + 40, width - valueRoom)])
    .clamp(true);
  const lines = traits.map((trait) => wrapText(trait.label, labelRoom - 12, 2, 12, !isQuiet(trait)));
  const placed = lines.reduce<{ ys: number[]; end: number }>(
    ({ ys, end }, { length }) => ({ ys: [...ys, end + (ROW + (length - 1) * LINE) / 2], end: end + ROW + (length - 1) * LINE }),
    { ys: [], end: 22 },
  );
  const labelHalf = textWidth(referenceLabel) / 2;
  return {
    height: placed.end + 6,
    referenceX: x(reference),
    referenceLabelX: Math.max(labelHalf, Math.min(width - labelHalf, x(reference))),
    rows: traits.map((trait, index) => ({
      lines: lines[index] ?? [],
      y: placed.ys[index] ?? 0,
      x: x(trait.value),
      lowX: x(trait.low),
      highX: x(trait.high),
      valueText: texts[index] ?? "",
      isQuiet: isQuiet(trait),
    })),
  };
}
