import type { DotRow } from "../../../charts/dot-rows.ts";
import type { ColumnDifference, SegmentComparison } from "../../../workers/data.jobs.ts";
import { formatList, formatNumber, formatPercent, formatShortNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import type { SegmentView } from "./segment-views.ts";
import { traitName } from "./segments-words.ts";

/** Whether there is nothing to tell: the interval of the effect holds 0, or the effect is too small to be called one. */
export const isQuiet = ({ measure, size, effectLow, low, high }: ColumnDifference): boolean =>
  size === "none" || (measure === "cramers-v" ? !(effectLow !== null && effectLow > 0) : !(low > 0 || high < 0));

/** A mean, or the share of a level. */
export const amountWords = ({ value }: ColumnDifference, amount: number): string =>
  value === null ? formatShortNumber(amount, 2) : formatPercent(amount);

export function differenceWords(column: ColumnDifference): string {
  const write = (amount: number) =>
    column.value === null ? formatShortNumber(amount, 2) : m.segments_points({ points: formatNumber(amount * 100, 1) });
  return m.segments_compare_difference({
    difference: write(column.difference),
    low: write(column.low),
    high: write(column.high),
  });
}

const SIZES: Readonly<Record<ColumnDifference["size"], () => string>> = {
  none: m.segments_effect_none,
  small: m.segments_effect_small,
  medium: m.segments_effect_medium,
  large: m.segments_effect_large,
};

/** “d = 1.24, large”. */
export function effectWords(column: ColumnDifference): string {
  if (column.effect === null) return "–";
  const letter = column.measure === "cohens-d" ? "d" : "V";
  return m.segments_effect({ letter, effect: formatNumber(column.effect, 2), size: SIZES[column.size]() });
}

export const columnWords = (column: ColumnDifference, labels: Labels): string => {
  const name = traitName(column, labels);
  return column.isUsed ? m.segments_compare_used({ column: name }) : name;
};

/** Effects of one measure as rows; the two measures do not share a scale. */
export function effectRows(
  columns: readonly ColumnDifference[],
  labels: Labels,
  views: readonly [first: SegmentView, second: SegmentView],
): DotRow[] {
  return columns.map((column) => {
    const effect = column.effect ?? Number.NaN;
    const isFirst = column.measure === "cramers-v" ? column.difference >= 0 : effect >= 0;
    return {
      label: columnWords(column, labels),
      valueText: column.effect === null ? "–" : formatNumber(effect, 2),
      dots: [
        {
          value: effect,
          low: column.effectLow,
          high: column.effectHigh,
          color: isFirst ? views[0].color : views[1].color,
          isQuiet: isQuiet(column),
        },
      ],
    };
  });
}

const MAX_NAMED = 3;

/** What sets the two apart, columns that made the segments told apart from those that did not. */
export function compareFinding(
  comparison: SegmentComparison,
  labels: Labels,
  names: { readonly first: string; readonly second: string },
): string {
  const differing = comparison.columns.filter((column) => !isQuiet(column));
  const found = differing.filter((column) => !column.isUsed).slice(0, MAX_NAMED);
  if (differing.length === 0) return m.segments_compare_title_none(names);
  if (found.length === 0) return m.segments_compare_title_used(names);
  return m.segments_compare_title({ ...names, columns: formatList(found.map((column) => labels.column(column.column))) });
}
