/**
 * The lower triangular L with L Lᵀ = a symmetric positive definite matrix (n × n, row-major); null where it is not positive
 * definite. Cholesky–Banachiewicz, row by row.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | null {
  const factor = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * n + column];
      for (let i = 0; i < column; i++) sum -= factor[row * n + i] * factor[column * n + i];
      if (row === column) {
        if (!(sum > 0)) return null;
        factor[row * n + row] = Math.sqrt(sum);
      } else factor[row * n + column] = sum / factor[column * n + column];
    }
  }
  return factor;
}
