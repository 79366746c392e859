import type { Design, DesignGroup } from "./linear-design.ts";

/** A pivot below this share of its variable's own sum of squares is a linear combination of those before. */
const MIN_PIVOT = 1e-8;
const RIDGE = 1e-9;
/** A column stays in a formula when it takes away this share of what the others leave. */
const MIN_SHARE = 0.05;

/** The sweep operator (Goodnight 1979): brings variable `k` into the regression of all others. Dependent ones are passed over. */
function sweep(a: Float64Array, n: number, k: number, own: number): boolean {
  const pivot = a[k * n + k];
  if (pivot <= MIN_PIVOT * own) return false;
  for (let i = 0; i < n; i++) {
    if (i === k) continue;
    const factor = a[i * n + k] / pivot;
    if (factor === 0) continue;
    for (let j = 0; j < n; j++) if (j !== k) a[i * n + j] -= factor * a[k * n + j];
    a[i * n + k] = -factor;
  }
  for (let j = 0; j < n; j++) if (j !== k) a[k * n + j] /= pivot;
  a[k * n + k] = 1 / pivot;
  return true;
}

/** How much of the sum of squares of `y` a group would take away, from a swept matrix: rᵀ S⁻¹ r by Cholesky's elimination. */
function gainOf(a: Float64Array, design: Design, group: DesignGroup, y: number): number {
  const n = design.nVariables;
  const width = group.levels.length;
  const s = new Float64Array(width * (width + 1));
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) s[i * (width + 1) + j] = a[(group.start + i) * n + group.start + j];
    s[i * (width + 1) + width] = a[(group.start + i) * n + y];
  }
  let gain = 0;
  for (let k = 0; k < width; k++) {
    const pivot = s[k * (width + 1) + k];
    if (pivot <= MIN_PIVOT * design.gram[(group.start + k) * (n + 1)]) continue;
    gain += s[k * (width + 1) + width] ** 2 / pivot;
    for (let i = k + 1; i < width; i++) {
      const factor = s[i * (width + 1) + k] / pivot;
      for (let j = k; j <= width; j++) s[i * (width + 1) + j] -= factor * s[k * (width + 1) + j];
    }
  }
  return gain;
}

/** Which variables of a group were brought in. */
const sweepGroup = (a: Float64Array, design: Design, group: DesignGroup): boolean[] =>
  group.levels.map((_, i) => {
    const k = group.start + i;
    return sweep(a, design.nVariables, k, design.gram[k * (design.nVariables + 1)]);
  });

/** The Gram matrix after the groups have been brought in. */
function fitted(design: Design, groups: readonly DesignGroup[]): { a: Float64Array; isIn: boolean[][] } {
  const a = design.gram.slice();
  return { a, isIn: groups.map((group) => sweepGroup(a, design, group)) };
}

/** Leaves out groups that the others make up for, the least needed first. */
function withoutNeedless(design: Design, chosen: readonly DesignGroup[], y: number): DesignGroup[] {
  const corner = y * (design.nVariables + 1);
  const kept = [...chosen];
  while (kept.length > 1) {
    const whole = Math.max(fitted(design, kept).a[corner], MIN_PIVOT * design.gram[corner]);
    const left = kept.map(
      (group) =>
        fitted(
          design,
          kept.filter((other) => other !== group),
        ).a[corner],
    );
    const least = left.indexOf(Math.min(...left));
    if (left[least] * (1 - MIN_SHARE) > whole) break;
    kept.splice(least, 1);
  }
  return kept;
}

export interface LeastSquares {
  readonly groups: readonly DesignGroup[];
  /** Coefficient of each variable of each group, in the columns' own units. */
  readonly coefficients: readonly (readonly number[])[];
  readonly intercept: number;
  readonly nTerms: number;
}

/**
 * Regression of the number at variable `y` on the groups that `isAllowed` lets in: forward selection by the sum of squares
 * that a whole column takes away, then what the others make up for is left out. Null where nothing is allowed.
 */
export function selectColumnsFor(
  design: Design,
  y: number,
  isAllowed: (group: DesignGroup) => boolean,
  maxColumns: number,
): LeastSquares | null {
  const n = design.nVariables;
  const corner = y * (n + 1);
  const a = design.gram.slice();
  const open = design.groups.filter((group) => group.start !== y && group.levels.length > 0 && isAllowed(group));
  const chosen: DesignGroup[] = [];
  while (open.length > 0 && chosen.length < maxColumns && a[corner] > MIN_PIVOT * design.gram[corner]) {
    const gains = open.map((group) => gainOf(a, design, group, y));
    const best = gains.indexOf(Math.max(...gains));
    if (gains[best] < MIN_SHARE * a[corner]) break;
    const [group] = open.splice(best, 1);
    chosen.push(group);
    sweepGroup(a, design, group);
  }
  if (chosen.length === 0) return null;
  const groups = withoutNeedless(design, chosen, y);
  const { a: b, isIn } = fitted(design, groups);
  let intercept = design.means[y];
  const coefficients = groups.map((group, g) =>
    group.levels.map((_, i) => {
      const variable = group.start + i;
      const coefficient = isIn[g][i] ? (b[variable * n + y] * design.scales[y]) / design.scales[variable] : 0;
      intercept -= coefficient * design.means[variable];
      return coefficient;
    }),
  );
  return { groups, coefficients, intercept, nTerms: coefficients.flat().length };
}

/**
 * R² of each of the first `nNumbers` variables on all others: 1 − 1 / (diag(G) · diag(G⁻¹)), with a ridge of 1e-9 so that
 * exact dependence has an inverse.
 */
export function determinations(design: Design, nNumbers: number): Float64Array {
  const n = design.nVariables;
  const a = design.gram.slice();
  for (let i = 0; i < n; i++) a[i * (n + 1)] *= 1 + RIDGE;
  for (let k = 0; k < n; k++) if (a[k * (n + 1)] > 0) sweep(a, n, k, 0);
  return Float64Array.from({ length: nNumbers }, (_, i) => {
    const own = design.gram[i * (n + 1)];
    return own > 0 ? 1 - 1 / (own * a[i * (n + 1)]) : 0;
  });
}
