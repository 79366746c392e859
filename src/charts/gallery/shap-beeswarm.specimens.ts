import type { ComponentProps } from "svelte";
import { jitterOf } from "../customer-map.ts";
import ShapBeeswarm from "../ShapBeeswarm.svelte";
import type { SwarmFeature } from "../shap-beeswarm.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof ShapBeeswarm>;

/** Values that rise (or fall) with the rank, with some noise. */
function feature(label: string, slope: number, n: number, seed: number, hasOrder = true): SwarmFeature {
  const ranks = Float32Array.from({ length: n }, (_, i) => i / Math.max(1, n - 1));
  const values = Float64Array.from(ranks, (rank, i) => slope * (rank - 0.5) + jitterOf(i * 31 + seed, 0) * 0.3);
  return { label, values, ranks: hasOrder ? ranks : ranks.map(() => Number.NaN) };
}

const names = ["tenure", "Contract", "MonthlyCharges", "TotalCharges", "InternetService"];

function features(n: number, labels: readonly string[] = names): SwarmFeature[] {
  return labels.map((label, i) => feature(label, [-2, 1.2, 0.9, -0.5, 0.4][i % 5] ?? 0, n, i * 7, i !== 1 && i !== 4));
}

function build(each: readonly SwarmFeature[], more: Partial<Props> = {}): Props {
  return {
    label: "SHAP values of five columns over held-out customers: short tenure pushes towards Yes, long tenure away from it.",
    features: each,
    xLabel: "pushes towards Yes (log-odds)",
    lowLabel: "low value",
    highLabel: "high value",
    unorderedLabel: "category or missing",
    format: inEnglish(1),
    tip: (one: SwarmFeature) => ({ mark: "real", title: one.label, lines: ["0.62 on average", "n = 300"] }),
    ...more,
  };
}

export const shapBeeswarm: ChartSpecimens<Props> = {
  chart: "shap-beeswarm",
  widthPx: 620,
  component: ShapBeeswarm,
  specimens: [
    { state: "empty", title: "No column", props: build([]) },
    { state: "one", title: "One customer", props: build(features(1)) },
    { state: "typical", title: "Short tenure pushes towards Yes", source: "n = 80 held-out rows", props: build(features(80)) },
    { state: "many", title: "Above 2,000 marks a canvas draws them", props: build(features(2000)) },
    {
      state: "missing",
      title: "Values that were not known have no colour",
      props: build(
        features(60).map((each) => ({
          ...each,
          ranks: Float32Array.from(each.ranks, (rank, i) => (i % 4 === 0 ? Number.NaN : rank)),
        })),
      ),
    },
    {
      state: "long labels",
      title: "Names stand above at 360 pixels",
      widthPx: 328,
      props: build(
        features(
          40,
          names.map((name) => `${name}, as the shop system exports it`),
        ),
      ),
    },
    {
      state: "vietnamese",
      title: "Gắn bó chưa lâu đẩy về phía Có",
      props: build(features(60, ["Thời gian gắn bó", "Loại hợp đồng", "Cước tháng", "Tổng cước", "Dịch vụ mạng"]), {
        label: "Giá trị SHAP của năm cột trên các khách để riêng: gắn bó chưa lâu đẩy về phía Có.",
        xLabel: "đẩy về phía Có (log-odds)",
        lowLabel: "giá trị thấp",
        highLabel: "giá trị cao",
        unorderedLabel: "giá trị phân loại hoặc thiếu",
        format: inVietnamese(1),
      }),
    },
    { state: "dark", title: "Short tenure pushes towards Yes", props: build(features(80)) },
  ],
};
