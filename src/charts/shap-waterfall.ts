import type { Format, Tick } from "./chart-types.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

/** What one column, at the customer's value, adds to the score. */
export interface WaterfallStep {
  readonly label: string;
  /** The customer's value in words; empty for all that is left. */
  readonly value: string;
  readonly amount: number;
}

export interface WaterfallLayout {
  readonly height: number;
  readonly left: number;
  readonly valueX: number;
  readonly isStacked: boolean;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly baseX: number;
  readonly baseY: number;
  readonly totalX: number;
  readonly totalY: number;
  readonly steps: readonly {
    readonly label: string;
    readonly value: string;
    readonly labelY: number;
    readonly y: number;
    readonly fromX: number;
    readonly toX: number;
    readonly isUp: boolean;
    readonly text: string;
    readonly textX: number;
    readonly anchor: "start" | "end";
  }[];
}

const ROW = 30;
const STACKED_ROW = 44;

/** The largest steps, and one that adds up the others; the order is by size, what is left comes last. */
export function largestSteps(steps: readonly WaterfallStep[], nShown: number, restLabel: (n: number) => string): WaterfallStep[] {
  const ordered = [...steps].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const rest = ordered.slice(nShown);
  if (rest.length === 0) return ordered;
  const amount = rest.reduce((sum, step) => sum + step.amount, 0);
  return [...ordered.slice(0, nShown), { label: restLabel(rest.length), value: "", amount }];
}

/** From the score before any column, step by step, to the score of this customer. */
export function layoutShapWaterfall(
  base: number,
  steps: readonly WaterfallStep[],
  options: { readonly width: number; readonly format: Format; readonly formatStep: Format },
): WaterfallLayout {
  const { width, format, formatStep } = options;
  const isStacked = width < 480;
  const widest = steps.reduce((most, step) => Math.max(most, textWidth(step.label)), 96);
  const labelRoom = Math.min(widest, width * 0.26);
  const valueRoom = Math.min(
    steps.reduce((most, step) => Math.max(most, textWidth(step.value)), 0),
    width * 0.16,
  );
  const left = isStacked ? 8 : Math.ceil(labelRoom + valueRoom + 36);
  const totals = [base];
  for (const step of steps) totals.push((totals.at(-1) ?? base) + step.amount);
  const textRoom = steps.reduce((most, step) => Math.max(most, textWidth(formatStep(step.amount), 12, true)), 30) + 10;
  const scale = niceScale(totals, [left + textRoom, width - textRoom]);
  const step = isStacked ? STACKED_ROW : ROW;
  const top = 6;
  const rowY = (row: number) => top + row * step + (isStacked ? 30 : ROW / 2);
  const bottom = top + (steps.length + 2) * step + 4;
  return {
    height: bottom + 24,
    left,
    valueX: left - 20,
    isStacked,
    top,
    bottom,
    ticks: ticksOf(scale, format, width - left < 320 ? 3 : 5),
    baseX: scale(base),
    baseY: rowY(0),
    totalX: scale(totals.at(-1) ?? base),
    totalY: rowY(steps.length + 1),
    steps: steps.map((each, index) => {
      const fromX = scale(totals[index] ?? base);
      const toX = scale(totals[index + 1] ?? base);
      const isUp = each.amount >= 0;
      return {
        label: fitText(each.label, isStacked ? width * 0.56 : labelRoom),
        value: fitText(each.value, isStacked ? width * 0.4 : valueRoom),
        labelY: isStacked ? rowY(index + 1) - 13 : rowY(index + 1) + 4,
        y: rowY(index + 1),
        fromX,
        toX,
        isUp,
        text: formatStep(each.amount),
        textX: isUp ? Math.max(fromX, toX) + 6 : Math.min(fromX, toX) - 6,
        anchor: isUp ? "start" : "end",
      };
    }),
  };
}
