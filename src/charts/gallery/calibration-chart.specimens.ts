import type { ComponentProps } from "svelte";
import CalibrationChart from "../CalibrationChart.svelte";
import type { CalibrationBin } from "../calibration-chart.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof CalibrationChart>;

/** Bins of a model that promises more than it keeps by `excess` where it is sure. */
function bins(n: number, most: number, excess: number, half = 0.035): CalibrationBin[] {
  return Array.from({ length: n }, (_, i) => {
    const predicted = ((i + 0.5) / n) * most;
    const observed = predicted - excess * (i / Math.max(1, n - 1)) * most;
    return { predicted, observed, low: Math.max(0, observed - half * most), high: Math.min(1, observed + half * most) };
  });
}

function build(each: readonly CalibrationBin[], more: Partial<Props> = {}): Props {
  const percent = (share: number) => inEnglish(1, " %")(share * 100);
  return {
    label: "Observed share against promised probability in ten bins: they agree up to 60 %, above it too much is promised.",
    bins: each,
    promiseLabel: "as promised",
    xLabel: "promised probability",
    yLabel: "really so",
    format: (share: number) => inEnglish(0, " %")(share * 100),
    tip: (bin: CalibrationBin) => ({
      mark: "real",
      title: `promised ${percent(bin.predicted)}`,
      lines: [`really ${percent(bin.observed)}`],
    }),
    ...more,
  };
}

export const calibrationChart: ChartSpecimens<Props> = {
  chart: "calibration-chart",
  widthPx: 344,
  component: CalibrationChart,
  specimens: [
    { state: "empty", title: "No bin", props: build([]) },
    { state: "one", title: "One bin", props: build(bins(1, 0.3, 0)) },
    {
      state: "typical",
      title: "Probabilities hold up to 60 %",
      source: "95 % intervals (Wilson)",
      props: build(bins(10, 0.85, 0.14)),
    },
    { state: "many", title: "Forty bins", props: build(bins(40, 1, 0.05, 0.08)) },
    {
      state: "missing",
      title: "Some bins are empty",
      props: build(bins(10, 0.3, 0.4).map((bin, i) => (i % 3 === 1 ? { ...bin, observed: Number.NaN } : bin))),
    },
    {
      state: "long labels",
      title: "Axis names are cut",
      props: build(bins(10, 0.85, 0), {
        xLabel: "mean probability that the model promised for the customers in the bin",
        yLabel: "share of the customers in the bin for whom it really came true",
      }),
    },
    {
      state: "vietnamese",
      title: "Xác suất đúng như đã hứa tới 60 %",
      props: build(bins(10, 0.85, 0.14), {
        label: "Tỉ lệ thật so với xác suất đã hứa trong mười nhóm: khớp nhau tới 60 %.",
        promiseLabel: "đúng như đã hứa",
        xLabel: "xác suất đã hứa",
        yLabel: "thật ra",
        format: (share: number) => inVietnamese(0, " %")(share * 100),
      }),
    },
    { state: "dark", title: "Probabilities hold up to 60 %", props: build(bins(10, 0.85, 0.14)) },
  ],
};
