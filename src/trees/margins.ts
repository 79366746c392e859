import type { BoostingKernel } from "./boosting-kernel.ts";
import { type Loss, meanLoss } from "./losses.ts";

/**
 * Margins (nMargins × stride) of all rows and the pairs of their first and second derivatives, in a kernel's memory.
 * The stride is the number of rows, made even: the kernels take two rows at a time.
 */
export class Margins {
  private readonly stride: number;
  private readonly firstMargin: number;
  private readonly firstPair: number;
  private readonly targets: number;
  private readonly weights: number;
  private readonly scratch: number;

  constructor(
    private readonly kernel: BoostingKernel,
    private readonly loss: Loss,
    private readonly nRows: number,
  ) {
    const nMargins = loss.baseMargins.length;
    this.stride = nRows + (nRows % 2);
    this.firstMargin = kernel.allocate(8 * nMargins * this.stride);
    this.firstPair = kernel.allocate(16 * nMargins * this.stride);
    this.scratch = kernel.allocate(16 * nMargins);
    this.targets = kernel.allocate(8 * this.stride);
    kernel.float64(this.targets, nRows).set(loss.targets);
    this.weights = loss.weights ? kernel.allocate(8 * this.stride) : 0;
    if (loss.weights) kernel.float64(this.weights, nRows).set(loss.weights);
    for (const [margin, base] of loss.baseMargins.entries()) this.values(margin).fill(base);
  }

  address(margin: number): number {
    return this.firstMargin + 8 * margin * this.stride;
  }

  /** Address of a margin's pairs. */
  pairs(margin: number): number {
    return this.firstPair + 16 * margin * this.stride;
  }

  /** A view that is good until memory is next set aside. */
  values(margin: number): Float64Array {
    return this.kernel.float64(this.address(margin), this.nRows);
  }

  receive(margin: number, values: Float64Array): void {
    this.values(margin).set(values);
  }

  /** First and second derivatives of the loss at the margins as they stand. */
  derive(): void {
    const { loss, firstMargin, targets, weights, firstPair, nRows, stride, scratch } = this;
    const { functions } = this.kernel;
    if (loss.kind === "squared-error") functions.deriveSquaredError(firstMargin, targets, weights, firstPair, nRows);
    else if (loss.kind === "logistic") functions.deriveLogistic(firstMargin, targets, weights, firstPair, nRows);
    else functions.deriveSoftmax(firstMargin, targets, weights, firstPair, nRows, stride, loss.baseMargins.length, scratch);
  }

  /** `meanLoss` of rows [begin, nRows). */
  lossFrom(begin: number): number {
    const margins = this.kernel.float64(this.firstMargin, this.loss.baseMargins.length * this.stride);
    return meanLoss(this.loss, margins, this.stride, begin, this.nRows);
  }
}
