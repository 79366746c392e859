import { createMatrix, type Matrix } from "../core/matrix.ts";
import { WasmKernel } from "../core/wasm-kernel.ts";
import compiled from "../wasm/compiled/clusters.ts";

interface Functions {
  assign(
    columns: number,
    stride: number,
    nRows: number,
    nColumns: number,
    centres: number,
    k: number,
    labels: number,
    distances: number,
    sums: number,
    sizes: number,
  ): number;
  nearer(
    columns: number,
    stride: number,
    nRows: number,
    nColumns: number,
    point: number,
    nearest: number,
    result: number,
  ): number;
  addAllDistances(
    columns: number,
    stride: number,
    nColumns: number,
    starts: number,
    k: number,
    begin: number,
    end: number,
    sums: number,
  ): void;
}

/**
 * Points in the memory of a WebAssembly kernel (src/wasm/clusters.ts), which computes four distances at a time in the same
 * order of operations as a plain loop would.
 */
export class ClusterKernel {
  /** Kernels that nobody uses: a kernel's memory is dear to make and is not given back soon. */
  private static readonly idle: ClusterKernel[] = [];

  private readonly kernel = new WasmKernel<Functions>(compiled);
  private capacity = 0;
  private base = 0;
  private nextFree = 0;
  private stride = 0;
  private nRows = 0;
  private nColumns = 0;
  private columns = 0;

  /** Runs work on a kernel that holds the points. Work that stops at a yield keeps its kernel to itself. */
  static *use<Event, Output>(data: Matrix, work: (kernel: ClusterKernel) => Generator<Event, Output, void>) {
    const kernel = ClusterKernel.idle.pop() ?? new ClusterKernel();
    try {
      kernel.load(data);
      return yield* work(kernel);
    } finally {
      ClusterKernel.idle.push(kernel);
    }
  }

  private load({ nRows, nColumns, values }: Matrix): void {
    this.nRows = nRows;
    this.nColumns = nColumns;
    this.stride = Math.ceil(nRows / 4) * 4;
    this.nextFree = 0;
    this.columns = this.take(8 * nColumns * this.stride);
    for (let column = 0; column < nColumns; column++) {
      const target = this.kernel.float64(this.columns + 8 * column * this.stride, this.stride).fill(0);
      for (let row = 0; row < nRows; row++) target[row] = values[row * nColumns + column];
    }
  }

  /** Where the next part of the kernel's memory begins; growing it keeps what was there. */
  private take(nBytes: number): number {
    const offset = this.nextFree;
    this.nextFree = Math.ceil((offset + nBytes) / 16) * 16;
    if (this.nextFree > this.capacity) {
      const missing = this.nextFree - this.capacity;
      const address = this.kernel.allocate(missing);
      if (this.capacity === 0) this.base = address;
      this.capacity = this.nextFree;
    }
    return this.base + offset;
  }

  /** Places for a clustering into k: centres go in, all others come out of `assign`. */
  reserve(k: number): Assignment {
    const { stride, nRows, nColumns, kernel } = this;
    const at = {
      centres: this.take(8 * k * nColumns),
      labels: this.take(2 * stride),
      distances: this.take(8 * stride),
      sums: this.take(8 * k * nColumns),
      sizes: this.take(4 * k),
    };
    kernel.bytes(at.labels, 2 * stride).fill(0);
    return {
      assign: (centres) => {
        kernel.float64(at.centres, k * nColumns).set(centres);
        const { labels, distances, sums, sizes } = at;
        const { assign } = kernel.functions;
        return assign(this.columns, stride, nRows, nColumns, at.centres, k, labels, distances, sums, sizes);
      },
      labels: () => kernel.bytes(at.labels, nRows),
      distances: () => kernel.float64(at.distances, nRows),
      sums: () => kernel.float64(at.sums, k * nColumns),
      sizes: () => kernel.int32(at.sizes, k),
    };
  }

  /** Places for choosing first centres, one weight for each row, all infinite at first. */
  reserveWeights(): Weights {
    const { stride, nRows, nColumns, kernel } = this;
    const point = this.take(8 * nColumns);
    let [nearest, trial, best] = [this.take(8 * stride), this.take(8 * stride), this.take(8 * stride)];
    const clear = () => kernel.float64(nearest, stride).fill(0).fill(Number.POSITIVE_INFINITY, 0, nRows);
    return {
      clear: () => void clear(),
      tryRow: (row) => {
        const target = kernel.float64(point, nColumns);
        const values = kernel.float64(this.columns, nColumns * stride);
        for (let column = 0; column < nColumns; column++) target[column] = values[column * stride + row];
        return kernel.functions.nearer(this.columns, stride, nRows, nColumns, point, nearest, trial);
      },
      keepTrial: () => {
        [trial, best] = [best, trial];
      },
      useBest: () => {
        [nearest, best] = [best, nearest];
      },
      nearest: () => kernel.float64(nearest, nRows),
    };
  }

  /**
   * Distances from each cluster to each row, added up (k × nRows), for rows that stand cluster by cluster. Yields how many
   * rows are done after every few.
   */
  *sumDistances(starts: Int32Array): Generator<number, Matrix, void> {
    const { stride, nRows, nColumns, kernel } = this;
    const k = starts.length - 1;
    const at = this.take(4 * starts.length);
    const sums = this.take(8 * k * stride);
    kernel.int32(at, starts.length).set(starts);
    kernel.float64(sums, k * stride).fill(0);
    const rowsPerYield = 500;
    for (let row = 0; row < nRows; row += rowsPerYield) {
      const end = Math.min(row + rowsPerYield, nRows);
      kernel.functions.addAllDistances(this.columns, stride, nColumns, at, k, row, end, sums);
      yield end;
    }
    const result = createMatrix(k, nRows);
    for (let cluster = 0; cluster < k; cluster++)
      result.values.set(kernel.float64(sums + 8 * cluster * stride, nRows), cluster * nRows);
    return result;
  }
}

/** Views on the kernel's memory, good until more of it is reserved. */
export interface Assignment {
  /** Assigns every row to its nearest centre (k × nColumns); returns how many rows changed. */
  assign(centres: Float64Array): number;
  labels(): Uint8Array;
  /** Squared, to the own centre. */
  distances(): Float64Array;
  /** (k × nColumns) */
  sums(): Float64Array;
  sizes(): Int32Array;
}

export interface Weights {
  /** Forgets all centres so far. */
  clear(): void;
  /** Sum of the squared distances to the nearest centre if this row became one too. */
  tryRow(row: number): number;
  /** Keeps the last trial as the best so far. */
  keepTrial(): void;
  /** Makes the best trial's centre one of the centres. */
  useBest(): void;
  /** Squared distance of each row to the nearest centre so far. */
  nearest(): Float64Array;
}
