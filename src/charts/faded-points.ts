/** 1 for each point that stands back: not chosen, or not of the segment that is looked at; null where none does. */
export function fadedPoints(
  labels: ArrayLike<number>,
  { chosen, highlighted }: { readonly chosen: Uint8Array | null; readonly highlighted: number | null },
): Uint8Array | null {
  if (chosen === null && highlighted === null) return null;
  const isFaded = new Uint8Array(labels.length);
  for (let i = 0; i < isFaded.length; i++) isFaded[i] = (chosen ? chosen[i] === 1 : labels[i] === highlighted) ? 0 : 1;
  return isFaded;
}
