import type { Anchor, Reference } from "./chart-types.ts";
import { textWidth } from "./text-width.ts";

export interface PlacedReference extends Reference {
  readonly x: number;
  readonly labelX: number;
  readonly anchor: Anchor;
  /** Counted from the plot upwards, so that labels that would collide stand above each other. */
  readonly row: number;
}

interface Box {
  from: number;
  to: number;
  row: number;
}

const GAP = 5;

function isFree(boxes: readonly Box[], from: number, to: number, row: number): boolean {
  return boxes.every((box) => box.row !== row || to + GAP < box.from || from - GAP > box.to);
}

/**
 * Places the labels of upright reference lines beside their lines: the leftmost reads towards the left, the others
 * towards the right, and one that finds no room moves a row up.
 */
export function placeReferences(
  references: readonly Reference[],
  toX: (value: number) => number,
  bounds: readonly [number, number],
): PlacedReference[] {
  const ordered = [...references].sort((a, b) => a.value - b.value);
  const boxes: Box[] = [];
  return ordered.map((reference, index) => {
    const x = toX(reference.value);
    const width = textWidth(reference.label, 12, reference.kind === "majority");
    const sides: Anchor[] = index === 0 && ordered.length > 1 ? ["end", "start"] : ["start", "end"];
    for (let row = 0; row < ordered.length; row++) {
      for (const anchor of sides) {
        const labelX = anchor === "end" ? x - GAP : x + GAP;
        const from = anchor === "end" ? labelX - width : labelX;
        if (from < bounds[0] || from + width > bounds[1] || !isFree(boxes, from, from + width, row)) continue;
        boxes.push({ from, to: from + width, row });
        return { ...reference, x, labelX, anchor, row };
      }
    }
    const labelX = Math.max(bounds[0], Math.min(x, bounds[1] - width));
    const row = boxes.length;
    boxes.push({ from: labelX, to: labelX + width, row });
    return { ...reference, x, labelX, anchor: "start" as const, row };
  });
}

/** Rows that the labels take. */
export function referenceRows(placed: readonly PlacedReference[]): number {
  return placed.reduce((most, each) => Math.max(most, each.row + 1), 0);
}
