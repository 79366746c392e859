import { createMatrix, type Matrix } from "../core/matrix.ts";
import { takeMatrixRows } from "./segment-matrix.ts";

export interface Projection {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Share of the whole variance along each axis. */
  readonly explained: readonly [number, number];
  /** Matrix column with the largest loading on each axis. */
  readonly leading: readonly [number, number];
}

/** Mean products of columns (nColumns × nColumns): correlations of standardised ones. */
function crossProducts(standard: Matrix): Matrix {
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

/** Above this number of rows the axes are found on a sample. */
const MAX_AXIS_ROWS = 20_000;

/** Every so many rows, at most `limit` of them. */
function thin(data: Matrix, limit: number): Matrix {
  const step = Math.ceil(data.nRows / limit);
  return step === 1
    ? data
    : takeMatrixRows(
        data,
        Int32Array.from({ length: Math.floor(data.nRows / step) }, (_, i) => i * step),
      );
}

/**
 * The first two principal components of the standardised columns. Each axis points to where its largest loading is
 * positive. The second axis is 0 throughout where there is one column only.
 */
export const projectPrincipal = (data: Matrix): Projection => project(standardise(data));

/**
 * The first two components of factor analysis of mixed data (Pagès 2004): principal components of standardised numbers and
 * of category indicators, each centred and divided by the root of its share, so that a number counts as much as a category
 * of two levels and the eigenvalue of a category cannot exceed 1. `isIndicator` tells the indicators among the columns,
 * whose values are taken to be 0 and another.
 */
export function projectMixed(data: Matrix, isIndicator: readonly boolean[]): Projection {
  const { nRows, nColumns, values } = data;
  const standard = standardise(data);
  for (let column = 0; column < nColumns; column++) {
    if (!isIndicator[column]) continue;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = column; i < values.length; i += nColumns) highest = Math.max(highest, values[i]);
    let count = 0;
    for (let i = column; i < values.length; i += nColumns) if (values[i] === highest) count++;
    // (indicator − p) / √p is the standardised indicator times √(1 − p).
    const weight = Math.sqrt(1 - count / nRows);
    for (let i = column; i < values.length; i += nColumns) standard.values[i] *= weight;
  }
  return project(standard);
}

/** The first two principal components of centred columns as they are. */
function project(standard: Matrix): Projection {
  const { nRows, nColumns } = standard;
  const { values, vectors } = eigenSymmetric(crossProducts(thin(standard, MAX_AXIS_ROWS)));
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
