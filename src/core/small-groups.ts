/** A group of fewer rows tells of single people: its figures are not passed on. */
export const MIN_GROUP_ROWS = 10;

/**
 * Which groups of a partition must not be passed on with their figures: those of 1 to k − 1 rows, and, where they hold
 * fewer than k rows together, the next smallest as well, as the total would give the rest away (complementary suppression).
 * Empty groups are told: nobody is in them.
 */
export function findSmallGroups(counts: readonly number[], k = MIN_GROUP_ROWS): boolean[] {
  const isSmall = counts.map((count) => count > 0 && count < k);
  let nHidden = counts.reduce((sum, count, i) => (isSmall[i] ? sum + count : sum), 0);
  const bySize = [...counts.keys()].filter((i) => counts[i] >= k).sort((a, b) => counts[a] - counts[b]);
  for (const next of bySize) {
    if (nHidden === 0 || nHidden >= k) break;
    isSmall[next] = true;
    nHidden += counts[next];
  }
  return isSmall;
}
