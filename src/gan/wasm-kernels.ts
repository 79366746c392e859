import { canRunKernel } from "../core/wasm-kernel.ts";
import kernel from "../wasm/compiled/gan.ts";
import relaxedKernel from "../wasm/compiled/gan-relaxed.ts";

let hasRelaxed: boolean | null = null;

export const canRunGanKernel = (): boolean => canRunKernel(kernel);

/** The kernel that runs here. The exact one rounds after each product, so that its numbers are the same in every browser. */
export function ganKernel(isExact: boolean): string {
  if (isExact) return kernel;
  hasRelaxed ??= canRunKernel(relaxedKernel);
  return hasRelaxed ? relaxedKernel : kernel;
}

type Address = number;
type Count = number;

/** What the kernels of src/wasm/gan.ts can do; addresses in bytes, strides and counts in floats. */
export interface GanKernels {
  multiply(
    a: Address,
    nRows: Count,
    depth: Count,
    b: Address,
    panels: Address,
    nPanels: Count,
    c: Address,
    columnStride: Count,
    adds: boolean,
  ): void;
  packRows(source: Address, stride: Count, nRows: Count, depth: Count, target: Address): void;
  packRowsTransposed(source: Address, stride: Count, nRows: Count, depth: Count, target: Address): void;
  packColumns(source: Address, stride: Count, depth: Count, nPanels: Count, target: Address): void;
  packColumnsTransposed(source: Address, stride: Count, depth: Count, nColumns: Count, target: Address): void;

  addRow(x: Address, stride: Count, nRows: Count, row: Address): void;
  addTo(target: Address, source: Address, count: Count): void;
  product(a: Address, b: Address, scale: number, target: Address, count: Count): void;
  scaledSum(a: Address, b: Address, scale: number, target: Address, count: Count): void;
  excess(x: Address, scale: number, expected: Address, mask: Address, count: Count): void;
  dot(a: Address, b: Address, count: Count): number;
  addColumnSums(x: Address, stride: Count, nRows: Count, target: Address): void;
  addColumnProducts(x: Address, y: Address, stride: Count, nRows: Count, target: Address): void;

  normalise(
    x: Address,
    stride: Count,
    nRows: Count,
    width: Count,
    mask: Address,
    gain: Address,
    shift: Address,
    normal: Address,
    inverseDeviation: Address,
    output: Address,
  ): void;
  normaliseBackward(
    upstream: Address,
    stride: Count,
    nRows: Count,
    width: Count,
    mask: Address,
    gain: Address,
    normal: Address,
    inverseDeviation: Address,
    output: Address,
    input: Address,
  ): void;
  dropLeaky(before: Address, slope: Address, after: Address, count: Count): void;
  spread(row: Address, slope: Address, stride: Count, nRows: Count, scale: number, target: Address): void;
  mixRows(a: Address, b: Address, shares: Address, stride: Count, nRows: Count, target: Address): void;
  penalise(gradients: Address, stride: Count, nRows: Count, scale: number): number;

  softmax(x: Address, stride: Count, nRows: Count, blocks: Address, nBlocks: Count): void;
  softmaxBackward(
    p: Address,
    d: Address,
    stride: Count,
    nRows: Count,
    blocks: Address,
    nBlocks: Count,
    scale: number,
    target: Address,
  ): void;
  readDrawn(
    p: Address,
    stride: Count,
    nRows: Count,
    blocks: Address,
    nBlocks: Count,
    readout: Address,
    readoutStride: Count,
    target: Address,
  ): void;

  adam(
    values: Address,
    gradient: Address,
    moment1: Address,
    moment2: Address,
    count: Count,
    rate: number,
    epsilon: number,
    weightDecay: number,
  ): void;
  blend(average: Address, values: Address, decay: number, count: Count): void;
}
