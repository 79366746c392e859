import type { ComponentProps } from "svelte";
import RocChart from "../RocChart.svelte";
import type { UnitLine } from "../unit-curve.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof RocChart>;

/** A curve x ↦ x^power: the smaller the power, the better the model. */
function curve(id: string, power: number, n = 40): UnitLine {
  const x = Float64Array.from({ length: n }, (_, i) => i / Math.max(1, n - 1));
  return { id, x, y: x.map((share) => share ** power) };
}

function build(chosen: UnitLine | null, more: Partial<Props> = {}): Props {
  return {
    label: "True against false positive rate of Extreme Gradient Boosting for Churn = Yes; area under the curve 0.845.",
    chosen,
    others: [curve("a", 0.3), curve("b", 0.35)],
    chanceLabel: "luck",
    areaLabel: "AUC 0.845",
    xLabel: "of the others, taken in by mistake",
    yLabel: "of the class, found",
    format: (share: number) => inEnglish(0, " %")(share * 100),
    tip: (index: number) => ({ mark: "real", title: `Point ${index}`, lines: ["found 80 %", "mistaken 24 %"] }),
    ...more,
  };
}

const typical = curve("xgboost", 0.22);

export const rocChart: ChartSpecimens<Props> = {
  chart: "roc-chart",
  widthPx: 344,
  component: RocChart,
  specimens: [
    { state: "empty", title: "No curve", props: build(null, { others: [] }) },
    { state: "one", title: "One point", props: build({ id: "one", x: [0.2], y: [0.6] }, { others: [] }) },
    { state: "typical", title: "Yes is told apart well", source: "out of fold, 7,043 rows", props: build(typical) },
    { state: "many", title: "Two hundred points", props: build(curve("many", 0.25, 200)) },
    {
      state: "missing",
      title: "A stretch is not known",
      props: build({ ...typical, y: Array.from(typical.y, (y, i) => (i > 12 && i < 18 ? Number.NaN : y)) }),
    },
    {
      state: "long labels",
      title: "Axis names are cut",
      props: build(typical, {
        xLabel: "share of all customers of every other class that were taken in by mistake",
        yLabel: "share of all customers of the class that were found at this cut",
      }),
    },
    {
      state: "vietnamese",
      title: "Phân biệt khá rõ lớp Có",
      props: build(typical, {
        label: "Tỉ lệ tìm được so với tỉ lệ nhầm của lớp Có; diện tích dưới đường cong 0,845.",
        chanceLabel: "may rủi",
        areaLabel: "AUC 0,845",
        xLabel: "lấy nhầm từ các lớp khác",
        yLabel: "tìm được trong lớp",
        format: (share: number) => inVietnamese(0, " %")(share * 100),
      }),
    },
    { state: "dark", title: "Yes is told apart well", props: build(typical) },
  ],
};
