import type { ComponentProps } from "svelte";
import ImportanceBars from "../ImportanceBars.svelte";
import type { ImportanceRow } from "../importance-bars.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof ImportanceBars>;

const around = (label: string, value: number, half: number): ImportanceRow => ({
  label,
  value,
  low: value - half,
  high: value + half,
});

const rows: ImportanceRow[] = [
  around("Contract", 0.062, 0.006),
  around("tenure", 0.041, 0.007),
  around("InternetService", 0.024, 0.005),
  around("MonthlyCharges", 0.012, 0.005),
  around("PaymentMethod", 0.004, 0.003),
  around("gender", -0.0002, 0.0012),
  around("PhoneService", -0.0005, 0.0009),
];

function build(each: readonly ImportanceRow[], more: Partial<Props> = {}): Props {
  return {
    label: "Log loss lost when one column is shuffled: Contract 0.062, tenure 0.041; two intervals hold 0.",
    rows: each,
    format: inEnglish(2),
    noiseLabel: "only noise",
    mattersLabel: "matters",
    tip: (row: ImportanceRow) => ({ mark: "real", title: row.label, lines: [inEnglish(4)(row.value), "n = 1,409"] }),
    ...more,
  };
}

export const importanceBars: ChartSpecimens<Props> = {
  chart: "importance-bars",
  widthPx: 436,
  component: ImportanceBars,
  specimens: [
    { state: "empty", title: "No column", props: build([]) },
    { state: "one", title: "One column", props: build(rows.slice(0, 1)) },
    { state: "typical", title: "Contract and tenure carry the model", source: "95 % intervals, 5 shuffles", props: build(rows) },
    {
      state: "many",
      title: "No column matters: all 17 intervals hold 0",
      props: build(Array.from({ length: 17 }, (_, i) => around(`Column ${i + 1}`, 0.004 - i * 0.0005, 0.012 + (i % 4) * 0.004))),
    },
    {
      state: "missing",
      title: "A measure without intervals",
      props: build(rows.map((row, i) => ({ ...row, value: i === 5 ? Number.NaN : Math.abs(row.value), low: null, high: null }))),
    },
    {
      state: "long labels",
      title: "Names stand above at 360 pixels",
      widthPx: 328,
      props: build(rows.map((row) => ({ ...row, label: `${row.label}, as the shop system exports it` }))),
    },
    {
      state: "vietnamese",
      title: "Loại hợp đồng và thời gian gắn bó quyết định mô hình",
      props: build(
        [
          "Loại hợp đồng",
          "Thời gian gắn bó",
          "Dịch vụ mạng",
          "Cước tháng",
          "Phương thức thanh toán",
          "Giới tính",
          "Điện thoại",
        ].map((label, i) => ({ ...(rows[i] ?? around("", 0, 0)), label })),
        {
          label: "Log loss mất đi khi xáo trộn một cột: Loại hợp đồng 0,062; hai khoảng chứa 0.",
          format: inVietnamese(2),
          noiseLabel: "chỉ là nhiễu",
          mattersLabel: "có ích",
        },
      ),
    },
    { state: "dark", title: "Contract and tenure carry the model", props: build(rows) },
  ],
};
