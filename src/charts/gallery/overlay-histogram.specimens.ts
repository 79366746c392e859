import type { ComponentProps } from "svelte";
import OverlayHistogram from "../OverlayHistogram.svelte";
import type { OverlayBins } from "../overlay-histogram.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof OverlayHistogram>;

const ages: OverlayBins = {
  edges: [18, 23.2, 28.4, 33.6, 38.8, 44, 49.2, 54.4, 59.6, 64.8, 70],
  real: [0.1, 0.098, 0.096, 0.095, 0.103, 0.1, 0.104, 0.1, 0.098, 0.106],
  made: [0.06, 0.08, 0.1, 0.12, 0.14, 0.14, 0.12, 0.1, 0.08, 0.06],
};
const wave = (n: number): OverlayBins => ({
  edges: Array.from({ length: n + 1 }, (_, i) => i / n),
  real: Array.from({ length: n }, (_, i) => (1 + Math.sin(i / 7)) / n),
  made: Array.from({ length: n }, (_, i) => (1 + Math.sin(i / 7 + 0.4)) / n),
});

function build(bins: OverlayBins, more: Partial<Props> = {}): Props {
  return {
    label: "Shares of real and of generated rows by age: the generated rows crowd towards the middle.",
    bins,
    formatX: inEnglish(0),
    formatY: (value: number) => inEnglish(0, " %")(value * 100),
    tip: (bin: number) => ({ title: `from ${bins.edges[bin] ?? 0}`, lines: [`real ${bins.real[bin] ?? 0}`] }),
    ...more,
  };
}

export const overlayHistogram: ChartSpecimens<Props> = {
  chart: "overlay-histogram",
  widthPx: 516,
  component: OverlayHistogram,
  specimens: [
    { state: "empty", title: "Nothing counted yet", props: build({ edges: [], real: [], made: [] }) },
    { state: "one", title: "A column with one value", props: build({ edges: [3, 3], real: [1], made: [1] }) },
    {
      state: "typical",
      title: "Age: generated customers crowd towards the middle",
      note: "Share of rows in each of ten intervals of equal width.",
      key: [
        { mark: "real", label: "real rows" },
        { mark: "synthetic", label: "generated rows" },
      ],
      props: build(ages),
    },
    { state: "many", title: "Many narrow intervals", props: build(wave(60), { formatX: inEnglish(1) }) },
    {
      state: "missing",
      title: "No generated row has a value",
      props: build({ ...ages, made: ages.made.map(() => Number.NaN) }),
    },
    {
      state: "long labels",
      title: "Drawn for a narrow page",
      widthPx: 328,
      props: build(ages, { width: 328, formatX: inEnglish(0, " US dollars") }),
    },
    {
      state: "vietnamese",
      title: "Tuổi: khách hàng sinh ra dồn về giữa",
      props: build(ages, { formatX: inVietnamese(0), formatY: (value: number) => inVietnamese(0, " %")(value * 100) }),
    },
    { state: "dark", title: "Age: generated customers crowd towards the middle", props: build(ages) },
  ],
};
