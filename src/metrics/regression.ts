/**
 * Scores of predicted numbers: root mean squared error and mean absolute error, in the target's unit, and R², the share
 * of the squared deviations from the actual mean that the prediction removes (0 for the mean itself; NaN when all
 * actual values are equal).
 */
export function regressionMetrics(actual: Float64Array, predicted: Float64Array): Record<"rmse" | "mae" | "r2", number> {
  const nRows = actual.length;
  const mean = actual.reduce((sum, value) => sum + value, 0) / nRows;
  let squared = 0;
  let absolute = 0;
  let total = 0;
  for (let row = 0; row < nRows; row++) {
    const error = predicted[row] - actual[row];
    squared += error * error;
    absolute += Math.abs(error);
    total += (actual[row] - mean) ** 2;
  }
  return { rmse: Math.sqrt(squared / nRows), mae: absolute / nRows, r2: total > 0 ? 1 - squared / total : Number.NaN };
}
