import { WasmKernel } from "../core/wasm-kernel.ts";
import base64 from "../wasm/compiled/boosting.ts";

/** What src/wasm/boosting.ts exports; addresses are in bytes. */
interface BoostingFunctions {
  fillHistogram(bins: number, width: number, rows: number, begin: number, end: number, pairs: number, histogram: number): void;
  clear(at: number, nBytes: number): void;
  subtractHistogram(parent: number, child: number, nSlots: number): void;
  sumPairs(pairs: number, rows: number, begin: number, end: number, out: number): void;
  countUp(rows: number, from: number, n: number): void;
  partition(rows: number, begin: number, end: number, column: number, flags: number, scratch: number): number;
  writeSides(rows: number, begin: number, end: number, column: number, flags: number, bits: number): void;
  partitionBySides(rows: number, begin: number, end: number, bits: number, scratch: number): number;
  addToRows(margins: number, rows: number, begin: number, end: number, value: number): void;
  deriveSquaredError(margins: number, targets: number, weights: number, pairs: number, nRows: number): void;
  deriveLogistic(margins: number, targets: number, weights: number, pairs: number, nRows: number): void;
  deriveSoftmax(
    margins: number,
    targets: number,
    weights: number,
    pairs: number,
    nRows: number,
    stride: number,
    nClasses: number,
    scratch: number,
  ): void;
  findSplit(
    histogram: number,
    features: number,
    list: number,
    nListed: number,
    gradients: number,
    hessians: number,
    penalties: number,
    work: number,
    found: number,
  ): void;
}

export type BoostingKernel = WasmKernel<BoostingFunctions>;

export function createBoostingKernel(): BoostingKernel {
  return new WasmKernel<BoostingFunctions>(base64);
}
