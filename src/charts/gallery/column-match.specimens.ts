import type { ComponentProps } from "svelte";
import ColumnMatch from "../ColumnMatch.svelte";
import type { MatchRow } from "../column-match.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof ColumnMatch>;

const figures: readonly (readonly [string, number, number])[] = [
  ["Payment method", 0.773, 0.974],
  ["Frequency of purchases", 0.793, 0.984],
  ["Season", 0.798, 0.985],
  ["Color", 0.82, 0.956],
  ["Preferred payment", 0.83, 0.979],
  ["Item purchased", 0.85, 0.967],
  ["Shipping type", 0.874, 0.981],
  ["Previous purchases", 0.884, 0.986],
  ["Location", 0.893, 0.948],
  ["Purchase amount, $", 0.895, 0.972],
  ["Review rating", 0.903, 0.987],
  ["Size", 0.931, 0.99],
  ["Age", 0.932, 0.983],
];
const rows: MatchRow[] = figures.map(([name, match, ceiling], i) => ({
  name,
  label: name,
  match,
  floor: 0.72 + (i % 4) * 0.012,
  ceiling,
  isShort: ceiling - match > 0.1,
}));

function build(shown: readonly MatchRow[], more: Partial<Props> = {}): Props {
  return {
    label:
      "Match per column, lowest first: payment method 0.77, frequency 0.79, season 0.80, up to 0.93 for age; a real hold-out reaches 0.95 to 0.99.",
    rows: shown,
    floorLabel: "floor",
    ceilingLabel: "ceiling",
    format: inEnglish(2),
    formatTick: inEnglish(1),
    tip: (row: MatchRow) => ({
      mark: "synthetic",
      title: inEnglish(3)(row.match),
      lines: [row.label, `shuffled ${inEnglish(3)(row.floor)}`, `real hold-out ${inEnglish(3)(row.ceiling)}`],
    }),
    ...more,
  };
}

export const columnMatch: ChartSpecimens<Props> = {
  chart: "column-match",
  widthPx: 620,
  component: ColumnMatch,
  specimens: [
    { state: "empty", title: "Nothing measured yet", props: build([]) },
    { state: "one", title: "One column", props: build(rows.slice(0, 1)) },
    {
      state: "typical",
      title: "Every column is short of real data; payment method most of all",
      note: "Match of each column with the real one, lowest first. The bar marks a real hold-out. 1 is identical.",
      key: [
        { mark: "synthetic", label: "generated, step 214" },
        { mark: "floor", label: "shuffled" },
        { mark: "ceiling", label: "real hold-out" },
      ],
      source: "Five columns tied by rules are made together and left out",
      props: build(rows),
    },
    {
      state: "many",
      title: "Forty columns",
      props: build(
        Array.from({ length: 40 }, (_, i) => ({
          name: `c${i}`,
          label: `Column ${i + 1}`,
          match: 0.74 + i * 0.005,
          floor: 0.7,
          ceiling: 0.98,
          isShort: i < 28,
        })),
      ),
    },
    {
      state: "missing",
      title: "Two columns could not be measured",
      props: build(rows.slice(0, 6).map((row, i) => (i < 2 ? { ...row, match: Number.NaN } : row))),
    },
    {
      state: "long labels",
      title: "Names of columns that never seem to end",
      props: build(rows.slice(0, 5).map((row) => ({ ...row, label: `${row.label}, as it was written down in the till` }))),
    },
    {
      state: "vietnamese",
      title: "Mọi cột đều kém dữ liệu thật; phương thức thanh toán kém nhất",
      props: build(
        ["Phương thức thanh toán", "Tần suất mua hàng", "Mùa", "Màu sắc", "Thanh toán ưa dùng"].map((label, i) => ({
          ...(rows[i] as MatchRow),
          label,
        })),
        {
          label: "Độ khớp của từng cột, thấp nhất trước.",
          floorLabel: "sàn",
          ceilingLabel: "trần",
          format: inVietnamese(2),
          formatTick: inVietnamese(1),
        },
      ),
    },
    { state: "dark", title: "Every column is short of real data", props: build(rows) },
  ],
};
