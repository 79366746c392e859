/** Points and weights of a quadrature on [0, 1]: ∫ f = Σ weights[q] · f(points[q]). */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** P_n and its derivative at x, by the three-term recurrence; x is not ±1. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}

/** The root of P_n between two neighbouring roots of P_{n−1} (or ±1), by halving. */
function rootBetween(n: number, from: number, to: number): number {
  const isPositiveAtStart = legendre(n, from).value > 0;
  let low = from;
  let high = to;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (legendre(n, middle).value > 0 === isPositiveAtStart) low = middle;
    else high = middle;
  }
}

/**
 * Gauss–Legendre quadrature with n points, exact for polynomials of degree up to 2n − 1. The roots of successive Legendre
 * polynomials interlace (Szegő 1939, §3.3), which is how they are found: with sums, products and quotients alone.
 */
export function gaussLegendre(n: number): Quadrature {
  let roots: number[] = [];
  for (let degree = 1; degree <= n; degree++) {
    const bounds = [-1, ...roots, 1];
    roots = Array.from({ length: degree }, (_, i) => rootBetween(degree, bounds[i], bounds[i + 1]));
  }
  const weights = roots.map((root) => 1 / ((1 - root * root) * legendre(n, root).slope ** 2));
  return { points: Float64Array.from(roots, (root) => (1 + root) / 2), weights: Float64Array.from(weights) };
}
