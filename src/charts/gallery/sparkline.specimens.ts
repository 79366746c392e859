import type { ComponentProps } from "svelte";
import Sparkline from "../Sparkline.svelte";
import type { ChartSpecimens } from "./specimen.ts";

const ages = [230, 241, 262, 250, 243, 248, 226, 251, 239, 244, 260, 238, 268];
const levels = [1755, 1053, 663, 429];

export const sparkline: ChartSpecimens<ComponentProps<typeof Sparkline>> = {
  chart: "sparkline",
  widthPx: 132,
  component: Sparkline,
  specimens: [
    { state: "empty", title: "No value at all", props: { counts: [], kind: "numeric" } },
    { state: "one", title: "One value only", props: { counts: [3900], kind: "categorical" } },
    {
      state: "typical",
      title: "Ages from 18 to 70",
      props: { counts: ages, kind: "numeric", label: "Ages, spread evenly from 18 to 70" },
    },
    {
      state: "many",
      title: "Sixty levels",
      props: { counts: Array.from({ length: 120 }, (_, i) => 177 - i), kind: "categorical" },
    },
    { state: "missing", title: "A fifth of the values missing", props: { counts: levels, kind: "categorical", nMissing: 780 } },
    { state: "long labels", title: "A column that counts the rows", props: { counts: [], kind: "counter" } },
    {
      state: "vietnamese",
      title: "Kích cỡ: bốn giá trị",
      props: { counts: levels, kind: "categorical", label: "Kích cỡ: bốn giá trị" },
    },
    { state: "dark", title: "Ages from 18 to 70", props: { counts: ages, kind: "numeric" } },
  ],
};
