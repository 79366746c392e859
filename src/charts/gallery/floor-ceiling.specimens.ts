import type { ComponentProps } from "svelte";
import FloorCeiling from "../FloorCeiling.svelte";
import { type ChartSpecimens, inEnglish } from "./specimen.ts";

type Props = ComponentProps<typeof FloorCeiling>;

function build(more: Partial<Props> = {}): Props {
  return {
    label: "Links between columns: 0.868, between a floor of 0.641 and a ceiling of 0.987.",
    floor: { value: 0.641, label: "floor 0.641" },
    ceiling: { value: 0.987, label: "ceiling 0.987" },
    marks: [{ kind: "synthetic", value: 0.868, label: "now 0.868" }],
    ...more,
  };
}

export const floorCeiling: ChartSpecimens<Props> = {
  chart: "floor-ceiling",
  widthPx: 436,
  component: FloorCeiling,
  specimens: [
    { state: "empty", title: "Not measured yet", props: build({ marks: [] }) },
    {
      state: "one",
      title: "Worse than the floor",
      props: build({ marks: [{ kind: "synthetic", value: 0.52, label: `now ${inEnglish(2)(0.52)}` }] }),
    },
    {
      state: "typical",
      title: "Links between columns: from 0.641 to 0.868 of a possible 0.987",
      note: "Pair trends over the 7 pairs that carry signal.",
      source: "Rules are put back after sampling",
      props: build(),
    },
    {
      state: "many",
      title: "Three samplers on one track",
      props: build({
        marks: [
          { kind: "synthetic", value: 0.868, label: "GAN 0.868" },
          { kind: "synthetic-open", value: 0.986, label: "trees 0.986" },
          { kind: "synthetic-dot", value: 0.989, label: "blocks 0.989" },
        ],
      }),
    },
    {
      state: "missing",
      title: "Floor and ceiling coincide",
      props: build({ noTrack: "Floor 0.984 and ceiling 0.983 coincide, so a good score here proves nothing." }),
    },
    {
      state: "long labels",
      title: "Less is better here, and an aim is marked",
      props: build({
        floor: { value: 0.93, label: "floor 0.93, what shuffled columns give" },
        ceiling: { value: 0.5, label: "ceiling 0.50, what real rows give" },
        aim: { value: 0.65, label: "aim 0.65" },
        marks: [{ kind: "synthetic", value: 0.99, label: "now 0.99" }],
      }),
    },
    {
      state: "vietnamese",
      title: "Liên hệ giữa các cột: từ 0,641 lên 0,868, trần 0,987",
      props: build({
        label: "Liên hệ giữa các cột: 0,868, giữa sàn 0,641 và trần 0,987.",
        floor: { value: 0.641, label: "sàn 0,641" },
        ceiling: { value: 0.987, label: "trần 0,987" },
        marks: [{ kind: "synthetic", value: 0.868, label: "hiện tại 0,868" }],
      }),
    },
    { state: "dark", title: "Links between columns", props: build() },
  ],
};
