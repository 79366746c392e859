import type { ComponentProps } from "svelte";
import MissingTogether from "../MissingTogether.svelte";
import type { GapColumn, GapGroup } from "../missing-together.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof MissingTogether>;

const columns: GapColumn[] = [
  { label: "Income", note: "12.4%" },
  { label: "Employer", note: "11.9%" },
  { label: "Review rating", note: "4.0%" },
  { label: "Last visit", note: "0.6%" },
];
const count = inEnglish(0);
const group = (lacking: readonly number[], rows: number): GapGroup => ({ columns: lacking, count: rows, note: count(rows) });
const groups = [group([0, 1], 410), group([2], 131), group([0], 52), group([1], 31), group([0, 1, 2], 21), group([3], 9)];

function build(shown: readonly GapColumn[], given: readonly GapGroup[], more: Partial<Props> = {}): Props {
  return {
    label: "Rows by the columns that they lack: 410 lack income and employer together.",
    columns: shown,
    groups: given,
    tip: (at: number) => ({
      title: `${given[at]?.note ?? ""} rows`,
      lines: (given[at]?.columns ?? []).map((place) => shown[place]?.label ?? ""),
    }),
    ...more,
  };
}

const many = Array.from({ length: 12 }, (_, i) => ({ label: `Question ${i + 1}`, note: `${12 - i}.0%` }));

export const missingTogether: ChartSpecimens<Props> = {
  chart: "missing-together",
  widthPx: 712,
  component: MissingTogether,
  specimens: [
    { state: "empty", title: "No column lacks a value", props: build([], []) },
    { state: "one", title: "One column alone", props: build(columns.slice(0, 1), [group([0], 484)]) },
    {
      state: "typical",
      title: "Most incomplete rows lack income and employer together",
      note: "Each stripe is a group of rows that lack the same columns; the bar above counts them.",
      source: "n = 3,900, 3,246 of them complete",
      props: build(columns, groups),
    },
    {
      state: "many",
      title: "Twelve columns, ten groups",
      props: build(
        many,
        Array.from({ length: 10 }, (_, i) =>
          group(
            many.flatMap((__, place) => (place % (i + 1) === 0 ? [place] : [])),
            Math.round(90_000 / (i + 1)),
          ),
        ),
      ),
    },
    { state: "missing", title: "Groups without a row", props: build(columns, [group([0, 2], 0)]) },
    {
      state: "long labels",
      title: "Labels are cut where they would take the room of the stripes",
      props: build(
        columns.map((column) => ({ ...column, label: `${column.label}, as the column is called in the file that was opened` })),
        groups,
      ),
    },
    {
      state: "vietnamese",
      title: "Phần lớn dòng thiếu giá trị thiếu cả thu nhập và nơi làm việc",
      props: build(
        ["Thu nhập", "Nơi làm việc", "Điểm đánh giá", "Lần ghé gần nhất"].map((label, i) => ({
          label,
          note: (columns[i]?.note ?? "").replace(".", ","),
        })),
        groups.map((each) => ({ ...each, note: inVietnamese(0)(each.count) })),
        { label: "Các dòng theo những cột mà chúng thiếu: 410 dòng thiếu cả thu nhập và nơi làm việc." },
      ),
    },
    { state: "dark", title: "Most incomplete rows lack income and employer together", props: build(columns, groups) },
  ],
};
