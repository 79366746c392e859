import type { ComponentProps } from "svelte";
import IntervalRows from "../IntervalRows.svelte";
import type { IntervalRow } from "../interval-rows.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof IntervalRows>;

const percent = (value: number) => inEnglish(1, " %")(value * 100);
const row = (kind: IntervalRow["kind"], label: string, value: number, half: number): IntervalRow => ({
  kind,
  label,
  value,
  low: value - half,
  high: value + half,
  text: percent(value),
});

const rows = [
  row("synthetic", "GAN", 0.516, 0.0155),
  row("synthetic-open", "sequential trees", 0.508, 0.016),
  row("synthetic-dot", "block sampler", 0.497, 0.016),
];

function build(shown: readonly IntervalRow[], more: Partial<Props> = {}): Props {
  return {
    label: "51.6 per cent of the GAN's rows lie nearer to a training row than to a held-out one; ideal is 50.",
    rows: shown,
    ideal: { value: 0.5, label: "ideal 50 %", slack: 0.03 },
    format: (value: number) => inEnglish(0, " %")(value * 100),
    tip: (index: number) => ({ title: shown[index]?.label ?? "", lines: [shown[index]?.text ?? ""] }),
    ...more,
  };
}

export const intervalRows: ChartSpecimens<Props> = {
  chart: "interval-rows",
  widthPx: 516,
  component: IntervalRows,
  specimens: [
    { state: "empty", title: "Nothing measured yet", props: build([]) },
    { state: "one", title: "Generated rows lean very slightly towards the training rows", props: build(rows.slice(0, 1)) },
    {
      state: "typical",
      title: "Generated rows lean very slightly towards the training rows",
      note: "Share of generated rows nearer to a training row than to a held-out row. Blue: within 3 points of ideal.",
      source: "n = 1,950 · 95 % intervals",
      props: build(rows),
    },
    {
      state: "many",
      title: "A copier gives itself away",
      props: build([...rows, row("floor", "copies of training rows", 0.97, 0.01)]),
    },
    {
      state: "missing",
      title: "One of them could not be measured",
      props: build([rows[0]!, { ...rows[1]!, value: Number.NaN }, { ...rows[2]!, low: Number.NaN, high: Number.NaN }]),
    },
    {
      state: "long labels",
      title: "Drawn for a narrow page",
      widthPx: 328,
      props: build([{ ...rows[0]!, label: "a generator with a name that takes more than its room" }], { width: 328 }),
    },
    {
      state: "vietnamese",
      title: "Dòng sinh ra hơi nghiêng về phía dòng huấn luyện",
      props: build(
        rows.map((each) => ({ ...each, text: inVietnamese(1, " %")(each.value * 100) })),
        { ideal: { value: 0.5, label: "lý tưởng 50 %", slack: 0.03 } },
      ),
    },
    { state: "dark", title: "Generated rows lean very slightly towards the training rows", props: build(rows) },
  ],
};
