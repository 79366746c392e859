/**
 * Adjusted p-values that bound the chance of even one false finding among those called significant (Holm 1979): of the
 * i-th smallest of m it is the largest (m − j + 1) · p(j) over j ≤ i, at most 1.
 */
export function holmPValues(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((at, i) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - i) * pValues[at]));
    adjusted[at] = largest;
  });
  return adjusted;
}
