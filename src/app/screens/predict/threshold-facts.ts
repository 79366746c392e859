import type { ModelReport } from "../../../workers/learn.jobs.ts";

export type ThresholdTable = NonNullable<ModelReport["thresholds"]>;
type Counts = Pick<ThresholdTable, "truePositives" | "falsePositives" | "nPositive" | "nNegative">;

/** The four kinds of rows at one cut, and the scores that follow; a score is NaN where nothing is counted. */
export interface CutFacts {
  readonly found: number;
  readonly missed: number;
  readonly mistaken: number;
  readonly leftAlone: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function cutFacts(counts: Counts, cut: number): CutFacts {
  const found = counts.truePositives[cut] ?? 0;
  const mistaken = counts.falsePositives[cut] ?? 0;
  const missed = counts.nPositive - found;
  return {
    found,
    missed,
    mistaken,
    leftAlone: counts.nNegative - mistaken,
    precision: found + mistaken > 0 ? found / (found + mistaken) : Number.NaN,
    recall: counts.nPositive > 0 ? found / counts.nPositive : Number.NaN,
    f1: 2 * found + mistaken + missed > 0 ? (2 * found) / (2 * found + mistaken + missed) : Number.NaN,
  };
}

/** What one row named by mistake, and one missed, costs; in whatever unit. */
export interface Costs {
  readonly mistaken: number;
  readonly missed: number;
}

const costAt = (counts: Counts, cut: number, costs: Costs): number =>
  (counts.falsePositives[cut] ?? 0) * costs.mistaken + (counts.nPositive - (counts.truePositives[cut] ?? 0)) * costs.missed;

const nRows = (counts: Counts): number => Math.max(1, counts.nPositive + counts.nNegative);

export const costPerRow = (counts: Counts, cut: number, costs: Costs): number => costAt(counts, cut, costs) / nRows(counts);

/** The cut of least cost; the lowest of equals. */
export function cheapestCut(nCuts: number, cost: (cut: number) => number): number {
  let best = 0;
  for (let cut = 1; cut < nCuts; cut++) if (cost(cut) < cost(best)) best = cut;
  return best;
}

export interface CostFacts {
  readonly cheapest: number;
  /** Mean cost of a row there, and on folds whose cut was chosen by the other folds; the latter NaN with one fold. */
  readonly perRow: number;
  readonly heldOut: number;
  /** Mean cost of a row when nobody, or everybody, is named. */
  readonly nobody: number;
  readonly everybody: number;
}

export function costFacts(table: ThresholdTable, costs: Costs): CostFacts {
  const nCuts = table.thresholds.length;
  const cheapest = cheapestCut(nCuts, (cut) => costAt(table, cut, costs));
  let heldOut = 0;
  for (const fold of table.folds) {
    const chosen = cheapestCut(nCuts, (cut) => costAt(table, cut, costs) - costAt(fold, cut, costs));
    heldOut += costAt(fold, chosen, costs);
  }
  return {
    cheapest,
    perRow: costPerRow(table, cheapest, costs),
    heldOut: table.folds.length > 1 ? heldOut / nRows(table) : Number.NaN,
    nobody: (table.nPositive * costs.missed) / nRows(table),
    everybody: (table.nNegative * costs.mistaken) / nRows(table),
  };
}

/** The cut nearest to a probability. */
export function nearestCut(thresholds: ArrayLike<number>, probability: number): number {
  let best = 0;
  for (let cut = 1; cut < thresholds.length; cut++) {
    if (Math.abs((thresholds[cut] ?? 0) - probability) < Math.abs((thresholds[best] ?? 0) - probability)) best = cut;
  }
  return best;
}
