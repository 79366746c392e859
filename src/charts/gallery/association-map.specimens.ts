import type { ComponentProps } from "svelte";
import AssociationMap from "../AssociationMap.svelte";
import type { AssociationColumn, AssociationPair } from "../association-map.ts";
import type { Tip } from "../chart-types.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof AssociationMap>;

const names = [
  "Item purchased",
  "Category",
  "Gender",
  "Subscription",
  "Discount applied",
  "Promo code",
  "Frequency",
  "Age",
  "Purchase amount",
  "Previous purchases",
  "Review rating",
  "Location",
  "Size",
  "Color",
  "Season",
  "Payment method",
  "Preferred payment",
  "Shipping type",
];
const vietnamese = [
  "Mặt hàng đã mua",
  "Danh mục",
  "Giới tính",
  "Đăng ký thành viên",
  "Áp dụng giảm giá",
  "Dùng mã khuyến mãi",
  "Tần suất mua hàng",
  "Tuổi",
  "Số tiền mua (USD)",
  "Số lần mua trước",
  "Điểm đánh giá",
  "Địa điểm",
  "Kích cỡ",
  "Màu sắc",
  "Mùa",
  "Phương thức thanh toán",
  "Thanh toán ưa dùng",
  "Kiểu giao hàng",
];
const signals: readonly (readonly [number, number, number])[] = [
  [0, 1, 1],
  [2, 3, 0.42],
  [2, 4, 0.6],
  [2, 5, 0.6],
  [3, 4, 0.7],
  [3, 5, 0.7],
  [4, 5, 1],
];
const notes: Readonly<Record<number, string>> = {
  1: "Item decides Category: 1.00",
  3: "with Gender 0.42",
  4: "with Gender 0.60, Subscription 0.70",
  5: "equals Discount: 1.00; the rest follows",
};

function pairsOf(columns: readonly string[]): AssociationPair[] {
  return columns.flatMap((a, row) =>
    columns.slice(0, row).map((b, column) => ({
      a,
      b,
      value: signals.find(([i, j]) => i === column && j === row)?.[2] ?? ((row * 7 + column * 3) % 6) / 100,
    })),
  );
}

function tipIn(format: (value: number) => string, identifier: string) {
  return (row: AssociationColumn, column: AssociationColumn, value: number | null): Tip => ({
    title: value === null ? identifier : format(value),
    lines: [`${row.label} · ${column.label}`],
  });
}

function build(columns: readonly AssociationColumn[], more: Partial<Props> = {}): Props {
  return {
    label: "Association of the columns, lower triangle: only seven cells are bright.",
    columns,
    pairs: pairsOf(columns.map((column) => column.name)),
    fieldNote: ["The other 146 pairs", "at most 0.05, like data with its columns shuffled"],
    format: inEnglish(0),
    tip: tipIn(inEnglish(2), "not compared"),
    ...more,
  };
}

const typical: AssociationColumn[] = [
  ...names.map((name, index) => ({ name, label: name, ...(notes[index] === undefined ? {} : { notes: [notes[index]] }) })),
  { name: "Customer ID", label: "Customer ID", isIdentifier: true },
];
const bare = { fieldNote: [] };

export const associationMap: ChartSpecimens<Props> = {
  chart: "association-map",
  widthPx: 620,
  component: AssociationMap,
  specimens: [
    { state: "empty", title: "No columns to compare", props: build([], bare) },
    { state: "one", title: "One column alone", props: build([{ name: "Age", label: "Age" }], bare) },
    {
      state: "typical",
      title: "Seven bright cells, and an empty field",
      note: "Bias-corrected Cramér’s V of each pair, numbers in 10 bins; linked columns first. Hatched: an identifier, not compared.",
      source: "n = 3,900 · 153 pairs of 18 columns",
      table: {
        columns: [
          { label: "pair", isNumeric: false },
          { label: "Cramér’s V", isNumeric: true },
        ],
        rows: signals.map(([i, j, value]) => [`${names[i]} · ${names[j]}`, inEnglish(2)(value)]),
      },
      props: build(typical),
    },
    {
      state: "many",
      title: "Thirty columns",
      props: build(
        Array.from({ length: 30 }, (_, i) => ({ name: `Column ${i + 1}`, label: `Column ${i + 1}` })),
        { fieldNote: ["The other 428 pairs", "at most 0.05"] },
      ),
    },
    {
      state: "missing",
      title: "Some pairs were not compared",
      props: build(typical.slice(0, 8), { pairs: pairsOf(names.slice(0, 8)).filter((_, i) => i % 4 !== 0) }),
    },
    {
      state: "long labels",
      title: "Names of columns that never seem to end",
      props: build(
        typical.map((column) => ({
          ...column,
          label: `${column.label}, as it was written down in the till of the shop`,
          ...(column.notes === undefined
            ? {}
            : { notes: [`${column.notes[0]}, and a remark that is much too long for the room it has`, ...column.notes] }),
        })),
      ),
    },
    {
      state: "vietnamese",
      title: "Bảy ô sáng giữa một cánh đồng trống",
      note: "Hệ số V của Cramér đã hiệu chỉnh cho từng cặp cột.",
      source: "n = 3.900 · 153 cặp của 18 cột",
      props: build(
        names.map((name, index) => ({
          name,
          label: vietnamese[index] ?? name,
          ...(index === 1 ? { notes: ["Mặt hàng quyết định Danh mục: 1,00"] } : {}),
        })),
        {
          label: "Liên hệ giữa các cột, nửa dưới: chỉ có bảy ô sáng.",
          fieldNote: ["146 cặp còn lại", "nhiều nhất 0,05, như dữ liệu đã xáo trộn"],
          format: inVietnamese(0),
          tip: tipIn(inVietnamese(2), "không so sánh"),
        },
      ),
    },
    { state: "dark", title: "Seven bright cells, and an empty field", props: build(typical) },
  ],
};
