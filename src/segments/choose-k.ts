import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { type Clustering, kMeans } from "./k-means.ts";
import { permuteColumns, type SegmentMatrix } from "./segment-matrix.ts";
import type { ChoiceOfK } from "./segments-report.ts";
import { silhouettesOfRows } from "./silhouette.ts";

export const MIN_K = 2;
export const MAX_CURVE_K = 8;
/** Starts per clustering of the curve and of shuffled columns, where thousandths of inertia do not matter. */
const CURVE_STARTS = 6;

/** What every clustering of one table shares. */
export interface ClusteringContext {
  readonly points: SegmentMatrix;
  /** Rows on which silhouettes are computed. */
  readonly rows: Int32Array;
  readonly random: Random;
}

/** Inertia and silhouette of k-means for each k, without shuffled columns. */
export function* clusterForEach({ points, rows, random }: ClusteringContext, ks: readonly number[]): Work<ChoiceOfK[]> {
  const clusterings: Clustering[] = [];
  for (const k of ks)
    clusterings.push(yield* kMeans(points.matrix, { k, nStarts: CURVE_STARTS, random: random.split(`k ${k}`) }));
  const scores = yield* silhouettesOfRows(
    points.matrix,
    clusterings.map(({ labels }) => labels),
    rows,
  );
  return ks.map((k, i) => ({ k, inertia: clusterings[i].inertia, silhouette: scores[i], nullSilhouettes: [] }));
}

/**
 * Silhouettes of the same clustering of column-permuted points, shuffles `from` to `to` − 1, for each k: what k-means
 * makes of columns that have nothing to do with each other. Result [k][shuffle].
 */
export function* shuffledSilhouettes(
  context: ClusteringContext,
  ks: readonly number[],
  from: number,
  to: number,
): Work<number[][]> {
  const result: number[][] = ks.map(() => []);
  for (let shuffle = from; shuffle < to; shuffle++) {
    const random = context.random.split(`shuffle ${shuffle}`);
    const points = { ...context.points, matrix: permuteColumns(context.points, random.split("columns")) };
    const choices = yield* clusterForEach({ ...context, points, random }, ks);
    choices.forEach((choice, i) => {
      result[i].push(choice.silhouette);
    });
  }
  return result;
}

/**
 * The elbow: the k whose point on the curve of inertia lies farthest below the chord between the first and the last,
 * both axes scaled to [0, 1] (Satopää et al. 2011, "Kneedle").
 */
export function elbowOf(choices: readonly ChoiceOfK[]): number {
  const first = choices[0];
  const last = choices[choices.length - 1];
  let elbow = first.k;
  let farthest = 0;
  for (const { k, inertia } of choices) {
    const across = (k - first.k) / (last.k - first.k);
    const down = (first.inertia - inertia) / (first.inertia - last.inertia);
    if (down - across > farthest) {
      farthest = down - across;
      elbow = k;
    }
  }
  return elbow;
}

/** Silhouettes this much above every shuffled one, or more, speak for groups that are really there. */
const NATURAL_MARGIN = 0.02;

/** Whether a clustering separates better than the same clustering of shuffled columns, or merely cuts a cloud. */
export function clusteringVerdict(silhouette: number, nullSilhouettes: readonly number[]): "natural" | "cut" {
  return silhouette >= Math.max(...nullSilhouettes) + NATURAL_MARGIN ? "natural" : "cut";
}

/**
 * The k to use where nobody asked for one: among those that separate better than shuffled columns the one with the
 * highest silhouette; where none does, the elbow, since a silhouette that shuffled data reach too chooses nothing.
 */
export function chooseK(choices: readonly ChoiceOfK[]): { readonly k: number; readonly chosenBy: "silhouette" | "elbow" } {
  const natural = choices.filter(
    ({ silhouette, nullSilhouettes }) => clusteringVerdict(silhouette, nullSilhouettes) === "natural",
  );
  if (natural.length === 0) return { k: elbowOf(choices), chosenBy: "elbow" };
  const best = natural.reduce((first, choice) => (choice.silhouette > first.silhouette ? choice : first));
  return { k: best.k, chosenBy: "silhouette" };
}
