import { createRandom } from "../../../src/core/random.ts";
import { ganKernel } from "../../../src/gan/wasm-kernels.ts";
import { WasmMath } from "../../../src/gan/wasm-math.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

/** The product that takes most of a step: a batch through a hidden layer. */
const [nRows, depth, nColumns, nProducts] = [200, 256, 256, 400];
const GFLOP = (2 * nRows * depth * nColumns * nProducts) / 1e9;

const scenario: Scenario = {
  name: "gan.gemm",
  rivalName: "NumPy matmul on OpenBLAS, 1 thread",
  data: "shopping",
  threads: 1,
  unit: "ms/GFLOP",
  scale: { ours: 1 / GFLOP, rival: 1 / GFLOP },
  note: "(200 × 256) · (256 × 256) in single precision, 400 times; ours packs the left operand each time, weights once a step. The share of the rival's speed is 1 / ratio.",
  async prepare() {
    const math = new WasmMath(ganKernel(false));
    const random = createRandom(1);
    const matrix = (n: number, m: number) =>
      math.matrixOf(
        Float32Array.from({ length: n * m }, () => random.normal()),
        n,
        m,
      );
    const [a, b, c] = [matrix(nRows, depth), matrix(depth, nColumns), math.matrix(nRows, nColumns)];
    const packed = math.packed(depth, nColumns);
    math.pack(b, packed);
    return {
      rows: nRows,
      ours: () =>
        elapsedMs(() => {
          for (let i = 0; i < nProducts; i++) math.multiply(a, packed, c);
        }),
      rival: { module: "gemm", task: "products", settings: { nRows, depth, nColumns, nProducts } },
    };
  },
};

export default scenario;
