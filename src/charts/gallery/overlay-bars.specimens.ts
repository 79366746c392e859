import type { ComponentProps } from "svelte";
import OverlayBars from "../OverlayBars.svelte";
import type { OverlayBar } from "../overlay-bars.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof OverlayBars>;

const bar = (label: string, real: number, made: number): OverlayBar => ({ label, real, made });
const categories = [
  bar("Clothing", 0.445, 0.39),
  bar("Accessories", 0.318, 0.34),
  bar("Footwear", 0.154, 0.18),
  bar("Outerwear", 0.083, 0.09),
];

function build(bars: readonly OverlayBar[], more: Partial<Props> = {}): Props {
  return {
    label: "Shares of real and of generated rows by category: clothing is too rare among the generated ones.",
    bars,
    format: (value: number) => inEnglish(0, " %")(value * 100),
    tip: (index: number) => ({ title: bars[index]?.label ?? "", lines: [`real ${bars[index]?.real ?? 0}`] }),
    ...more,
  };
}

export const overlayBars: ChartSpecimens<Props> = {
  chart: "overlay-bars",
  widthPx: 516,
  component: OverlayBars,
  specimens: [
    { state: "empty", title: "Nothing counted yet", props: build([]) },
    { state: "one", title: "A column with one value", props: build([bar("Yes", 1, 1)]) },
    {
      state: "typical",
      title: "Category: clothing is too rare among the generated rows",
      note: "Share of rows with each value.",
      key: [
        { mark: "real", label: "real rows" },
        { mark: "synthetic", label: "generated rows" },
      ],
      props: build(categories),
    },
    {
      state: "many",
      title: "Twenty-four values",
      props: build(Array.from({ length: 24 }, (_, i) => bar(`Item ${i + 1}`, (24 - i) / 300, (20 - (i % 7)) / 400))),
    },
    { state: "missing", title: "A value that no generated row has", props: build([...categories, bar("Hat", 0.05, Number.NaN)]) },
    {
      state: "long labels",
      title: "Drawn for a narrow page",
      widthPx: 328,
      props: build([...categories, bar("Something to wear that has a very long name indeed", 0.1, 0.12)], { width: 328 }),
    },
    {
      state: "vietnamese",
      title: "Nhóm hàng: quần áo quá ít trong các dòng sinh ra",
      props: build(
        categories.map((each, i) => ({ ...each, label: ["Quần áo", "Phụ kiện", "Giày dép", "Áo khoác ngoài"][i] ?? "" })),
        { format: (value: number) => inVietnamese(0, " %")(value * 100) },
      ),
    },
    { state: "dark", title: "Category: clothing is too rare", props: build(categories) },
  ],
};
