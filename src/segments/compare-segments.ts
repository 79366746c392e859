import { normalQuantile } from "../metrics/intervals.ts";
import type { CategoricalColumn, NumericColumn, Role, Table } from "../table/table.ts";
import type { ColumnDifference, SegmentComparison } from "./compare-report.ts";
import { comparableColumns, countLevels, profileNumbers } from "./profile-columns.ts";

const Z95 = normalQuantile(0.975);

/** Cohen (1988): d of 0.2, 0.5 and 0.8, and V of 0.1, 0.3 and 0.5, are small, medium and large effects. */
const SIZES = { "cohens-d": [0.2, 0.5, 0.8], "cramers-v": [0.1, 0.3, 0.5] } as const;

function sizeOf(measure: ColumnDifference["measure"], effect: number | null): ColumnDifference["size"] {
  const [small, medium, large] = SIZES[measure];
  const strength = Math.abs(effect ?? 0);
  return strength >= large ? "large" : strength >= medium ? "medium" : strength >= small ? "small" : "none";
}

/**
 * Difference of two means with Welch's interval in its normal form, and Cohen's d with the pooled deviation; its interval from
 * the variance (n₁ + n₂) / (n₁ n₂) + d² / (2 (n₁ + n₂)) (Hedges and Olkin 1985).
 */
export function compareNumbers(a: Float64Array, b: Float64Array): Omit<ColumnDifference, "column" | "isUsed"> {
  const [first, second] = [profileNumbers(a), profileNumbers(b)];
  const difference = first.mean - second.mean;
  const [varianceA, varianceB] = [first.deviation ** 2, second.deviation ** 2];
  const halfWidth = Z95 * Math.sqrt(varianceA / first.nKnown + varianceB / second.nKnown);
  const degrees = first.nKnown + second.nKnown - 2;
  const pooled = Math.sqrt(((first.nKnown - 1) * varianceA + (second.nKnown - 1) * varianceB) / degrees);
  const effect = pooled > 0 ? difference / pooled : null;
  const n = first.nKnown + second.nKnown;
  const spread = effect === null ? 0 : Z95 * Math.sqrt(n / (first.nKnown * second.nKnown) + effect ** 2 / (2 * n));
  return {
    value: null,
    first: first.mean,
    second: second.mean,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    measure: "cohens-d",
    effect,
    effectLow: effect === null ? null : effect - spread,
    effectHigh: effect === null ? null : effect + spread,
    size: sizeOf("cohens-d", effect),
  };
}

/** Bias-corrected Cramér's V (Bergsma 2013) of two rows of counts; null where there is one level or one row is empty. */
function cramersVOfCounts(a: Float64Array, b: Float64Array): number | null {
  const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
  const [nA, nB] = [sum(a), sum(b)];
  const n = nA + nB;
  const present = [...a.keys()].filter((code) => a[code] + b[code] > 0);
  if (nA === 0 || nB === 0 || present.length < 2 || n < 2) return null;
  let chiSquared = 0;
  for (const code of present) {
    const expectedA = ((a[code] + b[code]) * nA) / n;
    const expectedB = ((a[code] + b[code]) * nB) / n;
    chiSquared += (a[code] - expectedA) ** 2 / expectedA + (b[code] - expectedB) ** 2 / expectedB;
  }
  const levels = present.length;
  const phiSquared = Math.max(0, chiSquared / n - (levels - 1) / (n - 1));
  const correctedLevels = levels - (levels - 1) ** 2 / (n - 1);
  const correctedRows = 2 - 1 / (n - 1);
  return Math.sqrt(phiSquared / Math.min(correctedLevels - 1, correctedRows - 1));
}

/** Newcombe's (1998) interval of a difference of shares, from Wilson's of each. */
function shareInterval(hitsA: number, nA: number, hitsB: number, nB: number): { low: number; high: number } {
  const wilson = (hits: number, n: number) => {
    const share = hits / n;
    const centre = (share + Z95 ** 2 / (2 * n)) / (1 + Z95 ** 2 / n);
    const half = (Z95 / (1 + Z95 ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + Z95 ** 2 / (4 * n * n));
    return { share, low: centre - half, high: centre + half };
  };
  const [a, b] = [wilson(hitsA, nA), wilson(hitsB, nB)];
  const difference = a.share - b.share;
  return {
    low: difference - Math.sqrt((a.share - a.low) ** 2 + (b.high - b.share) ** 2),
    high: difference + Math.sqrt((a.high - a.share) ** 2 + (b.share - b.low) ** 2),
  };
}

/** The level whose shares differ most, with its interval, and Cramér's V over all levels with an interval by Fisher's z of V. */
export function compareLevels(
  levels: readonly string[],
  a: Float64Array,
  b: Float64Array,
): Omit<ColumnDifference, "column" | "isUsed"> {
  const [nA, nB] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  let telling = 0;
  for (let code = 1; code < levels.length; code++) {
    if (Math.abs(a[code] / nA - b[code] / nB) > Math.abs(a[telling] / nA - b[telling] / nB)) telling = code;
  }
  const effect = cramersVOfCounts(a, b);
  const interval = shareInterval(a[telling], nA, b[telling], nB);
  const half = Z95 * Math.sqrt(1 / Math.max(1, nA + nB - 3));
  const shift = (v: number, by: number): number => Math.min(1, Math.max(0, v + by * (1 - v * v)));
  return {
    value: levels[telling] ?? null,
    first: a[telling] / nA,
    second: b[telling] / nB,
    difference: a[telling] / nA - b[telling] / nB,
    ...interval,
    measure: "cramers-v",
    effect,
    effectLow: effect === null ? null : shift(effect, -half),
    effectHigh: effect === null ? null : shift(effect, half),
    size: sizeOf("cramers-v", effect),
  };
}

function compareColumn(column: NumericColumn | CategoricalColumn, labels: Uint8Array, first: number, second: number) {
  if (column.kind === "numeric") {
    const [a, b] = [first, second].map((segment) => column.values.filter((_, row) => labels[row] === segment));
    return compareNumbers(a, b);
  }
  const counts = countLevels(column, labels, Math.max(first, second, ...new Set(labels)) + 1);
  return compareLevels(column.levels, counts[first], counts[second]);
}

/** Two segments column by column, largest effect first. Columns without a known value in one of the two are left out. */
export function compareSegments(
  table: Table,
  roleOf: (name: string) => Role,
  { labels, used, first, second }: { labels: Uint8Array; used: readonly string[]; first: number; second: number },
): SegmentComparison {
  const columns = comparableColumns(table, roleOf)
    .map((column) => ({
      column: column.name,
      isUsed: used.includes(column.name),
      ...compareColumn(column, labels, first, second),
    }))
    .filter(({ difference }) => !Number.isNaN(difference));
  // Effects of both kinds on one scale: how many times a small effect.
  const strength = ({ effect, measure }: ColumnDifference): number => Math.abs(effect ?? 0) / SIZES[measure][0];
  return { first, second, columns: columns.sort((a, b) => strength(b) - strength(a)) };
}
