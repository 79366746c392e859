import type { ComponentProps } from "svelte";
import PrecisionRecallChart from "../PrecisionRecallChart.svelte";
import type { UnitLine } from "../unit-curve.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof PrecisionRecallChart>;

/** Precision that falls from `from` to the share of the class. */
function curve(id: string, from: number, n = 40, share = 0.265): UnitLine {
  const x = Float64Array.from({ length: n }, (_, i) => i / Math.max(1, n - 1));
  return { id, x, y: x.map((recall) => share + (from - share) * (1 - recall ** 2)) };
}

function build(chosen: UnitLine | null, more: Partial<Props> = {}): Props {
  return {
    label: "Precision against recall of Extreme Gradient Boosting for Churn = Yes; average precision 0.660.",
    chosen,
    others: [curve("a", 0.78), curve("b", 0.72)],
    share: 0.265,
    shareLabel: "blind guess 26.5 %",
    areaLabel: "average precision 0.660",
    xLabel: "of the class, found",
    yLabel: "right among those named",
    format: (share: number) => inEnglish(0, " %")(share * 100),
    tip: (index: number) => ({ mark: "real", title: `Point ${index}`, lines: ["found 80 %", "right 51 %"] }),
    ...more,
  };
}

const typical = curve("xgboost", 0.86);

export const precisionRecallChart: ChartSpecimens<Props> = {
  chart: "precision-recall-chart",
  widthPx: 344,
  component: PrecisionRecallChart,
  specimens: [
    { state: "empty", title: "No curve", props: build(null, { others: [] }) },
    { state: "one", title: "One point", props: build({ id: "one", x: [0.4], y: [0.6] }, { others: [] }) },
    { state: "typical", title: "Half of those named are right when four of five are found", props: build(typical) },
    {
      state: "many",
      title: "A rare class, two hundred points",
      props: build(curve("many", 0.4, 200, 0.02), { share: 0.02, shareLabel: "blind guess 2.0 %", others: [] }),
    },
    {
      state: "missing",
      title: "A stretch is not known",
      props: build({ ...typical, y: Array.from(typical.y, (y, i) => (i < 4 ? Number.NaN : y)) }),
    },
    {
      state: "long labels",
      title: "Axis names are cut",
      props: build(typical, {
        xLabel: "share of all customers of the class that were found at this cut",
        yLabel: "share of those named by the model that really belong to the class",
      }),
    },
    {
      state: "vietnamese",
      title: "Tìm bốn phần năm thì một nửa là đúng",
      props: build(typical, {
        label: "Độ đúng so với độ tìm được của lớp Có; độ đúng trung bình 0,660.",
        shareLabel: "đoán mò 26,5 %",
        areaLabel: "độ đúng trung bình 0,660",
        xLabel: "tìm được trong lớp",
        yLabel: "đúng trong số đã gọi tên",
        format: (share: number) => inVietnamese(0, " %")(share * 100),
      }),
    },
    { state: "dark", title: "Half of those named are right when four of five are found", props: build(typical) },
  ],
};
