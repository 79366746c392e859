import type { ComponentProps } from "svelte";
import { jitterOf } from "../customer-map.ts";
import LossLines from "../LossLines.svelte";
import type { LossSeries } from "../loss-lines.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof LossLines>;

/** A curve that falls to `end` and trembles. */
function fall(id: string, label: string, color: string, [start, end]: readonly [number, number], n: number): LossSeries {
  const steps = Float32Array.from({ length: n }, (_, i) => i);
  const losses = Float32Array.from(
    steps,
    (step) => end + (start - end) / (1 + (step * 24) / Math.max(1, n)) + jitterOf(step, 0) * 0.14,
  );
  return { id, label, color, steps, losses };
}

function three(n: number, labels: readonly [string, string, string] = ["critic", "marginal", "pair"]): LossSeries[] {
  return [
    fall("critic", labels[0], "var(--ink-2)", [-1, 0.02], n),
    fall("marginal", labels[1], "var(--synthetic)", [0.4, -1.5], n),
    fall("pair", labels[2], "var(--cat-3)", [0.9, -1.3], n),
  ];
}

function build(series: readonly LossSeries[], more: Partial<Props> = {}): Props {
  return {
    label: "Losses by training step: all three have settled.",
    series,
    lastStep: 300,
    markers: [{ step: 196, label: "best so far: 196" }],
    xLabel: "step",
    formatX: inEnglish(0),
    formatY: inEnglish(1),
    ...more,
  };
}

export const lossLines: ChartSpecimens<Props> = {
  chart: "loss-lines",
  widthPx: 436,
  component: LossLines,
  specimens: [
    { state: "empty", title: "Training has not begun", props: build([], { markers: [] }) },
    { state: "one", title: "One step", props: build(three(1), { markers: [] }) },
    {
      state: "typical",
      title: "Losses have settled",
      note: "A loss says little about quality; stopping follows the match.",
      source: "per epoch, 7 steps each",
      props: build(three(214)),
    },
    {
      state: "many",
      title: "A hundred thousand steps",
      props: build(three(100_000), { lastStep: 100_000, markers: [{ step: 80_000, label: "best so far: 80,000" }] }),
    },
    {
      state: "missing",
      title: "The critic was not measured for a while",
      props: build(
        three(214).map((each, i) =>
          i === 0
            ? { ...each, losses: Float32Array.from(each.losses, (loss, step) => (step > 60 && step < 120 ? Number.NaN : loss)) }
            : each,
        ),
      ),
    },
    {
      state: "long labels",
      title: "Names longer than the margin",
      props: build(
        three(120, [
          "discriminator on real and generated rows",
          "single columns, all of them together",
          "pairs of columns, all of them together",
        ]),
      ),
    },
    {
      state: "vietnamese",
      title: "Hàm mất mát đã ổn định",
      props: build(three(214, ["bộ phân biệt", "từng cột", "cặp cột"]), {
        label: "Hàm mất mát theo bước huấn luyện: cả ba đã ổn định.",
        markers: [{ step: 196, label: "tốt nhất đến nay: 196" }],
        xLabel: "bước",
        formatX: inVietnamese(0),
        formatY: inVietnamese(1),
      }),
    },
    { state: "dark", title: "Losses have settled", props: build(three(214)) },
  ],
};
