import { NATURAL_MARGIN, shuffleLimit } from "./choose-k.ts";
import type { Stability, VerdictFacts } from "./segments-report.ts";
import { STABLE_JACCARD } from "./stability.ts";

/**
 * Segments are natural where their silhouette lies beyond the 99 % limit of shuffled columns by the margin, and every
 * segment is found again with a mean Jaccard similarity of at least 0.75. One column alone has no links that shuffling could
 * break, so nothing speaks for its segments.
 */
export function judge(
  silhouette: number,
  nullSilhouettes: readonly number[],
  { jaccard }: Stability,
  nColumns: number,
): { readonly verdict: "natural" | "cut"; readonly facts: VerdictFacts } {
  const { mean, sd, limit } = shuffleLimit(nullSilhouettes);
  const isSingleColumn = nColumns < 2;
  const isSeparated = !isSingleColumn && silhouette >= limit + NATURAL_MARGIN;
  const smallestJaccard = Math.min(...jaccard);
  const isStable = smallestJaccard >= STABLE_JACCARD;
  const facts: VerdictFacts = {
    silhouette,
    nullMean: mean,
    nullDeviation: sd,
    nShuffles: nullSilhouettes.length,
    null99: limit,
    margin: NATURAL_MARGIN,
    isSeparated,
    meanJaccard: jaccard.reduce((sum, value) => sum + value, 0) / jaccard.length,
    smallestJaccard,
    requiredJaccard: STABLE_JACCARD,
    isStable,
    isSingleColumn,
  };
  return { verdict: isSeparated && isStable ? "natural" : "cut", facts };
}
