/**
 * Quadratic-weighted κ of ordered classes (Cohen 1968): 1 − Σ w·observed / Σ w·expected with w = (rank − rank')², where
 * expected counts are those of independent margins. 1 is perfect, 0 no better than chance of the same margins.
 * `ranks[c]` is the place of class c; NaN where all rows, true and predicted, have one rank.
 */
export function quadraticKappa(codes: Int32Array, predicted: Int32Array, ranks: Int32Array): number {
  const n = codes.length;
  let observed = 0;
  const [sums, squares] = [
    [0, 0],
    [0, 0],
  ];
  for (let row = 0; row < n; row++) {
    const pair = [ranks[codes[row]], ranks[predicted[row]]];
    observed += (pair[0] - pair[1]) ** 2;
    for (const i of [0, 1]) {
      sums[i] += pair[i];
      squares[i] += pair[i] ** 2;
    }
  }
  // Σ over all pairs of rows of (rank − rank')² = n Σ rank² + n Σ rank'² − 2 Σ rank Σ rank'.
  const expected = (n * squares[0] + n * squares[1] - 2 * sums[0] * sums[1]) / n;
  return expected > 0 ? 1 - observed / expected : Number.NaN;
}
