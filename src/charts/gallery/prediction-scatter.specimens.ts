import type { ComponentProps } from "svelte";
import { jitterOf } from "../customer-map.ts";
import PredictionScatter from "../PredictionScatter.svelte";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof PredictionScatter>;

/** True values and predictions that follow them by half, with noise. */
function pairs(n: number): { actual: Float64Array; predicted: Float64Array } {
  const actual = Float64Array.from({ length: n }, (_, i) => 60 + jitterOf(i, 0) * 80);
  return { actual, predicted: actual.map((truth, i) => 60 + (truth - 60) * 0.55 + jitterOf(i, 1) * 24) };
}

function build(n: number, more: Partial<Props> = {}): Props {
  return {
    label: "Predicted against true purchase amount: predictions keep nearer to the mean than the truth.",
    ...pairs(n),
    rightLabel: "exactly right",
    xLabel: "really, $",
    yLabel: "predicted, $",
    format: inEnglish(0),
    tip: (low: number, high: number) => ({
      mark: "real",
      title: `really ${inEnglish(0)(low)} to ${inEnglish(0)(high)}`,
      lines: ["n = 38"],
    }),
    ...more,
  };
}

export const predictionScatter: ChartSpecimens<Props> = {
  chart: "prediction-scatter",
  widthPx: 528,
  component: PredictionScatter,
  specimens: [
    { state: "empty", title: "No row", props: build(0) },
    { state: "one", title: "One row", props: build(1) },
    { state: "typical", title: "Predictions keep nearer to the mean than the truth", props: build(240) },
    { state: "many", title: "Above 2,000 marks a canvas draws them", props: build(5000) },
    {
      state: "missing",
      title: "Rows without a prediction are left out",
      props: build(120, { predicted: pairs(120).predicted.map((value, i) => (i % 3 === 0 ? Number.NaN : value)) }),
    },
    {
      state: "long labels",
      title: "Axis names are cut",
      widthPx: 328,
      props: build(120, {
        xLabel: "what the customer really paid for the purchase, in US dollars",
        yLabel: "what the model predicts that the customer would pay, in US dollars",
      }),
    },
    {
      state: "vietnamese",
      title: "Dự đoán gần trung bình hơn sự thật",
      props: build(240, {
        label: "Số tiền dự đoán so với số tiền thật: dự đoán gần trung bình hơn.",
        rightLabel: "đúng hoàn toàn",
        xLabel: "thật ra, $",
        yLabel: "dự đoán, $",
        format: inVietnamese(0),
      }),
    },
    { state: "dark", title: "Predictions keep nearer to the mean than the truth", props: build(240) },
  ],
};
