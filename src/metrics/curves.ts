/** The rows counted at or above each distinct score, highest score first. */
export interface CutCounts {
  readonly thresholds: Float64Array;
  readonly truePositives: Int32Array;
  readonly falsePositives: Int32Array;
  readonly nPositive: number;
  readonly nNegative: number;
}

/** A line through points; `x` never falls. */
export interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Counts at every distinct score. O(n log n). */
export function countCuts(scores: Float64Array, isPositive: (row: number) => boolean): CutCounts {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[b] - scores[a]);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let nPositive = 0;
  let nNegative = 0;
  order.forEach((row, i) => {
    if (isPositive(row)) nPositive++;
    else nNegative++;
    if (i + 1 < order.length && scores[order[i + 1]] === scores[row]) return;
    thresholds.push(scores[row]);
    truePositives.push(nPositive);
    falsePositives.push(nNegative);
  });
  return {
    thresholds: Float64Array.from(thresholds),
    truePositives: Int32Array.from(truePositives),
    falsePositives: Int32Array.from(falsePositives),
    nPositive,
    nNegative,
  };
}

/** False positive rate against true positive rate, from (0, 0) to (1, 1); NaN where a kind of row is absent. */
export function rocLine({ truePositives, falsePositives, nPositive, nNegative }: CutCounts): Line {
  const x = new Float64Array(truePositives.length + 1);
  const y = new Float64Array(truePositives.length + 1);
  truePositives.forEach((count, i) => {
    x[i + 1] = falsePositives[i] / nNegative;
    y[i + 1] = count / nPositive;
  });
  return { x, y };
}

/**
 * Recall against precision, drawn as steps: between two recalls the precision is that of the higher one, so the line
 * begins at recall 0 with the first cut's precision.
 */
export function precisionRecallLine({ truePositives, falsePositives, nPositive }: CutCounts): Line {
  const x = new Float64Array(truePositives.length + 1);
  const y = new Float64Array(truePositives.length + 1);
  truePositives.forEach((count, i) => {
    x[i + 1] = count / nPositive;
    y[i + 1] = count / (count + falsePositives[i]);
  });
  y[0] = y[1];
  return { x, y };
}

/** Σ (recallₙ − recallₙ₋₁) · precisionₙ: the area under the steps, without interpolation. NaN without positive rows. */
export function averagePrecision(counts: CutCounts): number {
  const { x, y } = precisionRecallLine(counts);
  let area = 0;
  for (let i = 1; i < x.length; i++) area += (x[i] - x[i - 1]) * y[i];
  return area;
}

/** At most `nPoints` points of a line, both ends among them, spread evenly over its length |Δx| + |Δy|. */
export function thinLine({ x, y }: Line, nPoints: number): Line {
  if (x.length <= nPoints) return { x, y };
  const lengths = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) lengths[i] = lengths[i - 1] + Math.abs(x[i] - x[i - 1]) + Math.abs(y[i] - y[i - 1]);
  const step = lengths[x.length - 1] / (nPoints - 1);
  const kept: number[] = [0];
  for (let i = 1; i < x.length - 1; i++) if (lengths[i] >= step * kept.length && kept.length < nPoints - 1) kept.push(i);
  kept.push(x.length - 1);
  return { x: Float64Array.from(kept, (i) => x[i]), y: Float64Array.from(kept, (i) => y[i]) };
}
