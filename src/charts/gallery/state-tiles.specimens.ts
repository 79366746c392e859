import type { ComponentProps } from "svelte";
import StateTiles from "../StateTiles.svelte";
import type { StateValue } from "../state-tiles.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof StateTiles>;

const counts: Readonly<Record<string, number>> = {
  AK: 72,
  AL: 89,
  AR: 79,
  AZ: 65,
  CA: 95,
  CO: 75,
  CT: 78,
  DE: 86,
  FL: 68,
  GA: 79,
  HI: 65,
  IA: 69,
  ID: 93,
  IL: 92,
  IN: 79,
  KS: 63,
  KY: 79,
  LA: 84,
  MA: 72,
  MD: 86,
  ME: 77,
  MI: 73,
  MN: 88,
  MO: 81,
  MS: 80,
  MT: 96,
  NC: 78,
  ND: 83,
  NE: 87,
  NH: 71,
  NJ: 67,
  NM: 81,
  NV: 87,
  NY: 87,
  OH: 77,
  OK: 75,
  OR: 74,
  PA: 74,
  RI: 63,
  SC: 76,
  SD: 70,
  TN: 77,
  TX: 77,
  UT: 71,
  VA: 77,
  VT: 85,
  WA: 73,
  WI: 75,
  WV: 81,
  WY: 71,
};
const states: StateValue[] = Object.entries(counts).map(([code, value]) => ({ code, label: code, value }));

function build(shown: readonly StateValue[], more: Partial<Props> = {}): Props {
  const format = more.format ?? inEnglish(0);
  return {
    label: "Rows per US state: 63 in Kansas and Rhode Island to 96 in Montana.",
    states: shown,
    format,
    tip: ({ label, value }: StateValue) => ({ title: value === null ? "–" : format(value), lines: [label] }),
    ...more,
  };
}

export const stateTiles: ChartSpecimens<Props> = {
  chart: "state-tiles",
  widthPx: 436,
  component: StateTiles,
  specimens: [
    { state: "empty", title: "No state", props: build([]) },
    { state: "one", title: "One state", props: build([{ code: "TX", label: "Texas", value: 12 }]) },
    {
      state: "typical",
      title: "No state stands out: 63 to 96 rows is what chance gives",
      note: "Rows per state. Shade starts at 0, so that small differences stay small.",
      source: "n = 3,900 · 78 expected each, p = 0.76",
      table: {
        columns: [
          { label: "State", isNumeric: false },
          { label: "Rows", isNumeric: true },
        ],
        rows: states.map(({ label, value }) => [label, inEnglish(0)(value ?? 0)]),
      },
      props: build(states),
    },
    {
      state: "many",
      title: "A million rows",
      props: build(states.map((state, i) => ({ ...state, value: 4_000 * ((i % 9) + 1) ** 2 }))),
    },
    {
      state: "missing",
      title: "Half of the states, some without a value",
      props: build(
        states.filter((_, i) => i % 2 === 0).map((state, i) => ({ ...state, value: i % 5 === 0 ? null : state.value })),
      ),
    },
    {
      state: "long labels",
      title: "On a phone",
      widthPx: 328,
      props: build(states, { width: 328 }),
    },
    {
      state: "vietnamese",
      title: "Không bang nào nổi trội: 63 đến 96 dòng là do ngẫu nhiên",
      note: "Số dòng ở mỗi bang. Độ đậm bắt đầu từ 0.",
      props: build(states, {
        label: "Số dòng ở mỗi bang của Hoa Kỳ: từ 63 ở Kansas và Rhode Island đến 96 ở Montana.",
        format: inVietnamese(0),
      }),
    },
    { state: "dark", title: "No state stands out", props: build(states) },
  ],
};
