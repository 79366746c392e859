import type { ComponentProps } from "svelte";
import DotRows from "../DotRows.svelte";
import type { DotRow } from "../dot-rows.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof DotRows>;

function row(label: string, value: number, half: number): DotRow {
  const isQuiet = Math.abs(value) < half;
  const dot = { value, low: value - half, high: value + half, color: "var(--ink)", isQuiet };
  return { label, valueText: inEnglish(2)(value), dots: [dot] };
}

const effects: DotRow[] = [
  row("Previous purchases", 3.41, 0.14),
  row("Age", -0.62, 0.09),
  row("Purchase amount", 0.04, 0.09),
  row("Review rating", -0.02, 0.09),
];
const TIERS = ["var(--tier-diamond)", "var(--tier-gold)", "var(--tier-silver)", "var(--tier-bronze)"];
const profile = (label: string, values: readonly number[]): DotRow => ({
  label,
  valueText: "",
  dots: values.map((value, i) => ({ value, low: null, high: null, color: TIERS[i], isQuiet: false })),
});

function build(rows: readonly DotRow[], more: Partial<Props> = {}): Props {
  return {
    label: "Differences of two segments by column, the largest first: previous purchases 3.41, age −0.62, others about nothing.",
    rows,
    references: [{ value: 0, label: "no difference" }],
    format: inEnglish(1),
    tip: (index: number, dot: number) => ({
      title: rows[index]?.label ?? "",
      lines: [`${rows[index]?.dots[dot]?.value ?? ""}`],
    }),
    ...more,
  };
}

export const dotRows: ChartSpecimens<Props> = {
  chart: "dot-rows",
  widthPx: 712,
  component: DotRows,
  specimens: [
    { state: "empty", title: "Nothing to compare", props: build([]) },
    { state: "one", title: "One column", props: build(effects.slice(0, 1)) },
    { state: "typical", title: "Previous purchases set the two apart", source: "95 % intervals", props: build(effects) },
    {
      state: "many",
      title: "Four segments in nineteen columns",
      props: build(
        Array.from({ length: 19 }, (_, i) => profile(`Column ${i + 1}`, [1.2 - i / 10, 0.4, -0.3, -1.1 + i / 12])),
        { references: [{ value: 0, label: "all customers" }] },
      ),
    },
    {
      state: "missing",
      title: "One value is not known",
      props: build([
        effects[0],
        { label: "A column with one value", valueText: "–", dots: [{ ...effects[1].dots[0], value: Number.NaN }] },
      ]),
    },
    {
      state: "long labels",
      title: "Names wrap",
      widthPx: 360,
      props: build(
        effects.map((each) => ({ ...each, label: `${each.label} over the last twelve months before the export` })),
        {
          width: 360,
        },
      ),
    },
    {
      state: "vietnamese",
      title: "Số lần mua trước phân biệt hai nhóm",
      props: build(
        ["Số lần mua trước", "Tuổi", "Số tiền mua", "Điểm đánh giá"].map((label, i) => ({ ...effects[i], label })),
        {
          label: "Khác biệt giữa hai phân khúc theo cột, lớn nhất trước.",
          references: [{ value: 0, label: "không khác" }],
          format: inVietnamese(1),
        },
      ),
    },
    { state: "dark", title: "Previous purchases set the two apart", props: build(effects) },
  ],
};
