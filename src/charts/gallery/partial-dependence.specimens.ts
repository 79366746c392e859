import type { ComponentProps } from "svelte";
import { jitterOf } from "../customer-map.ts";
import PartialDependence from "../PartialDependence.svelte";
import type { Dependence } from "../partial-dependence.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof PartialDependence>;

/** A falling curve and some customers around it. */
function dependence(nPlaces: number, nCurves: number): Dependence {
  const mean = Float64Array.from({ length: nPlaces }, (_, i) => 0.15 + 0.4 / (1 + (6 * i) / Math.max(1, nPlaces)));
  const curves = Float64Array.from({ length: nCurves * nPlaces }, (_, i) => {
    const customer = Math.floor(i / nPlaces);
    return Math.min(0.95, Math.max(0.02, (mean[i % nPlaces] ?? 0) * (1 + jitterOf(customer, 0)) + jitterOf(customer, 1) * 0.1));
  });
  return { mean, curves };
}

const months = (n: number) => Array.from({ length: n }, (_, i) => Math.round((72 * i) / Math.max(1, n - 1)));

function build(grid: Props["grid"], of: Dependence, more: Partial<Props> = {}): Props {
  return {
    label: "Predicted probability of Yes by tenure: it falls from 55 % at 0 months to 21 % at 72.",
    grid,
    dependence: of,
    xLabel: "tenure",
    yLabel: "probability of Yes",
    formatX: inEnglish(0),
    formatY: (share: number) => inEnglish(0, " %")(share * 100),
    tip: (index: number) => ({ mark: "real", title: `Place ${index}`, lines: ["38 % on average"] }),
    ...more,
  };
}

export const partialDependence: ChartSpecimens<Props> = {
  chart: "partial-dependence",
  widthPx: 344,
  component: PartialDependence,
  specimens: [
    { state: "empty", title: "No place", props: build([], { mean: [], curves: [] }) },
    { state: "one", title: "One place", props: build([12], dependence(1, 0)) },
    {
      state: "typical",
      title: "Longer tenure, lower probability",
      source: "thin: single customers",
      props: build(months(20), dependence(20, 12)),
    },
    { state: "many", title: "Fifty customers over sixty places", props: build(months(60), dependence(60, 50)) },
    {
      state: "missing",
      title: "Some places were not asked",
      props: build(months(12), {
        mean: dependence(12, 0).mean,
        curves: Array.from(dependence(12, 6).curves, (value, i) => (i % 12 === 4 ? Number.NaN : value)),
      }),
    },
    {
      state: "long labels",
      title: "Categories as dots, long names cut",
      widthPx: 328,
      props: build(
        ["Month-to-month, without any notice period", "One year, renewed by itself", "Two years, renewed by itself"],
        dependence(3, 20),
        { xLabel: "Contract" },
      ),
    },
    {
      state: "vietnamese",
      title: "Hợp đồng càng dài, xác suất càng thấp",
      props: build(["Theo tháng", "Một năm", "Hai năm"], dependence(3, 20), {
        label: "Xác suất Có theo loại hợp đồng: theo tháng 55 %, hai năm 21 %.",
        xLabel: "Loại hợp đồng",
        yLabel: "xác suất Có",
        formatY: (share: number) => inVietnamese(0, " %")(share * 100),
      }),
    },
    { state: "dark", title: "Longer tenure, lower probability", props: build(months(20), dependence(20, 12)) },
  ],
};
