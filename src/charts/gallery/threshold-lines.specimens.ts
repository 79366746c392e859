import type { ComponentProps } from "svelte";
import ThresholdLines from "../ThresholdLines.svelte";
import type { ThresholdSeries } from "../threshold-lines.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof ThresholdLines>;

const cuts = (n: number) => Float64Array.from({ length: n }, (_, i) => i / Math.max(1, n - 1));

function series(n: number, labels: readonly [string, string, string] = ["precision", "recall", "F1"]): ThresholdSeries[] {
  const thresholds = cuts(n);
  const precision = thresholds.map((cut) => 0.27 + 0.65 * cut ** 0.8);
  const recall = thresholds.map((cut) => 1 - cut ** 1.4);
  const f1 = thresholds.map((_, i) => {
    const [p = 0, r = 0] = [precision[i], recall[i]];
    return p + r > 0 ? (2 * p * r) / (p + r) : 0;
  });
  return [
    { id: "precision", label: labels[0], color: "var(--cat-1)", values: precision },
    { id: "recall", label: labels[1], color: "var(--cat-4)", values: recall },
    { id: "f1", label: labels[2], color: "var(--cat-3)", values: f1 },
  ];
}

function build(n: number, more: Partial<Props> = {}): Props {
  return {
    label: "Precision, recall and F1 over the cut: at 50 % precision is 64 %, recall 62 %.",
    thresholds: cuts(n),
    series: series(n),
    chosen: Math.floor(n / 2),
    cheapest: Math.floor(n / 4),
    cheapestLabel: "cheapest cut 25 %",
    xLabel: "named from this probability on",
    format: (share: number) => inEnglish(0, " %")(share * 100),
    tip: (id: string) => ({ mark: "real", title: id, lines: ["64 %", "n = 7,043"] }),
    ...more,
  };
}

export const thresholdLines: ChartSpecimens<Props> = {
  chart: "threshold-lines",
  widthPx: 620,
  component: ThresholdLines,
  specimens: [
    { state: "empty", title: "No cut", props: build(0, { series: [], cheapest: null }) },
    { state: "one", title: "One cut", props: build(1, { cheapest: null }) },
    { state: "typical", title: "Cutting at 25 % costs least", source: "out of fold, 7,043 rows", props: build(101) },
    { state: "many", title: "A thousand cuts, chosen near the end", props: build(1001, { chosen: 960, cheapest: 700 }) },
    {
      state: "missing",
      title: "Above 80 % nobody is named, so precision is not defined",
      props: build(101, {
        chosen: 90,
        series: series(101).map((each) =>
          each.id === "precision"
            ? { ...each, values: Float64Array.from(each.values, (v, i) => (i > 80 ? Number.NaN : v)) }
            : each,
        ),
      }),
    },
    {
      state: "long labels",
      title: "Names are long",
      widthPx: 344,
      props: build(101, {
        series: series(101, ["right among those named", "found among those that are", "harmonic mean of both"]),
        xLabel: "customers are named from this probability of churn on, as the model gives it",
      }),
    },
    {
      state: "vietnamese",
      title: "Ngưỡng 25 % tốn ít nhất",
      props: build(101, {
        label: "Độ đúng, độ tìm được và F1 theo ngưỡng: ở 50 %, độ đúng là 64 %.",
        series: series(101, ["độ đúng", "độ tìm được", "F1"]),
        cheapestLabel: "ngưỡng rẻ nhất 25 %",
        xLabel: "gọi tên từ xác suất này trở lên",
        format: (share: number) => inVietnamese(0, " %")(share * 100),
      }),
    },
    { state: "dark", title: "Cutting at 25 % costs least", props: build(101) },
  ],
};
