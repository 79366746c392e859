import type { ComponentProps } from "svelte";
import TraitDots from "../TraitDots.svelte";
import type { TraitRow } from "../trait-dots.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof TraitDots>;

const rows: TraitRow[] = [
  { label: "Age", value: 71, low: 69, high: 72 },
  { label: "Previous purchases", value: 150, low: 148, high: 152 },
  { label: "Average order", value: 101, low: 98, high: 103 },
  { label: "Uses discounts", value: 100, low: 93, high: 108 },
  { label: "Subscribes", value: 102, low: 91, high: 112 },
];

function build(traits: readonly TraitRow[], more: Partial<Props> = {}): Props {
  return {
    label: "Index against all customers: Age 71, Previous purchases 150, Average order 101, Uses discounts 100, Subscribes 102",
    rows: traits,
    referenceLabel: "all customers = 100",
    format: inEnglish(0),
    color: "var(--tier-diamond)",
    ...more,
  };
}

export const traitDots: ChartSpecimens<Props> = {
  chart: "trait-dots",
  widthPx: 288,
  component: TraitDots,
  specimens: [
    { state: "empty", title: "No trait", props: build([]) },
    { state: "one", title: "One trait", props: build(rows.slice(0, 1)) },
    {
      state: "typical",
      title: "Diamond",
      note: "Age up to 43 and at least 26 previous purchases",
      source: "95 % intervals",
      props: build(rows),
    },
    {
      state: "many",
      title: "Seventeen traits",
      props: build(
        Array.from({ length: 17 }, (_, i) => ({ label: `Trait ${i + 1}`, value: 60 + 6 * i, low: 55 + 6 * i, high: 65 + 6 * i })),
      ),
    },
    {
      state: "missing",
      title: "No interval for one",
      props: build(rows.map((row, i) => (i === 0 ? { ...row, low: 71, high: 71 } : row))),
    },
    {
      state: "long labels",
      title: "Names are cut",
      props: build(rows.map((row) => ({ ...row, label: `${row.label} over the last twelve months` }))),
    },
    {
      state: "vietnamese",
      title: "Kim cương",
      props: build(
        ["Tuổi", "Số lần mua trước", "Đơn hàng trung bình", "Dùng giảm giá", "Đăng ký"].map((label, i) => ({
          ...(rows[i] ?? { value: 0, low: 0, high: 0 }),
          label,
        })),
        {
          label: "Chỉ số so với mọi khách hàng: Tuổi 71, Số lần mua trước 150.",
          referenceLabel: "mọi khách hàng = 100",
          format: inVietnamese(0),
          fullRange: [50, 160],
        },
      ),
    },
    { state: "dark", title: "Bronze", props: build(rows, { color: "var(--tier-bronze)" }) },
  ],
};
