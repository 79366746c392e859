import type { ComponentProps } from "svelte";
import LineWithBand from "../LineWithBand.svelte";
import type { BandPoint } from "../line-with-band.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof LineWithBand>;

const measured = [0.361, 0.3735, 0.3945, 0.3725, 0.364, 0.36, 0.3515];
const low = [0.358, 0.364, 0.383, 0.364, 0.337, 0.339, 0.344];
const high = [0.367, 0.379, 0.398, 0.381, 0.371, 0.364, 0.353];
const centre = [0.3615, 0.37, 0.392, 0.3735, 0.356, 0.3505, 0.349];
const silhouettes: BandPoint[] = measured.map((value, i) => ({
  x: i + 2,
  value,
  low: low[i] ?? null,
  high: high[i] ?? null,
  centre: centre[i] ?? null,
}));
const inertia: BandPoint[] = [1_240_000, 760_000, 445_628, 362_000, 301_000, 262_000, 231_000].map((value, i) => ({
  x: i + 2,
  value,
  low: null,
  high: null,
  centre: null,
}));

function build(points: readonly BandPoint[], more: Partial<Props> = {}): Props {
  return {
    label: "Silhouette by number of segments, 2 to 8. At every k the table lies inside the range reached by shuffled columns.",
    points,
    chosen: 4,
    xLabel: "number of segments, k",
    valueLabel: "this table 0.394",
    bandLabel: ["shuffled", "columns"],
    formatX: inEnglish(0),
    formatY: inEnglish(2),
    tip: (point: BandPoint) => ({
      mark: "real",
      title: inEnglish(3)(point.value),
      lines:
        point.low === null
          ? [`k = ${point.x}`]
          : [`shuffled ${inEnglish(3)(point.low)} to ${inEnglish(3)(point.high ?? 0)}`, `k = ${point.x}`],
    }),
    ...more,
  };
}

export const lineWithBand: ChartSpecimens<Props> = {
  chart: "line-with-band",
  widthPx: 344,
  component: LineWithBand,
  specimens: [
    { state: "empty", title: "Nothing measured yet", props: build([]) },
    { state: "one", title: "One k only", props: build(silhouettes.slice(2, 3)) },
    {
      state: "typical",
      title: "No k beats shuffled data",
      note: "Silhouette; higher means better separated. Grey: the same columns, shuffled 8 times.",
      source: "inertia at k = 4: 445,628",
      props: build(silhouettes),
    },
    {
      state: "many",
      title: "Inertia has no elbow",
      props: build(inertia, {
        label: "Inertia falls evenly with the number of segments.",
        bandLabel: [],
        valueLabel: "445,628 at k = 4",
        formatY: inEnglish(0),
        height: 220,
      }),
    },
    {
      state: "missing",
      title: "Two k could not be computed",
      props: build(silhouettes.map((p, i) => (i === 3 || i === 6 ? { ...p, value: Number.NaN } : p))),
    },
    {
      state: "long labels",
      title: "The label turns to the other side",
      props: build(silhouettes, { chosen: 8, valueLabel: "this table, as it was read: 0.3515" }),
    },
    {
      state: "vietnamese",
      title: "Không k nào hơn dữ liệu xáo trộn",
      props: build(silhouettes, {
        label: "Hệ số silhouette theo số phân khúc, từ 2 đến 8.",
        xLabel: "số phân khúc, k",
        valueLabel: "bảng này 0,394",
        bandLabel: ["cột đã", "xáo trộn"],
        formatY: inVietnamese(2),
      }),
    },
    { state: "dark", title: "No k beats shuffled data", props: build(silhouettes) },
  ],
};
