export interface SparkBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isMissing: boolean;
}

const GAP = 1;
const WIDEST_BAR = 21;
const MISSING_GAP = 5;

/**
 * Bars of a column's values: numbers fill the width from low to high, categories stand from common to rare with bars of
 * at most 21 px, and missing values stand apart at the right. More counts than fit are added up in neighbouring pairs.
 *
 * @param counts one count per bin or level
 * @param nMissing rows without a value
 */
export function layoutSparkline(
  counts: readonly number[],
  options: { readonly isNumeric: boolean; readonly nMissing?: number; readonly width: number; readonly height: number },
): SparkBar[] {
  const { isNumeric, nMissing = 0, width, height } = options;
  let bars = counts.slice();
  while (bars.length > width / 2) {
    const pairs: number[] = [];
    for (let i = 0; i < bars.length; i += 2) pairs.push((bars[i] ?? 0) + (bars[i + 1] ?? 0));
    bars = pairs;
  }
  const nBars = bars.length + (nMissing > 0 ? 1 : 0);
  if (nBars === 0) return [];
  const room = width - (nMissing > 0 ? MISSING_GAP : 0) + GAP;
  const step = isNumeric ? room / nBars : Math.min(WIDEST_BAR, room / nBars);
  const most = Math.max(nMissing, ...bars);
  const base = height - 1;
  const bar = (count: number, x: number, isMissing: boolean): SparkBar => {
    const tall = most > 0 && count > 0 ? Math.max(1, (count / most) * (base - 1)) : 0;
    return { x, y: base - tall, width: Math.max(0.8, step - (step > 3 ? GAP : GAP / 2)), height: tall, isMissing };
  };
  const drawn = bars.map((count, index) => bar(count, index * step, false));
  if (nMissing > 0) drawn.push(bar(nMissing, width - step + GAP, true));
  return drawn;
}
