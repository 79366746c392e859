import type { ComponentProps } from "svelte";
import BarList from "../BarList.svelte";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

const label = "Four combinations: 1,248, 1,053, 975 and 624 customers.";
const rows = [
  { label: "Female, neither", value: 1248 },
  { label: "Male, subscribes and discount", value: 1053 },
  { label: "Male, neither", value: 975 },
  { label: "Male, discount only", value: 624 },
];
const shares = [
  { label: "Weekly", value: 0.14, reference: 0.138 },
  { label: "Fortnightly", value: 0.15, reference: 0.139 },
  { label: "Quarterly", value: 0.21, reference: 0.144, isStrong: true },
  { label: "Annually", value: 0.18, reference: 0.147 },
];
const percent = (value: number) => inEnglish(0, " %")(value * 100);

export const barList: ChartSpecimens<ComponentProps<typeof BarList>> = {
  chart: "bar-list",
  widthPx: 436,
  component: BarList,
  specimens: [
    { state: "empty", title: "No combination", props: { label, rows: [], format: inEnglish(0) } },
    { state: "one", title: "One combination", props: { label, rows: rows.slice(0, 1), format: inEnglish(0) } },
    {
      state: "typical",
      title: "Four combinations occur, four never do",
      note: "Gender, Subscription and Discount. No woman in this file has either.",
      source: "n = 3,900",
      table: {
        columns: [
          { label: "combination", isNumeric: false },
          { label: "customers", isNumeric: true },
        ],
        rows: rows.map((row) => [row.label, inEnglish(0)(row.value)]),
      },
      props: { label, rows, format: inEnglish(0) },
    },
    {
      state: "many",
      title: "Twenty-five items",
      props: {
        label,
        rows: Array.from({ length: 25 }, (_, i) => ({ label: `Item ${i + 1}`, value: 171 - 2 * i })),
        format: inEnglish(0),
      },
    },
    {
      state: "missing",
      title: "One share is not known",
      props: { label, rows: [...rows.slice(0, 2), { label: "Not given", value: Number.NaN }], format: inEnglish(0) },
    },
    {
      state: "long labels",
      title: "Labels stand above their bars",
      props: {
        label,
        rows: rows.map((row) => ({ ...row, label: `${row.label}, and came back within the year to the same shop` })),
        format: inEnglish(0),
      },
    },
    {
      state: "vietnamese",
      title: "Bốn tổ hợp có thật, bốn tổ hợp không bao giờ có",
      props: {
        label: "Bốn tổ hợp: 1.248, 1.053, 975 và 624 khách hàng.",
        rows: [
          { label: "Nữ, không có gì", value: 1248 },
          { label: "Nam, có đăng ký và giảm giá", value: 1053 },
          { label: "Nam, không có gì", value: 975 },
          { label: "Nam, chỉ giảm giá", value: 624 },
        ],
        format: inVietnamese(0),
      },
    },
    { state: "dark", title: "Quarterly, at 21 %", props: { label, rows: shares, format: percent, tone: "neutral" } },
  ],
};
