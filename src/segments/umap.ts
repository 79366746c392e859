import { UMAP } from "umap-js";
import type { Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";

export interface UmapParams {
  readonly nNeighbors: number;
  readonly minDistance: number;
  readonly random: Random;
}

const ROWS_PER_YIELD = 200;

interface Neighbours {
  readonly indices: number[][];
  readonly distances: number[][];
}

/** The nearest rows of a row, itself first, as umap-js wants them: by insertion into a short ascending list. */
function nearestOf(data: Matrix, row: number, count: number): { indices: number[]; distances: number[] } {
  const { nRows, nColumns, values } = data;
  const indices = new Int32Array(count).fill(-1);
  const squares = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let other = 0; other < nRows; other++) {
    let squared = other === row ? -1 : 0;
    for (let column = 0; column < nColumns && squared < squares[count - 1]; column++)
      if (other !== row) squared += (values[other * nColumns + column] - values[row * nColumns + column]) ** 2;
    if (squared >= squares[count - 1]) continue;
    let at = count - 1;
    while (at > 0 && squares[at - 1] > squared) {
      squares[at] = squares[at - 1];
      indices[at] = indices[at - 1];
      at--;
    }
    squares[at] = squared;
    indices[at] = other;
  }
  return { indices: [...indices], distances: Array.from(squares, (squared) => Math.sqrt(Math.max(0, squared))) };
}

/** Exact neighbours, all pairs. O(nRows² · nColumns). Yields every few rows. */
function* findNeighbours(data: Matrix, count: number): Work<Neighbours> {
  const neighbours: Neighbours = { indices: [], distances: [] };
  for (let row = 0; row < data.nRows; row++) {
    const { indices, distances } = nearestOf(data, row, count);
    neighbours.indices.push(indices);
    neighbours.distances.push(distances);
    if (row % ROWS_PER_YIELD === 0) yield { stage: "neighbours", done: row, total: data.nRows, unit: "row" };
  }
  return neighbours;
}

/**
 * Two coordinates for each row by UMAP (McInnes, Healy and Melville 2018; umap-js does the layout): neighbours stay
 * neighbours, distances and sizes of gaps mean little. Seeded; last digits may differ between browsers, whose exponential
 * functions do. Yields once an epoch.
 */
export function* layOutByUmap(data: Matrix, { nNeighbors, minDistance, random }: UmapParams): Work<[Float32Array, Float32Array]> {
  const { nRows, nColumns, values } = data;
  const count = Math.min(nNeighbors, nRows - 1);
  const { indices, distances } = yield* findNeighbours(data, count);
  const umap = new UMAP({ nComponents: 2, nNeighbors: count, minDist: minDistance, random: () => random.next() });
  umap.setPrecomputedKNN(indices, distances);
  const rows = Array.from({ length: nRows }, (_, row) => [...values.subarray(row * nColumns, (row + 1) * nColumns)]);
  const nEpochs = umap.initializeFit(rows);
  for (let epoch = 1; epoch <= nEpochs; epoch++) {
    umap.step();
    yield { stage: "umap", done: epoch, total: nEpochs, unit: "epoch" };
  }
  const layout = umap.getEmbedding();
  return [Float32Array.from(layout, ([x]) => x), Float32Array.from(layout, ([, y]) => y)];
}
