import { WasmKernel } from "../core/wasm-kernel.ts";
import type { GanKernels } from "./wasm-kernels.ts";

const TILE_ROWS = 5;
const TILE_COLUMNS = 8;

const filledUp = (n: number, tile: number): number => Math.ceil(n / tile) * tile;

/** Floats from one row to the next: rows are filled up with zeros. */
export const strideOf = (nColumns: number): number => filledUp(nColumns, TILE_COLUMNS);

/** Floats that a matrix takes: rows are filled up too, since products are written in whole tiles. */
export const sizeOf = (nRows: number, nColumns: number): number =>
  (nRows === 1 ? 1 : filledUp(nRows, TILE_ROWS)) * strideOf(nColumns);

/** A matrix in the kernel's memory, row by row. */
export interface WasmMatrix {
  readonly address: number;
  readonly nRows: number;
  readonly nColumns: number;
  readonly stride: number;
}

/** A right operand, packed in panels of columns (see src/wasm/gan/gemm.ts). */
export interface PackedMatrix {
  readonly address: number;
  readonly panels: number;
  readonly nPanels: number;
  readonly depth: number;
}

/** Some of a matrix's rows. */
export function someRows({ address, nColumns, stride }: WasmMatrix, from: number, to: number): WasmMatrix {
  return { address: address + 4 * from * stride, nRows: to - from, nColumns, stride };
}

/** Floats of a matrix's rows, with what fills them up. */
export const countOf = ({ nRows, stride }: WasmMatrix): number => nRows * stride;

/** Matrices of 32-bit floats in WebAssembly memory, and products of them. */
export class WasmMath {
  readonly kernel: WasmKernel<GanKernels>;
  readonly run: GanKernels;
  private readonly scratch = { left: { address: 0, size: 0 }, right: { address: 0, size: 0 } };
  private readonly fullPanels = new Map<number, number>();

  constructor(base64: string) {
    this.kernel = new WasmKernel<GanKernels>(base64);
    this.run = this.kernel.functions;
  }

  floats(count: number): number {
    return this.kernel.allocate(4 * count);
  }

  /** Zeros (nRows × nColumns), with room for a product to be written to its last rows alone. */
  matrix(nRows: number, nColumns: number): WasmMatrix {
    const size = filledUp(nRows + TILE_ROWS - 1, TILE_ROWS) * strideOf(nColumns);
    return { address: this.floats(size), nRows, nColumns, stride: strideOf(nColumns) };
  }

  /** A matrix that holds `values`, row by row. */
  matrixOf(values: Float32Array, nRows: number, nColumns: number): WasmMatrix {
    const result = this.matrix(nRows, nColumns);
    this.write(result, values);
    return result;
  }

  /** Fills a matrix from values without gaps, beginning at `offset`. */
  write({ address, nRows, nColumns, stride }: WasmMatrix, values: Float32Array, offset = 0): void {
    const target = this.kernel.float32(address, nRows * stride);
    if (stride === nColumns) target.set(values.subarray(offset, offset + nRows * nColumns));
    else
      for (let row = 0; row < nRows; row++)
        target.set(values.subarray(offset + row * nColumns, offset + (row + 1) * nColumns), row * stride);
  }

  /** A matrix's values without gaps, into `target` at `offset`. */
  read({ address, nRows, nColumns, stride }: WasmMatrix, target: Float32Array, offset = 0): void {
    const source = this.kernel.float32(address, nRows * stride);
    if (stride === nColumns) target.set(source, offset);
    else
      for (let row = 0; row < nRows; row++)
        target.set(source.subarray(row * stride, row * stride + nColumns), offset + row * nColumns);
  }

  /** Room for a right operand (depth × nColumns) that is packed again and again. */
  packed(depth: number, nColumns: number): PackedMatrix {
    const nPanels = strideOf(nColumns) / TILE_COLUMNS;
    return { address: this.floats(depth * strideOf(nColumns)), panels: this.wholePanels(depth, nPanels), nPanels, depth };
  }

  /** A fixed right operand (depth × nColumns): of each panel only the stretch that is not zero. */
  packedOf(values: Float32Array, depth: number, nColumns: number): PackedMatrix {
    const nPanels = strideOf(nColumns) / TILE_COLUMNS;
    const stretches = Array.from({ length: nPanels }, (_, panel) => stretchOf(values, depth, nColumns, panel));
    const panels = this.kernel.allocate(8 * nPanels);
    this.kernel.int32(panels, 2 * nPanels).set(stretches.flat());
    const address = this.floats(TILE_COLUMNS * stretches.reduce((sum, [, length]) => sum + length, 0));
    let at = 0;
    stretches.forEach(([from, length], panel) => {
      const target = this.kernel.float32(address + 4 * at, length * TILE_COLUMNS);
      for (let k = 0; k < length; k++)
        for (let i = 0; i < TILE_COLUMNS; i++) {
          const column = panel * TILE_COLUMNS + i;
          target[k * TILE_COLUMNS + i] = column < nColumns ? values[(from + k) * nColumns + column] : 0;
        }
      at += length * TILE_COLUMNS;
    });
    return { address, panels, nPanels, depth };
  }

  pack({ address, stride, nRows }: WasmMatrix, into: PackedMatrix): void {
    this.run.packColumns(address, stride, nRows, into.nPanels, into.address);
  }

  packTransposed({ address, stride, nRows, nColumns }: WasmMatrix, into: PackedMatrix): void {
    this.run.packColumnsTransposed(address, stride, nColumns, nRows, into.address);
  }

  /** c = a·b. Rows of c beyond the last whole tile are written, as zeros: of two halves of a matrix, the first must come first. */
  multiply(a: WasmMatrix, b: PackedMatrix, c: WasmMatrix): void {
    const left = this.room("left", filledUp(a.nRows, TILE_ROWS) * a.nColumns);
    this.run.packRows(a.address, a.stride, a.nRows, a.nColumns, left);
    this.run.multiply(left, a.nRows, a.nColumns, b.address, b.panels, b.nPanels, c.address, c.stride, false);
  }

  /** c += aᵀ·b. */
  addTransposedProduct(a: WasmMatrix, b: WasmMatrix, c: WasmMatrix): void {
    const depth = a.nRows;
    const nPanels = b.stride / TILE_COLUMNS;
    const left = this.room("left", filledUp(a.nColumns, TILE_ROWS) * depth);
    const right = this.room("right", b.stride * depth);
    this.run.packRowsTransposed(a.address, a.stride, a.nColumns, depth, left);
    this.run.packColumns(b.address, b.stride, depth, nPanels, right);
    const panels = this.wholePanels(depth, nPanels);
    this.run.multiply(left, a.nColumns, depth, right, panels, nPanels, c.address, c.stride, true);
  }

  private room(side: "left" | "right", size: number): number {
    const room = this.scratch[side];
    if (room.size < size) this.scratch[side] = { address: this.floats(size), size };
    return this.scratch[side].address;
  }

  /** The table of panels that are full over a depth. */
  private wholePanels(depth: number, nPanels: number): number {
    const key = depth * 65_536 + nPanels;
    const known = this.fullPanels.get(key);
    if (known !== undefined) return known;
    const address = this.kernel.allocate(8 * nPanels);
    const table = this.kernel.int32(address, 2 * nPanels);
    for (let panel = 0; panel < nPanels; panel++) table[2 * panel + 1] = depth;
    this.fullPanels.set(key, address);
    return address;
  }
}

/** Where in the depth a panel of columns has values, and how far they go. */
function stretchOf(values: Float32Array, depth: number, nColumns: number, panel: number): [from: number, length: number] {
  const begin = panel * TILE_COLUMNS;
  const end = Math.min(nColumns, begin + TILE_COLUMNS);
  const isEmpty = (k: number) => values.subarray(k * nColumns + begin, k * nColumns + end).every((value) => value === 0);
  let from = 0;
  while (from < depth && isEmpty(from)) from++;
  let to = depth;
  while (to > from && isEmpty(to - 1)) to--;
  return [from, to - from];
}
