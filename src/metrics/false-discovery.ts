/**
 * Adjusted p-values that bound the share of false findings among those called significant (Benjamini and Hochberg 1995):
 * q of the i-th smallest of m is the least p(j) · m / j over j ≥ i.
 */
export function falseDiscoveryRates(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[b] - pValues[a]);
  const qValues = new Array<number>(pValues.length);
  let least = 1;
  order.forEach((at, i) => {
    least = Math.min(least, (pValues[at] * pValues.length) / (pValues.length - i));
    qValues[at] = least;
  });
  return qValues;
}
