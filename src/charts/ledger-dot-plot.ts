import type { Format, Interval, MarkKind, Provenance, Reference, Tick } from "./chart-types.ts";
import { type PlacedReference, placeReferences, referenceRows } from "./references.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface LedgerArm {
  readonly label: string;
  /** What made the added rows: stands before the label, and where the arm is tested on such rows. */
  readonly mark?: MarkKind;
  /** Scores on real, mixed and synthetic test rows; only those that exist. */
  readonly scores: Readonly<Partial<Record<Provenance, Interval>>>;
  /** Right column: the gain and what it means; null for the arm the others are compared with. */
  readonly gain: {
    readonly value: string;
    readonly verdict: string;
    readonly shortVerdict: string;
    readonly interval: string;
  } | null;
  /** Stands in the right column of the arm without a gain. */
  readonly yardstick?: string;
}

export interface LedgerLayout {
  readonly isNarrow: boolean;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly references: readonly PlacedReference[];
  readonly asideX: number;
  readonly verdictX: number;
  readonly arms: readonly {
    readonly label: string;
    readonly labelX: number;
    readonly labelY: number;
    readonly mark: MarkKind | null;
    readonly lineY: number | null;
    readonly aside: string;
    readonly marks: readonly {
      readonly kind: Provenance;
      readonly x: number;
      readonly y: number;
      readonly lowX: number;
      readonly highX: number;
    }[];
  }[];
}

const ORDER: readonly Provenance[] = ["real", "mixed", "synthetic"];
const NARROW_BELOW = 700;
const WIDE = { row: 62, label: 25, firstMark: 20, markStep: 17, head: 24, less: 6 };
const NARROW = { row: 86, label: 18, firstMark: 38, markStep: 17, head: 20, less: 17 };
const MARK_ROOM = 18;

/**
 * One arm per training set, each with a mark for every kind of test row. On a narrow page labels and gains stand above
 * the marks.
 */
export function layoutLedgerDotPlot(
  arms: readonly LedgerArm[],
  references: readonly Reference[],
  options: { readonly width: number; readonly gainTitle: string; readonly formatTick: Format },
): LedgerLayout {
  const { width, gainTitle, formatTick } = options;
  const isNarrow = width < NARROW_BELOW;
  const size = isNarrow ? NARROW : WIDE;
  const labelRoom =
    Math.min(
      width * 0.24,
      arms.reduce((most, arm) => Math.max(most, (arm.mark ? MARK_ROOM : 0) + textWidth(arm.label, 13, true)), 100),
    ) + 20;
  const valueRoom = arms.reduce((most, arm) => Math.max(most, textWidth(arm.gain?.value ?? "", 15, true)), 40) + 10;
  const asideRoom = arms.reduce(
    (most, arm) =>
      Math.max(
        most,
        valueRoom + textWidth(arm.gain?.verdict ?? ""),
        textWidth(arm.gain?.interval ?? ""),
        textWidth(arm.yardstick ?? ""),
      ),
    textWidth(gainTitle, 12, true),
  );
  const left = isNarrow ? 6 : labelRoom;
  const right = isNarrow ? width - 6 : width - Math.min(asideRoom, width * 0.28) - 24;
  const scores = arms.flatMap((arm) => ORDER.flatMap((kind) => arm.scores[kind] ?? []));
  const scale = niceScale(
    [...scores.flatMap((score) => [score.low, score.value, score.high]), ...references.map((each) => each.value)],
    [left, right],
    isNarrow ? 5 : 6,
  );
  const placed = placeReferences(references, scale, [0, isNarrow ? width : right]);
  const top = size.head - 12 + Math.max(1, referenceRows(placed)) * 16;
  const aside = (arm: LedgerArm) => {
    if (arm.gain === null) return arm.yardstick ?? "";
    return isNarrow ? `${arm.gain.value}: ${arm.gain.shortVerdict}` : arm.gain.value;
  };
  const kindsOf = (arm: LedgerArm) => ORDER.filter((kind) => arm.scores[kind] !== undefined);
  // An arm with fewer marks takes less room.
  const heights = arms.map((arm) => size.row - (ORDER.length - Math.max(1, kindsOf(arm).length)) * size.less);
  const tops = heights.map((_, i) => heights.slice(0, i).reduce((sum, each) => sum + each, top));
  const bottom = heights.reduce((sum, each) => sum + each, top);
  return {
    isNarrow,
    height: bottom + 28,
    left,
    right,
    top,
    bottom,
    ticks: arms.length === 0 ? [] : ticksOf(scale, formatTick, isNarrow ? 5 : 6),
    references: placed,
    asideX: isNarrow ? width : right + 24,
    verdictX: right + 24 + valueRoom,
    arms: arms.map((arm, index) => {
      const armTop = tops[index] ?? top;
      const labelX = arm.mark ? MARK_ROOM : 0;
      const asideWidth = isNarrow ? textWidth(aside(arm)) + 12 : 0;
      return {
        label: fitText(arm.label, (isNarrow ? width - asideWidth : labelRoom - 12) - labelX, 13, true),
        labelX,
        mark: arm.mark ?? null,
        labelY: armTop + size.label,
        lineY: index === 0 ? null : armTop,
        aside: aside(arm),
        marks: kindsOf(arm).map((kind, k) => {
          const score = arm.scores[kind] ?? { value: 0, low: 0, high: 0 };
          return {
            kind,
            x: scale(score.value),
            y: armTop + size.firstMark + k * size.markStep,
            lowX: scale(score.low),
            highX: scale(score.high),
          };
        }),
      };
    }),
  };
}
