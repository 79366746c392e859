import type { ComponentProps } from "svelte";
import OriginSplit from "../OriginSplit.svelte";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof OriginSplit>;

const key = [
  { mark: "mixed", label: "mixture of both" },
  { mark: "synthetic-open", label: "synthetic rows" },
  { mark: "real", label: "real rows" },
] as const;

function build(more: Partial<Props> = {}): Props {
  return {
    label:
      "A line leaves 0.76, the score reported on mixed rows, and splits: 0.80 on generated rows, 0.14 on real rows. Chance is 0.14.",
    mixed: 0.76,
    synthetic: { value: 0.8, lines: ["generated rows", "the model recognises the generator"] },
    real: { value: 0.14, lines: ["real rows", "no better than guessing"] },
    chance: { value: 1 / 7, label: "chance 0.14" },
    heads: ["as reported", "split by origin"],
    format: inEnglish(2),
    formatTick: (value: number) => inEnglish(0, " %")(value * 100),
    ...more,
  };
}

export const originSplit: ChartSpecimens<Props> = {
  chart: "origin-split",
  widthPx: 440,
  component: OriginSplit,
  specimens: [
    {
      state: "empty",
      title: "Not taken apart yet",
      props: build({ synthetic: { value: null, lines: ["", ""] }, real: { value: null, lines: ["", ""] } }),
    },
    { state: "one", title: "Real rows only", props: build({ synthetic: { value: null, lines: ["", ""] } }) },
    {
      state: "typical",
      title: "A published notebook reports 76 %. On real customers it is right 14 % of the time.",
      note: "Accuracy for Frequency of Purchases. Its generated rows were mixed in before the split; Trendloom takes the score apart again.",
      key,
      source: "Customer Shopping Trends, 3,900 rows",
      table: {
        columns: [
          { label: "tested on", isNumeric: false },
          { label: "accuracy", isNumeric: true },
        ],
        rows: [
          ["mixture of both", "0.76"],
          ["synthetic rows", "0.80"],
          ["real rows", "0.14"],
          ["chance", "0.14"],
        ],
      },
      props: build(),
    },
    {
      state: "many",
      title: "Both ends close together",
      props: build({
        mixed: 0.95,
        synthetic: { value: 0.97, lines: ["generated rows", ""] },
        real: { value: 0.94, lines: ["real rows", ""] },
      }),
    },
    { state: "missing", title: "Generated rows only", props: build({ real: { value: null, lines: ["", ""] } }) },
    {
      state: "long labels",
      title: "Words longer than the margin",
      props: build({
        synthetic: { value: 0.8, lines: ["rows that were made by the generator", ""] },
        real: { value: 0.14, lines: ["customers who really exist", ""] },
      }),
    },
    {
      state: "vietnamese",
      title: "Một notebook đã công bố 76 %. Trên khách hàng thật chỉ đúng 14 %.",
      props: build({
        label: "Một đường từ 0,76 tách thành 0,80 trên dòng tổng hợp và 0,14 trên dòng thật.",
        synthetic: { value: 0.8, lines: ["dòng tổng hợp", ""] },
        real: { value: 0.14, lines: ["dòng thật", ""] },
        chance: { value: 1 / 7, label: "đoán mò 0,14" },
        heads: ["như công bố", "tách theo nguồn"],
        format: inVietnamese(2),
        formatTick: (value: number) => inVietnamese(0, " %")(value * 100),
      }),
    },
    {
      state: "dark",
      title: "The published 0.76 is 0.14 on real customers",
      widthPx: 1030,
      props: build({ width: 1030, heads: ["The one number that was reported", "The same predictions, split by origin"] }),
    },
  ],
};
