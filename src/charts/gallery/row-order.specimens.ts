import type { ComponentProps } from "svelte";
import RowOrder from "../RowOrder.svelte";
import type { OrderRow } from "../row-order.ts";
import type { ChartSpecimens } from "./specimen.ts";

type Props = ComponentProps<typeof RowOrder>;

const rows: OrderRow[] = [
  { label: "Subscribes", firstRow: 1, lastRow: 1053, note: "row 1,053" },
  { label: "Discount", firstRow: 1, lastRow: 1677, note: "row 1,677" },
  { label: "Male", firstRow: 1, lastRow: 2652, note: "row 2,652" },
];

function build(shown: readonly OrderRow[], more: Partial<Props> = {}): Props {
  return {
    label: "Rows are sorted: subscribers are rows 1 to 1,053, discounts 1 to 1,677, men 1 to 2,652.",
    rows: shown,
    nRows: 3900,
    firstLabel: "row 1",
    lastLabel: "3,900",
    ...more,
  };
}

export const rowOrder: ChartSpecimens<Props> = {
  chart: "row-order",
  widthPx: 436,
  component: RowOrder,
  specimens: [
    { state: "empty", title: "No column follows the order", props: build([]) },
    { state: "one", title: "One column", props: build(rows.slice(0, 1)) },
    {
      state: "typical",
      title: "Customer ID gives away the order of the rows",
      note: "The file is sorted.",
      source: "n = 3,900",
      props: build(rows),
    },
    {
      state: "many",
      title: "Twelve columns",
      props: build([...rows, ...rows, ...rows, ...rows].map((row, i) => ({ ...row, label: `${row.label} ${i + 1}` }))),
    },
    {
      state: "missing",
      title: "A value at the end of the file, and one everywhere",
      props: build([
        { label: "Female", firstRow: 2653, lastRow: 3900, note: "from row 2,653" },
        { label: "Any", firstRow: 1, lastRow: 3900, note: "all rows" },
      ]),
    },
    {
      state: "long labels",
      title: "Labels above the strips",
      props: build(rows.map((row) => ({ ...row, label: `${row.label}, as the column is called in the file that was opened` }))),
    },
    {
      state: "vietnamese",
      title: "Mã khách hàng làm lộ thứ tự các dòng",
      props: build(
        ["Đăng ký thành viên", "Áp dụng giảm giá", "Nam"].map((label, i) => ({
          ...(rows[i] as OrderRow),
          label,
          note: `dòng ${["1.053", "1.677", "2.652"][i]}`,
        })),
        { label: "Các dòng đã được sắp xếp: người đăng ký ở dòng 1 đến 1.053.", firstLabel: "dòng 1", lastLabel: "3.900" },
      ),
    },
    { state: "dark", title: "Customer ID gives away the order of the rows", props: build(rows) },
  ],
};
