/** Points and weights of a quadrature on [0, 1]: ∫ (1 − t)^α f(t) dt = Σ weights[q] · f(points[q]). */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Recurrence of the monic Jacobi polynomials for β = 0: p_{j+1} = (x − shift[j]) p_j − pull[j] p_{j−1} (Gautschi 2004, table 1.1). */
function recurrence(n: number, alpha: number): { shift: Float64Array; pull: Float64Array } {
  const shift = new Float64Array(n);
  const pull = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const twice = 2 * j + alpha;
    shift[j] = j === 0 ? -alpha / (alpha + 2) : -(alpha * alpha) / (twice * (twice + 2));
    if (j > 0) pull[j] = (4 * j * j * (j + alpha) * (j + alpha)) / (twice * twice * (twice * twice - 1));
  }
  return { shift, pull };
}

/**
 * Gauss–Jacobi quadratures with 1, …, n points for the weight (1 − t)^α on [0, 1], α ≥ 0 whole; that with m points is exact
 * for polynomials of degree up to 2m − 1. The roots of successive orthogonal polynomials interlace (Szegő 1939, §3.3), so
 * that halving finds them with sums, products and quotients alone. O(n³).
 */
export function gaussJacobi(n: number, alpha: number): Quadrature[] {
  const { shift, pull } = recurrence(n, alpha);
  /** p_degree(x), or with `squares` Σ p_j(x)² / |p_j|² over j < degree, where |1|² is the integral of the weight. */
  const evaluate = (degree: number, x: number): { value: number; squares: number } => {
    let before = 0;
    let value = 1;
    let norm = 1 / (alpha + 1);
    let squares = 0;
    for (let j = 0; j < degree; j++) {
      if (j > 0) norm *= pull[j];
      squares += (value * value) / norm;
      const next = (x - shift[j]) * value - pull[j] * before;
      before = value;
      value = next;
    }
    return { value, squares };
  };
  const rootBetween = (degree: number, from: number, to: number): number => {
    const isPositiveAtStart = evaluate(degree, from).value > 0;
    let low = from;
    let high = to;
    for (;;) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) return middle;
      if (evaluate(degree, middle).value > 0 === isPositiveAtStart) low = middle;
      else high = middle;
    }
  };
  const found: Quadrature[] = [];
  let roots: number[] = [];
  for (let degree = 1; degree <= n; degree++) {
    const bounds = [-1, ...roots, 1];
    roots = Array.from({ length: degree }, (_, i) => rootBetween(degree, bounds[i], bounds[i + 1]));
    found.push({
      points: Float64Array.from(roots, (root) => (1 + root) / 2),
      weights: Float64Array.from(roots, (root) => 1 / evaluate(degree, root).squares),
    });
  }
  return found;
}
