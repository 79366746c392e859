import type { ComponentProps } from "svelte";
import type { Provenance } from "../chart-types.ts";
import LedgerDotPlot from "../LedgerDotPlot.svelte";
import type { LedgerArm } from "../ledger-dot-plot.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof LedgerDotPlot>;

const around = (value: number, sd: number) => ({ value, low: value - sd, high: value + sd });
const none = { verdict: "no measurable difference", shortVerdict: "no difference" };
const arms: LedgerArm[] = [
  {
    label: "Real rows only",
    scores: { real: around(0.135, 0.008), mixed: around(0.141, 0.008), synthetic: around(0.147, 0.013) },
    gain: null,
    yardstick: "the yardstick",
  },
  {
    label: "Real + 1× GAN rows",
    scores: { real: around(0.132, 0.013), mixed: around(0.151, 0.017), synthetic: around(0.171, 0.024) },
    gain: { value: "−0.003", ...none, interval: "from −0.025 to +0.019" },
  },
  {
    label: "Real + 3× GAN rows",
    scores: { real: around(0.132, 0.006), mixed: around(0.156, 0.009), synthetic: around(0.179, 0.014) },
    gain: { value: "−0.002", ...none, interval: "from −0.020 to +0.015" },
  },
  {
    label: "GAN rows only",
    scores: { real: around(0.146, 0.022), mixed: around(0.164, 0.015), synthetic: around(0.182, 0.014) },
    gain: { value: "+0.011", ...none, interval: "from −0.022 to +0.044" },
  },
];

function build(shown: readonly LedgerArm[], more: Partial<Props> = {}): Props {
  return {
    label:
      "Accuracy on real, mixed and synthetic rows for four training sets. On real rows all four lie between 0.132 and 0.146, at or below chance.",
    arms: shown,
    references: [
      { value: 1 / 7, label: "chance 0.143", kind: "chance" },
      { value: 0.15, label: "always the most common 0.150", kind: "majority" },
    ],
    gainTitle: "gain on real rows, 95 % interval",
    formatTick: inEnglish(2),
    tip: (arm: LedgerArm, kind: Provenance) => ({
      mark: kind === "synthetic" ? "synthetic-open" : kind,
      title: inEnglish(3)(arm.scores[kind]?.value ?? 0),
      lines: [arm.label, `tested on ${kind} rows`],
    }),
    ...more,
  };
}

export const ledgerDotPlot: ChartSpecimens<Props> = {
  chart: "ledger-dot-plot",
  widthPx: 1080,
  component: LedgerDotPlot,
  specimens: [
    { state: "empty", title: "Nothing entered yet", props: build([], { references: [] }) },
    { state: "one", title: "The yardstick alone", props: build(arms.slice(0, 1)) },
    {
      state: "typical",
      title: "On real rows nothing helps; only the synthetic score rises",
      note: "Accuracy of the Random Forest, mean and standard deviation over 5 folds. Rows were split before anything was fitted.",
      key: [
        { mark: "real", label: "real rows" },
        { mark: "mixed", label: "mixture of both" },
        { mark: "synthetic-open", label: "synthetic rows" },
      ],
      source: "n = 3,900 real rows, 780 tested per fold · 100 trees",
      table: {
        columns: [
          { label: "trained on", isNumeric: false },
          { label: "real rows", isNumeric: true },
          { label: "gain", isNumeric: true },
        ],
        rows: arms.map((arm) => [arm.label, inEnglish(3)(arm.scores.real?.value ?? 0), arm.gain?.value ?? ""]),
      },
      props: build(arms),
    },
    {
      state: "many",
      title: "Twelve arms",
      props: build(
        [...arms, ...arms.slice(1), ...arms.slice(1), ...arms.slice(1, 3)].map((arm, i) => ({
          ...arm,
          label: `${arm.label}, ${i + 1}`,
        })),
      ),
    },
    {
      state: "missing",
      title: "No generated rows to test on",
      props: build(arms.map((arm) => ({ ...arm, scores: arm.scores.real ? { real: arm.scores.real } : {} }))),
    },
    {
      state: "long labels",
      title: "Long names of arms",
      props: build(arms.map((arm) => ({ ...arm, label: `${arm.label}, with the rules put back after sampling` }))),
    },
    {
      state: "vietnamese",
      title: "Trên dòng thật không gì giúp được; chỉ điểm tổng hợp tăng",
      props: build(
        arms.map((arm, i) => ({
          ...arm,
          label: ["Chỉ dòng thật", "Thật + 1× dòng GAN", "Thật + 3× dòng GAN", "Chỉ dòng GAN"][i] ?? "",
          gain:
            arm.gain === null
              ? null
              : {
                  value: arm.gain.value.replace(".", ","),
                  verdict: "không khác biệt đo được",
                  shortVerdict: "không khác biệt",
                  interval: "từ −0,025 đến +0,019",
                },
          ...(i === 0 ? { yardstick: "thước đo" } : {}),
        })),
        {
          label: "Độ chính xác trên dòng thật, hỗn hợp và tổng hợp cho bốn tập huấn luyện.",
          references: [
            { value: 1 / 7, label: "đoán mò 0,143", kind: "chance" },
            { value: 0.15, label: "luôn chọn phổ biến nhất 0,150", kind: "majority" },
          ],
          gainTitle: "lợi trên dòng thật, khoảng 95 %",
          formatTick: inVietnamese(2),
        },
      ),
    },
    { state: "dark", title: "On real rows nothing helps", props: build(arms) },
  ],
};
