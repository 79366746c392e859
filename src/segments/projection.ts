import { createMatrix, type Matrix } from "../core/matrix.ts";

export interface Projection {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Share of the whole variance along each axis. */
  readonly explained: readonly [number, number];
  /** Matrix column with the largest loading on each axis. */
  readonly leading: readonly [number, number];
}

/** Correlations of standardised columns (nColumns × nColumns). */
function correlations(standard: Matrix): Matrix {
  const { nRows, nColumns, values } = standard;
  const result = createMatrix(nColumns, nColumns);
  for (let row = 0; row < nRows; row++) {
    for (let a = 0; a < nColumns; a++) {
      for (let b = a; b < nColumns; b++)
        result.values[a * nColumns + b] += values[row * nColumns + a] * values[row * nColumns + b];
    }
  }
  for (let a = 0; a < nColumns; a++) {
    for (let b = a; b < nColumns; b++) {
      result.values[a * nColumns + b] /= nRows;
      result.values[b * nColumns + a] = result.values[a * nColumns + b];
    }
  }
  return result;
}

function standardise({ nRows, nColumns, values }: Matrix): Matrix {
  const result = createMatrix(nRows, nColumns);
  for (let column = 0; column < nColumns; column++) {
    let mean = 0;
    for (let row = 0; row < nRows; row++) mean += values[row * nColumns + column] / nRows;
    let variance = 0;
    for (let row = 0; row < nRows; row++) variance += (values[row * nColumns + column] - mean) ** 2 / nRows;
    const scale = variance > 0 ? Math.sqrt(variance) : 1;
    for (let row = 0; row < nRows; row++)
      result.values[row * nColumns + column] = (values[row * nColumns + column] - mean) / scale;
  }
  return result;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, "Matrix
 * Computations", section 8.5). Eigenvector i is column i of `vectors`; in no particular order.
 */
export function eigenSymmetric(symmetric: Matrix): { readonly values: Float64Array; readonly vectors: Matrix } {
  const n = symmetric.nColumns;
  const a = symmetric.values.slice();
  const vectors = createMatrix(n, n);
  for (let i = 0; i < n; i++) vectors.values[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let offDiagonal = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) offDiagonal += a[p * n + q] ** 2;
    if (offDiagonal < 1e-22) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors.values, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), vectors };
}

/** One rotation in the plane (p, q) that makes element (p, q) zero. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const element = a[p * n + q];
  if (element === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * element);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const turn = (values: Float64Array, first: number, second: number): void => {
    const kept = values[first];
    values[first] = cosine * kept - sine * values[second];
    values[second] = sine * kept + cosine * values[second];
  };
  for (let i = 0; i < n; i++) turn(a, i * n + p, i * n + q);
  for (let i = 0; i < n; i++) turn(a, p * n + i, q * n + i);
  for (let i = 0; i < n; i++) turn(vectors, i * n + p, i * n + q);
}

/**
 * The first two principal components of the standardised columns. Each axis points to where its largest loading is
 * positive. The second axis is 0 throughout where there is one column only.
 */
export function projectPrincipal(data: Matrix): Projection {
  const standard = standardise(data);
  const { nRows, nColumns } = standard;
  const { values, vectors } = eigenSymmetric(correlations(standard));
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[j] - values[i]);
  const total = values.reduce((sum, value) => sum + value, 0);
  const axis = (rank: number): { points: Float32Array; share: number; leading: number } => {
    const points = new Float32Array(nRows);
    if (rank >= nColumns) return { points, share: 0, leading: 0 };
    const loadings = Float64Array.from({ length: nColumns }, (_, column) => vectors.values[column * nColumns + order[rank]]);
    const sizes = loadings.map(Math.abs);
    const leading = sizes.indexOf(Math.max(...sizes));
    const sign = loadings[leading] < 0 ? -1 : 1;
    for (let row = 0; row < nRows; row++) {
      let sum = 0;
      for (let column = 0; column < nColumns; column++) sum += standard.values[row * nColumns + column] * loadings[column];
      points[row] = sign * sum;
    }
    return { points, share: total > 0 ? Math.max(0, values[order[rank]]) / total : 0, leading };
  };
  const first = axis(0);
  const second = axis(1);
  return { x: first.points, y: second.points, explained: [first.share, second.share], leading: [first.leading, second.leading] };
}
