import type { ComponentProps } from "svelte";
import EngineRace from "../EngineRace.svelte";
import type { RaceRow } from "../engine-race.ts";
import { type ChartSpecimens, inEnglish, inVietnamese } from "./specimen.ts";

type Props = ComponentProps<typeof EngineRace>;

const rows: RaceRow[] = [
  { label: "TensorFlow.js WASM", msPerStep: 60, note: "chosen", isChosen: true },
  { label: "WebGPU", msPerStep: 380, note: "software adapter", isChosen: false },
  { label: "WebGL", msPerStep: 2400, note: "software renderer", isChosen: false },
  { label: "TensorFlow.js CPU", msPerStep: 7100, note: "slower", isChosen: false },
];
const formatTick = (ms: number) => (ms < 1000 ? inEnglish(0, " ms")(ms) : inEnglish(0, " s")(ms / 1000));

function build(shown: readonly RaceRow[], more: Partial<Props> = {}): Props {
  return { label: "Time per training step by engine, logarithmic: WASM 60 ms, chosen.", rows: shown, formatTick, ...more };
}

export const engineRace: ChartSpecimens<Props> = {
  chart: "engine-race",
  widthPx: 620,
  component: EngineRace,
  specimens: [
    { state: "empty", title: "No engine was found", props: build([]) },
    { state: "one", title: "Only one engine here", props: build(rows.slice(0, 1)) },
    {
      state: "typical",
      title: "Running on WASM: both GPU drivers are software",
      note: "Measured time per training step, before the start; logarithmic.",
      props: build(rows),
    },
    {
      state: "many",
      title: "Nine engines",
      props: build(
        [...rows, ...rows.slice(1), ...rows.slice(1, 3)].map((row, i) => ({ ...row, label: `${row.label}, ${i + 1}` })),
      ),
    },
    {
      state: "missing",
      title: "WebGPU is absent, WebGL failed",
      props: build(
        rows.map((row, i) =>
          i === 1 ? { ...row, msPerStep: null, note: "absent" } : i === 2 ? { ...row, msPerStep: null, note: "failed" } : row,
        ),
      ),
    },
    {
      state: "long labels",
      title: "Names of adapters",
      props: build(
        rows.map((row) => ({
          ...row,
          label: `${row.label} on Google SwiftShader Device (Subzero)`,
          note: `${row.note}, measured over 20 steps`,
        })),
      ),
    },
    {
      state: "vietnamese",
      title: "Chạy bằng WASM: cả hai trình điều khiển GPU đều là phần mềm",
      props: build(
        rows.map((row, i) => ({ ...row, note: ["được chọn", "bộ điều hợp phần mềm", "kết xuất phần mềm", "chậm hơn"][i] ?? "" })),
        {
          label: "Thời gian mỗi bước huấn luyện theo máy chạy, thang lôgarit.",
          formatTick: (ms: number) => inVietnamese(ms < 1000 ? 1 : 0, " giây")(ms / 1000),
        },
      ),
    },
    { state: "dark", title: "Running on WASM", props: build(rows) },
  ],
};
