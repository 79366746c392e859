import type { ParameterShape } from "./parameters.ts";
import { sizeOf, strideOf, type WasmMath, type WasmMatrix } from "./wasm-math.ts";

/** Parameters as the kernels hold them: one after another, each filled up to whole tiles. */
export class ParameterLayout {
  /** Floats in all. */
  readonly size: number;
  private readonly offsets: readonly number[];

  constructor(private readonly shapes: readonly ParameterShape[]) {
    let size = 0;
    this.offsets = shapes.map(({ shape }) => {
      const offset = size;
      size += sizeOf(...shape);
      return offset;
    });
    this.size = size;
  }

  /** The parameters by name, where they stand at an address. */
  at<Name extends string>(address: number): Record<Name, WasmMatrix> {
    return Object.fromEntries(this.shapes.map(({ name }, i) => [name, this.matrix(i, address)])) as Record<Name, WasmMatrix>;
  }

  write(math: WasmMath, address: number, flat: Float32Array): void {
    this.each((i, from) => math.write(this.matrix(i, address), flat, from));
  }

  read(math: WasmMath, address: number): Float32Array {
    const flat = new Float32Array(this.shapes.reduce((sum, { shape }) => sum + shape[0] * shape[1], 0));
    this.each((i, from) => math.read(this.matrix(i, address), flat, from));
    return flat;
  }

  private matrix(i: number, address: number): WasmMatrix {
    const [nRows, nColumns] = this.shapes[i].shape;
    return { address: address + 4 * this.offsets[i], nRows, nColumns, stride: strideOf(nColumns) };
  }

  private each(visit: (i: number, from: number) => void): void {
    let from = 0;
    this.shapes.forEach(({ shape }, i) => {
      visit(i, from);
      from += shape[0] * shape[1];
    });
  }
}
