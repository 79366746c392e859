/** Rows counted as positive at each cut of a list that is kept elsewhere. */
export interface CountsAtCuts {
  readonly truePositives: Int32Array;
  readonly falsePositives: Int32Array;
  readonly nPositive: number;
  readonly nNegative: number;
}

/** By the largest F1 of the positive class, or by the smallest cost of the two kinds of mistake. */
export type CutRule =
  | { readonly kind: "f1" }
  | { readonly kind: "cost"; readonly falsePositive: number; readonly falseNegative: number };

/** What a rule's cuts give on rows that had no say in choosing them. */
export interface ChosenCut {
  readonly rule: CutRule;
  /** Chosen on all rows: the cut to use on new ones. */
  readonly threshold: number;
  /** Chosen for each fold on the rows of the other folds. */
  readonly foldThresholds: readonly number[];
  /** Sums over the folds, each cut at its own threshold. */
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** tp / (tp + fp), 0 where nothing is called positive; tp / (tp + fn); 2 tp / (2 tp + fp + fn). */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Mean cost of a row; null for a rule without costs. */
  readonly cost: number | null;
}

/** Ascending cuts: at most `nCuts` distinct probabilities, evenly spread by rank, and last one that no row reaches. */
export function cutGrid(probabilities: Float64Array, nCuts: number): Float64Array {
  const distinct = Float64Array.from(new Set(probabilities)).sort();
  const last = distinct.length - 1;
  const n = Math.min(nCuts, distinct.length);
  const grid = Float64Array.from({ length: n + 1 }, (_, i) => distinct[Math.round((i * last) / Math.max(1, n - 1))]);
  grid[n] = distinct[last] < 1 ? 1 : 1 + Number.EPSILON;
  return grid;
}

/** Rows whose score reaches each of the ascending `thresholds`. O(n log nCuts). */
export function countAtCuts(scores: Float64Array, isPositive: (row: number) => boolean, thresholds: Float64Array): CountsAtCuts {
  const truePositives = new Int32Array(thresholds.length);
  const falsePositives = new Int32Array(thresholds.length);
  let nPositive = 0;
  scores.forEach((score, row) => {
    const positive = isPositive(row);
    if (positive) nPositive++;
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (thresholds[middle] <= score) low = middle + 1;
      else high = middle;
    }
    if (low > 0) (positive ? truePositives : falsePositives)[low - 1]++;
  });
  for (let i = thresholds.length - 2; i >= 0; i--) {
    truePositives[i] += truePositives[i + 1];
    falsePositives[i] += falsePositives[i + 1];
  }
  return { truePositives, falsePositives, nPositive, nNegative: scores.length - nPositive };
}

/** The counts of several sets of rows, added up. */
export function addCounts(parts: readonly CountsAtCuts[]): CountsAtCuts {
  const sum = (of: (part: CountsAtCuts) => Int32Array): Int32Array =>
    of(parts[0]).map((_, i) => parts.reduce((total, part) => total + of(part)[i], 0));
  return {
    truePositives: sum((part) => part.truePositives),
    falsePositives: sum((part) => part.falsePositives),
    nPositive: parts.reduce((total, part) => total + part.nPositive, 0),
    nNegative: parts.reduce((total, part) => total + part.nNegative, 0),
  };
}

/** F1, or minus the whole cost: more is better. */
function worth({ truePositives, falsePositives, nPositive }: CountsAtCuts, cut: number, rule: CutRule): number {
  const tp = truePositives[cut];
  const fp = falsePositives[cut];
  if (rule.kind === "f1") return (2 * tp) / (tp + fp + nPositive);
  return -(fp * rule.falsePositive + (nPositive - tp) * rule.falseNegative);
}

/** Position of the best cut; the highest of equals, which calls the fewest rows positive. */
export function bestCut(counts: CountsAtCuts, rule: CutRule): number {
  let best = counts.truePositives.length - 1;
  for (let cut = best - 1; cut >= 0; cut--) if (worth(counts, cut, rule) > worth(counts, best, rule)) best = cut;
  return best;
}

/**
 * The cut that a rule chooses, and what such a choice is worth: each fold is cut where the other folds' rows say, so no
 * row judges a threshold that it helped to choose. Null with fewer than two folds.
 */
export function chooseCut(thresholds: Float64Array, folds: readonly CountsAtCuts[], rule: CutRule): ChosenCut | null {
  if (folds.length < 2) return null;
  const cuts = folds.map((_, fold) => bestCut(addCounts(folds.filter((_other, i) => i !== fold)), rule));
  const sum = (of: (fold: CountsAtCuts, cut: number) => number): number =>
    folds.reduce((total, fold, i) => total + of(fold, cuts[i]), 0);
  const truePositives = sum((fold, cut) => fold.truePositives[cut]);
  const falsePositives = sum((fold, cut) => fold.falsePositives[cut]);
  const falseNegatives = sum((fold, cut) => fold.nPositive - fold.truePositives[cut]);
  const nRows = sum((fold) => fold.nPositive + fold.nNegative);
  const nCalled = truePositives + falsePositives;
  return {
    rule,
    threshold: thresholds[bestCut(addCounts(folds), rule)],
    foldThresholds: cuts.map((cut) => thresholds[cut]),
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: nRows - truePositives - falsePositives - falseNegatives,
    precision: nCalled > 0 ? truePositives / nCalled : 0,
    recall: truePositives / (truePositives + falseNegatives),
    f1: (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives),
    cost: rule.kind === "cost" ? (falsePositives * rule.falsePositive + falseNegatives * rule.falseNegative) / nRows : null,
  };
}
