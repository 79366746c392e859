/** A dense matrix, row-major: element (row, column) stands at `values[row * nColumns + column]`. */
export interface Matrix {
  readonly nRows: number;
  readonly nColumns: number;
  readonly values: Float64Array;
}

export function createMatrix(nRows: number, nColumns: number): Matrix {
  return { nRows, nColumns, values: new Float64Array(nRows * nColumns) };
}
