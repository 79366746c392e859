import type { ComponentProps } from "svelte";
import ShapWaterfall from "../ShapWaterfall.svelte";
import { largestSteps, type WaterfallStep } from "../shap-waterfall.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof ShapWaterfall>;

const steps: WaterfallStep[] = [
  { label: "Location", value: "Montana", amount: 0.29 },
  { label: "Review Rating", value: "3.7", amount: -0.26 },
  { label: "Previous Purchases", value: "25", amount: 0.18 },
  { label: "Item Purchased", value: "Blouse", amount: -0.16 },
  { label: "Preferred Payment", value: "PayPal", amount: 0.13 },
  { label: "Age", value: "44", amount: -0.11 },
  { label: "Size", value: "M", amount: 0.11 },
  { label: "Season", value: "Spring", amount: 0.09 },
  { label: "9 other columns", value: "", amount: -0.02 },
];

function signed(digits: number, format: (value: number) => string): (value: number) => string {
  return (value) => (value > 0 && Number(value.toFixed(digits)) > 0 ? `+${format(value)}` : format(value));
}

function build(each: readonly WaterfallStep[], more: Partial<Props> = {}): Props {
  return {
    label: "From 0.48 before any column to 0.74 for Quarterly; the largest steps are Location +0.29 and Review Rating −0.26.",
    base: 0.48,
    steps: each,
    baseLabel: "Before any column",
    totalLabel: "Score for Quarterly",
    totalText: "0.74, that is 20.8 %",
    format: inEnglish(2),
    formatStep: signed(2, inEnglish(2)),
    tip: (step: WaterfallStep) => ({ title: `${step.label}: ${step.value}`, lines: [signed(2, inEnglish(2))(step.amount)] }),
    ...more,
  };
}

export const shapWaterfall: ChartSpecimens<Props> = {
  chart: "shap-waterfall",
  widthPx: 712,
  component: ShapWaterfall,
  specimens: [
    { state: "empty", title: "No column moves the score", props: build([], { totalText: "0.48" }) },
    { state: "one", title: "One column", props: build(steps.slice(0, 1), { totalText: "0.77" }) },
    {
      state: "typical",
      title: "Montana and many purchases push it up, the rating pulls it down",
      source: "TreeSHAP, path-dependent; the steps add up to the score",
      props: build(steps),
    },
    {
      state: "many",
      title: "Eight columns, the others together",
      props: build(
        largestSteps(
          Array.from({ length: 40 }, (_, i) => ({
            label: `Column ${i + 1}`,
            value: String(i),
            amount: (i % 2 === 0 ? 1 : -0.8) / (i + 2),
          })),
          8,
          (n) => `${n} other columns`,
        ),
      ),
    },
    {
      state: "missing",
      title: "A value that is missing has its own step",
      props: build(steps.map((step, i) => (i === 1 ? { ...step, value: "missing" } : step))),
    },
    {
      state: "long labels",
      title: "Names stand above at 360 pixels",
      widthPx: 328,
      props: build(
        steps.map((step) => ({ ...step, label: `${step.label}, as exported`, value: `${step.value} or something like it` })),
      ),
    },
    {
      state: "vietnamese",
      title: "Montana đẩy lên, điểm đánh giá kéo xuống",
      props: build(
        [
          "Địa điểm",
          "Điểm đánh giá",
          "Số lần mua trước",
          "Mặt hàng",
          "Thanh toán ưa dùng",
          "Tuổi",
          "Kích cỡ",
          "Mùa",
          "9 cột còn lại",
        ].map((label, i) => ({ ...(steps[i] ?? { value: "", amount: 0 }), label })),
        {
          label: "Từ 0,48 trước mọi cột đến 0,74 cho Hằng quý; bước lớn nhất là Địa điểm +0,29.",
          baseLabel: "Trước mọi cột",
          totalLabel: "Điểm cho Hằng quý",
          totalText: "0,74, tức 20,8 %",
          format: inVietnamese(2),
          formatStep: signed(2, inVietnamese(2)),
        },
      ),
    },
    { state: "dark", title: "Montana pushes it up, the rating pulls it down", props: build(steps) },
  ],
};
