import type { ComponentProps } from "svelte";
import ModelDotPlot from "../ModelDotPlot.svelte";
import type { ModelPanel, ModelRow } from "../model-dot-plot.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof ModelDotPlot>;

const percent = (digits: number) => (value: number) => inEnglish(digits, " %")(value * 100);
const phanTram = (digits: number) => (value: number) => inVietnamese(digits, " %")(value * 100);
const around = (value: number, sd: number) => ({ value, low: value - sd, high: value + sd });

const rows: ModelRow[] = [
  {
    label: "Always the most common",
    detail: "majority: Every 3 Months",
    kind: "guess",
    scores: [around(0.15, 0), around(1.946, 0)],
    aside: ["nothing to train", "counts of the training rows"],
  },
  {
    label: "Random Forest",
    detail: "100 trees",
    kind: "model",
    scores: [around(0.135, 0.0075), around(2.02, 0.011)],
    aside: ["CPU, 8 workers", "trees branch; a GPU would wait"],
  },
  {
    label: "Extreme Gradient Boosting",
    detail: "100 rounds, XGBoost-compatible",
    kind: "model",
    scores: [around(0.139, 0.0135), around(2.44, 0.027)],
    aside: ["CPU, 8 workers", "histograms fit in the cache"],
  },
  {
    label: "Softmax regression",
    detail: "linear",
    kind: "model",
    scores: [around(0.137, 0.0105), around(2.07, 0.012)],
    aside: ["CPU, WASM", "38 ms in all; no gain from a GPU"],
  },
  {
    label: "Small neural classifier",
    detail: "64 and 32 units, stopped early",
    kind: "model",
    scores: [around(0.148, 0.0136), around(2.066, 0.02)],
    aside: ["GPU, through WebGPU", "2.9 times as fast as WASM here"],
  },
  {
    label: "ml-random-forest (reference)",
    detail: "10 trees, 1 fold, votes only",
    kind: "partial",
    scores: [around(0.142, 0.0122), null],
    aside: ["CPU, 1 worker", "plain JavaScript, kept as yardstick"],
  },
];
const panels: ModelPanel[] = [
  {
    title: "Accuracy, more is better",
    format: percent(1),
    formatTick: percent(0),
    references: [
      { value: 1 / 7, label: "chance 14.3 %", kind: "chance" },
      { value: 0.15, label: "most common 15.0 %", kind: "majority" },
    ],
  },
  {
    title: "Log loss, less is better",
    format: inEnglish(2),
    formatTick: inEnglish(1),
    references: [{ value: 1.946, label: "prior 1.946", kind: "majority" }],
  },
];

function build(models: readonly ModelRow[], more: Partial<Props> = {}): Props {
  return {
    label:
      "Accuracy and log loss of five models against guessing: none above the most common value at 15.0 percent, all log losses worse than the prior.",
    rows: models,
    panels,
    asideTitle: "Trained on, and why",
    absentText: "none",
    tip: (row: ModelRow, panel: ModelPanel) => {
      const score = row.scores[panels.indexOf(panel)];
      return {
        mark: row.kind === "guess" ? "guess" : "real",
        title: score ? panel.format(score.value) : "none",
        lines: [row.label, panel.title],
      };
    },
    ...more,
  };
}

export const modelDotPlot: ChartSpecimens<Props> = {
  chart: "model-dot-plot",
  widthPx: 1080,
  component: ModelDotPlot,
  specimens: [
    {
      state: "empty",
      title: "No model yet",
      props: build([], { panels: panels.map((panel) => ({ ...panel, references: [] })) }),
    },
    { state: "one", title: "One model", props: build(rows.slice(1, 2)) },
    {
      state: "typical",
      title: "No model beats one that always gives the same answer",
      note: "Real held-out rows, mean and standard deviation over 5 folds; the reference was run on one fold, with its standard error.",
      key: [
        { mark: "real", label: "real held-out rows" },
        { mark: "guess", label: "no model: shares of the training rows" },
      ],
      source: "n = 3,900 real rows, 780 tested per fold",
      props: build(rows),
    },
    { state: "many", title: "Twelve models, one measure", props: build([...rows, ...rows], { panels: panels.slice(0, 1) }) },
    {
      state: "missing",
      title: "Two models were cancelled",
      props: build(rows.map((row, i) => (i === 2 || i === 4 ? { ...row, scores: [null, null] } : row))),
    },
    {
      state: "long labels",
      title: "Long names and long reasons",
      props: build(
        rows.map((row) => ({
          ...row,
          label: `${row.label} with all of its settings`,
          aside: [row.aside[0], `${row.aside[1]}, and a few more words`] as const,
        })),
        {
          panels: panels.map((panel) => ({
            ...panel,
            references: panel.references.map((each) => ({ ...each, label: `${each.label} of the rows held out` })),
          })),
        },
      ),
    },
    {
      state: "vietnamese",
      title: "Không mô hình nào hơn việc luôn trả lời như nhau",
      props: build(
        rows.map((row, i) => ({
          ...row,
          label:
            [
              "Luôn chọn giá trị phổ biến nhất",
              "Rừng ngẫu nhiên",
              "Tăng cường gradient",
              "Hồi quy softmax",
              "Mạng nơ-ron nhỏ",
              "ml-random-forest (đối chiếu)",
            ][i] ?? "",
          aside: ["CPU, 8 luồng", "cây rẽ nhánh; GPU phải chờ"] as const,
        })),
        {
          label: "Độ chính xác và log loss của năm mô hình so với đoán mò.",
          asideTitle: "Huấn luyện ở đâu, vì sao",
          absentText: "không có",
          panels: [
            {
              title: "Độ chính xác, càng cao càng tốt",
              format: phanTram(1),
              formatTick: phanTram(0),
              references: [
                { value: 1 / 7, label: "đoán mò 14,3 %", kind: "chance" },
                { value: 0.15, label: "phổ biến nhất 15,0 %", kind: "majority" },
              ],
            },
            {
              title: "Log loss, càng thấp càng tốt",
              format: inVietnamese(2),
              formatTick: inVietnamese(1),
              references: [{ value: 1.946, label: "tỉ lệ gốc 1,946", kind: "majority" }],
            },
          ],
        },
      ),
    },
    { state: "dark", title: "No model beats one that always gives the same answer", props: build(rows) },
  ],
};
