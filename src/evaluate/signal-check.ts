import { log } from "../core/exp-log.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { MIN_PROBABILITY } from "../metrics/classification.ts";
import { allRows } from "../table/table.ts";
import { classCodes, targetValues } from "../table/task.ts";
import type { LearningRows } from "./fold-of.ts";
import type { LearnerId } from "./learner.ts";
import type { OutOfFold } from "./out-of-fold.ts";
import { rowPermuter } from "./permute-rows.ts";
import { thinRows } from "./thin-rows.ts";

export const N_PERMUTATIONS = 1999;
const PERMUTATIONS_PER_YIELD = 100;
/** Of more rows a seeded sample is permuted: what it does not show is too small to be of use. */
const MAX_PERMUTED_ROWS = 50_000;

export interface SignalTest {
  readonly learner: LearnerId;
  /** Out-of-fold loss over all rows: log loss, or mean squared error. */
  readonly loss: number;
  /** Share of permutations with a loss at least as small. */
  readonly pValue: number;
  /** Adjusted for taking the best of the learners tested together. */
  readonly adjustedPValue: number;
}

/** Mean loss of fixed predictions against targets that are read through `order`: row i has the target of row order[i]. */
type LossOf = (order: Int32Array) => number;

/** The loss of predictions as a function of the order in which targets are read. */
export function lossOf({ table, task }: LearningRows, { rows, predictions }: OutOfFold): LossOf {
  if (task.kind === "regression") {
    const values = targetValues(table, task);
    return (order) => {
      let sum = 0;
      for (let i = 0; i < rows.length; i++) sum += (values[order[rows[i]]] - predictions[i]) ** 2;
      return sum / rows.length;
    };
  }
  const codes = classCodes(table, task);
  const nClasses = task.classes.length;
  const losses = predictions.map((probability) => -log(Math.max(probability, MIN_PROBABILITY)));
  return (order) => {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) sum += losses[i * nClasses + codes[order[rows[i]]]];
    return sum / rows.length;
  };
}

function meanAndSd(values: Float64Array): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

/** (1 + number of permutations that do at least as well) / (1 + number of permutations). */
function permutationPValue(permuted: Float64Array, observed: number): number {
  // Sums in another order differ in their last bits: equal losses must count as equal.
  const limit = observed - 1e-12 * Math.abs(observed);
  return (1 + permuted.filter((value) => value >= limit).length) / (1 + permuted.length);
}

/**
 * Whether out-of-fold predictions know anything of the target: their losses against those on permuted targets, with
 * the predictions held fixed (Ojala and Garriga 2010, test 1). All learners see the same permutations; the adjusted
 * p-value compares a learner's standardised gain with the largest gain of any learner in each permutation (the maximum
 * statistic of Westfall and Young 1993). Groups of near-duplicates are permuted as wholes. Beyond 50,000 rows a seeded sample
 * of them is permuted.
 */
export function* testSignal(all: LearningRows, learners: readonly OutOfFold[], random: Random): Work<SignalTest[]> {
  if (learners.length === 0) return [];
  const { learning, learners: judged } = thinRows(all, learners, MAX_PERMUTED_ROWS, random.split("rows"));
  const losses = judged.map((learner) => lossOf(learning, learner));
  const order = allRows(learning.table.nRows);
  const permute = rowPermuter(learning.groups ?? null);
  const observed = losses.map((loss) => loss(order));
  const permuted = learners.map(() => new Float64Array(N_PERMUTATIONS));
  for (let permutation = 0; permutation < N_PERMUTATIONS; permutation++) {
    permute(order, random);
    losses.forEach((loss, i) => {
      permuted[i][permutation] = loss(order);
    });
    if (permutation % PERMUTATIONS_PER_YIELD === 0)
      yield { stage: "signal-check", done: permutation, total: N_PERMUTATIONS, unit: "step" };
  }
  const gains = permuted.map((values, i) => {
    const { mean, sd } = meanAndSd(values);
    const gainOf = (loss: number): number => (sd > 1e-12 * Math.abs(mean) ? (mean - loss) / sd : 0);
    return { observed: gainOf(observed[i]), permuted: values.map(gainOf) };
  });
  const isWhole = learning.table.nRows === all.table.nRows;
  const whole = allRows(all.table.nRows);
  const largest = Float64Array.from({ length: N_PERMUTATIONS }, (_, p) => Math.max(...gains.map((gain) => gain.permuted[p])));
  return learners.map((learner, i) => ({
    learner: learner.learner,
    loss: isWhole ? observed[i] : lossOf(all, learner)(whole),
    pValue: permutationPValue(gains[i].permuted, gains[i].observed),
    adjustedPValue: permutationPValue(largest, gains[i].observed),
  }));
}

/**
 * The same test of one set of predictions, which ends once `nEnough` permutations do at least as well: the p-value is then
 * their share of those drawn (Besag and Clifford 1991).
 */
export function* testFixed(
  learning: LearningRows,
  predicted: OutOfFold,
  random: Random,
  { nEnough, nPermutations }: { readonly nEnough: number; readonly nPermutations: number },
): Work<Omit<SignalTest, "adjustedPValue">> {
  const lossIn = lossOf(learning, predicted);
  const order = allRows(learning.table.nRows);
  const permute = rowPermuter(learning.groups ?? null);
  const loss = lossIn(order);
  const limit = loss + 1e-12 * Math.abs(loss);
  let nAsGood = 0;
  for (let permutation = 1; permutation <= nPermutations; permutation++) {
    permute(order, random);
    if (lossIn(order) <= limit && ++nAsGood === nEnough)
      return { learner: predicted.learner, loss, pValue: nEnough / permutation };
    if (permutation % PERMUTATIONS_PER_YIELD === 0)
      yield { stage: "signal-check", done: permutation, total: nPermutations, unit: "step" };
  }
  return { learner: predicted.learner, loss, pValue: (1 + nAsGood) / (1 + nPermutations) };
}

/** A target is called unpredictable from this p-value on. */
export const MAX_P_VALUE = 0.05;
/** A loss that is better than the baseline's by a smaller share is real but of little use. */
const MIN_IMPROVEMENT = 0.05;

/** The verdict on a target from its p-value, the best model's loss and the loss of guessing without features. */
export function signalVerdict(pValue: number, loss: number, baselineLoss: number): "none" | "weak" | "predictable" {
  if (pValue >= MAX_P_VALUE) return "none";
  return loss <= baselineLoss * (1 - MIN_IMPROVEMENT) ? "predictable" : "weak";
}
