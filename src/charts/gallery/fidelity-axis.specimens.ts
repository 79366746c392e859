import type { ComponentProps } from "svelte";
import FidelityAxis from "../FidelityAxis.svelte";
import type { FidelityMark, FidelityRow } from "../fidelity-axis.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof FidelityAxis>;
type Four = readonly [gan: number, step0: number, trees: number, blocks: number];

const KINDS = ["synthetic", "mixed", "synthetic-open", "synthetic-dot"] as const;
const ENGLISH = ["GAN", "untrained", "trees", "blocks"];
const VIETNAMESE = ["GAN", "chưa huấn luyện", "cây", "khối"];

function marksOf(values: Four, names: readonly string[], format: (value: number) => string): FidelityMark[] {
  return values.map((value, i) => ({
    kind: KINDS[i] === "mixed" ? "guess" : KINDS[i],
    value,
    label: `${names[i]} ${format(value)}`,
    isMain: i === 0,
  }));
}

function row(
  name: string,
  note: string,
  [floor, ceiling]: readonly [number, number],
  values: Four,
  more: Partial<FidelityRow> = {},
) {
  const three = inEnglish(3);
  return {
    name,
    note,
    floor: { value: floor, label: three(floor) },
    ceiling: { value: ceiling, label: three(ceiling) },
    marks: marksOf(values, ENGLISH, three),
    noTrack: null,
    belowFloor: "worse than the floor",
    ...more,
  } satisfies FidelityRow;
}

const signal = row("Signal pairs", "7 pairs that carry signal; 1 is perfect", [0.641, 0.987], [0.868, 0.961, 0.986, 0.989]);
const apart = row("Told apart from real", "two-sample AUC; 0.5 is ideal", [0.93, 0.5], [0.99, 0.53, 0.47, 0.49]);
const rules = row("Rows that obey every rule", "Item → Category, legal combinations", [0.12, 1], [0.27, 1, 1, 1]);
const utility = row(
  "Trained on it, tested on real",
  "AUC of a model that saw generated rows alone",
  [0.51, 0.842],
  [0.8, 0.7, 0.83, 0.82],
);
const columns = row("Single columns", "column shapes; 1 is perfect", [0.984, 0.983], [0.882, 0.97, 0.974, 0.986], {
  noTrack: "Floor 0.984 and ceiling 0.983 coincide, so a good score here proves nothing.",
});

function build(rows: readonly FidelityRow[], more: Partial<Props> = {}): Props {
  return {
    label: "Each measure between its floor and its ceiling: the GAN lies below the floor where rows are told apart.",
    rows,
    floorTitle: "floor: shuffled columns",
    ceilingTitle: "ceiling: real hold-out",
    ...more,
  };
}

export const fidelityAxis: ChartSpecimens<Props> = {
  chart: "fidelity-axis",
  widthPx: 1080,
  component: FidelityAxis,
  specimens: [
    { state: "empty", title: "Nothing measured yet", props: build([]) },
    { state: "one", title: "One measure", props: build([signal]) },
    {
      state: "typical",
      title: "Two simple samplers reach the ceiling; this GAN does not",
      note: "Every measure is stretched so that the shuffler stands at the left line and a real hold-out at the right one.",
      key: [
        { mark: "synthetic", label: "GAN" },
        { mark: "guess", label: "untrained GAN" },
        { mark: "synthetic-open", label: "sequential trees" },
        { mark: "synthetic-dot", label: "block sampler" },
      ],
      props: build([signal, apart, rules, columns]),
    },
    { state: "many", title: "Five measures", props: build([signal, apart, rules, utility, columns]) },
    {
      state: "missing",
      title: "No measure leaves room, and one was not measured",
      props: build([
        columns,
        { ...columns, name: "All pairs", marks: marksOf([Number.NaN, 0.9, 0.9, 0.9], ENGLISH, inEnglish(3)) },
      ]),
    },
    {
      state: "long labels",
      title: "Drawn for a narrow page",
      widthPx: 328,
      props: build([signal, apart, columns], { width: 328 }),
    },
    {
      state: "vietnamese",
      title: "Hai bộ sinh đơn giản chạm trần; GAN này thì không",
      props: build(
        [
          {
            ...signal,
            name: "Cặp cột có tín hiệu",
            note: "7 cặp có tín hiệu; 1 là hoàn hảo",
            floor: { value: 0.641, label: "0,641" },
            ceiling: { value: 0.987, label: "0,987" },
            marks: marksOf([0.868, 0.961, 0.986, 0.989], VIETNAMESE, inVietnamese(3)),
          },
        ],
        { floorTitle: "sàn: cột bị xáo trộn", ceilingTitle: "trần: dòng thật để riêng" },
      ),
    },
    { state: "dark", title: "Each measure between floor and ceiling", props: build([signal, apart, columns]) },
  ],
};
