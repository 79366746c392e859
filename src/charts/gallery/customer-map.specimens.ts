import type { ComponentProps } from "svelte";
import CustomerMap from "../CustomerMap.svelte";
import { jitterOf, type MapSegment, nearestCentreBorders } from "../customer-map.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof CustomerMap>;

const tiers: MapSegment[] = [
  { label: "Diamond", note: "945 customers", color: "var(--tier-diamond)" },
  { label: "Gold", note: "998 customers", color: "var(--tier-gold)" },
  { label: "Silver", note: "999 customers", color: "var(--tier-silver)" },
  { label: "Bronze", note: "958 customers", color: "var(--tier-bronze)" },
];
const words = {
  tools: "What dragging does",
  move: "Move the map",
  rectangle: "Choose with a rectangle",
  lasso: "Choose with a lasso",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  showAll: "Show all",
  keys: "Arrows move, + and − zoom, 0 shows all, B draws a rectangle.",
};
const borders = nearestCentreBorders(
  [
    [31, 38],
    [56, 38],
    [31, 13],
    [56, 13],
  ],
  [1, 1],
  { x: [10, 80], y: [-5, 60] },
);

/** Customers spread evenly over ages 18 to 70 and 1 to 50 purchases, as in the sample table. */
function customers(n: number, isHoled = false): Pick<Props, "x" | "y" | "labels"> {
  const x = Float32Array.from({ length: n }, (_, i) => Math.round(44 + jitterOf(i + 1e6, 0) * 57));
  const y = Float32Array.from({ length: n }, (_, i) =>
    isHoled && i % 5 === 0 ? Number.NaN : Math.round(25.5 + jitterOf(i + 1e6, 1) * 54),
  );
  const labels = Uint8Array.from({ length: n }, (_, i) => ((x[i] ?? 0) > 43.5 ? 1 : 0) + ((y[i] ?? 0) > 25.5 ? 0 : 2));
  return { x, y, labels };
}

function build(n: number, more: Partial<Props> = {}): Props {
  const points = customers(n);
  return {
    label:
      "Scatter plot of customers by age and previous purchases. Points fill the square evenly; two straight borders cut it into four.",
    ...points,
    segments: tiers,
    xLabel: "Age, years",
    yLabel: "Previous purchases",
    xStep: 1,
    yStep: 1,
    borders,
    formatX: inEnglish(0),
    formatY: inEnglish(0),
    tip: (row: number) => ({
      mark: "real",
      title: `Customer ${row + 1}`,
      lines: [`Age ${points.x[row]}`, `${points.y[row]} previous purchases`],
    }),
    words,
    ...more,
  };
}

const note = "Each dot is one customer. Dots moved by less than half a unit so that none hides another.";

export const customerMap: ChartSpecimens<Props> = {
  chart: "customer-map",
  widthPx: 712,
  component: CustomerMap,
  specimens: [
    { state: "empty", title: "No customer yet", props: build(0, { segments: [], borders: [] }) },
    {
      state: "one",
      title: "One customer",
      props: build(1, { segments: [{ label: "Gold", note: "1 customer", color: "var(--tier-gold)" }], labels: [0], borders: [] }),
    },
    {
      state: "typical",
      title: "The cloud has no gaps: the borders are drawn by us",
      note,
      source: "n = 3,900",
      props: build(3900, { onselect: () => {}, onshape: () => {} }),
    },
    { state: "many", title: "A hundred thousand customers", note, props: build(100_000) },
    {
      state: "missing",
      title: "A fifth has no number of purchases",
      props: build(600, { ...customers(600, true), borders: [] }),
    },
    {
      state: "long labels",
      title: "Names of segments as long as they come",
      props: build(400, { segments: tiers.map((tier) => ({ ...tier, label: `${tier.label}, buys again and again` })) }),
    },
    {
      state: "vietnamese",
      title: "Đám mây không có khoảng trống: đường ranh do chúng ta vẽ",
      props: build(900, {
        label: "Biểu đồ điểm của khách hàng theo tuổi và số lần mua trước; hai đường ranh chia thành bốn phần.",
        segments: ["Kim cương", "Vàng", "Bạc", "Đồng"].map((label, i) => ({
          label,
          note: "225 khách hàng",
          color: tiers[i]?.color ?? "",
        })),
        xLabel: "Tuổi, năm",
        yLabel: "Số lần mua trước",
        formatX: inVietnamese(0),
        formatY: inVietnamese(0),
      }),
    },
    { state: "dark", title: "The cloud has no gaps", props: build(3900) },
  ],
};
