import { log } from "../core/exp-log.ts";
import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { studentTQuantile, summarize } from "../metrics/intervals.ts";
import type { Clusterer } from "./clusterer.ts";
import { permuteColumns, type SegmentMatrix } from "./segment-matrix.ts";
import type { ChoiceOfK, SuggestedK } from "./segments-report.ts";
import { silhouettesOfRows } from "./silhouette.ts";

export const MIN_K = 2;
export const MAX_CURVE_K = 8;

/** What every clustering of one table shares. */
export interface ClusteringContext {
  readonly points: Pick<SegmentMatrix, "matrix" | "starts" | "columns">;
  /** Rows on which silhouettes are computed. */
  readonly rows: Int32Array;
  readonly clusterer: Clusterer;
  /** Starts of each clustering, of the table as of shuffled columns, so that neither has an advantage. */
  readonly nStarts: number;
  readonly random: Random;
}

export interface Measures {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  readonly bic: number | null;
}

function* measureEach(context: ClusteringContext, data: Matrix, ks: readonly number[], random: Random): Work<Measures[]> {
  const measures: Measures[] = [];
  for (const k of ks) {
    const { labels, inertia, bic } = yield* context.clusterer.cluster(data, k, context.nStarts, random.split(`k ${k}`));
    const [silhouette] = yield* silhouettesOfRows(data, [labels], context.rows);
    measures.push({ k, inertia, silhouette, bic });
  }
  return measures;
}

/** Inertia, silhouette and BIC for each k. */
export const measureTable = (context: ClusteringContext, ks: readonly number[]): Work<Measures[]> =>
  measureEach(context, context.points.matrix, ks, context.random);

/**
 * The same of column-permuted points: what the method makes of columns that have nothing to do with each other. Each
 * `shuffle` is another permutation.
 */
export function* measureShuffle(context: ClusteringContext, ks: readonly number[], shuffle: number): Work<Measures[]> {
  const random = context.random.split(`shuffle ${shuffle}`);
  return yield* measureEach(context, permuteColumns(context.points, random.split("columns")), ks, random);
}

/** Points spread evenly over the range of each number and over the levels of each category. */
function drawUniform({ matrix, starts, columns }: ClusteringContext["points"], random: Random): Matrix {
  const { nRows, nColumns, values } = matrix;
  const drawn = createMatrix(nRows, nColumns);
  columns.forEach((column, i) => {
    const [begin, end] = [starts[i], starts[i + 1]];
    if (column.kind === "levels") {
      for (let row = 0; row < nRows; row++) {
        const level = random.integer(end - begin);
        for (let j = begin; j < end; j++)
          drawn.values[row * nColumns + j] = (Number(j - begin === level) - column.shift[j - begin]) / column.scale[j - begin];
      }
      return;
    }
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = begin; at < values.length; at += nColumns) {
      low = Math.min(low, values[at]);
      high = Math.max(high, values[at]);
    }
    for (let at = begin; at < values.length; at += nColumns) drawn.values[at] = low + random.next() * (high - low);
  });
  return drawn;
}

/** Sum of squared distances to the mean of all points. */
export function inertiaOfOne({ nRows, nColumns, values }: Matrix): number {
  let inertia = 0;
  for (let column = 0; column < nColumns; column++) {
    let mean = 0;
    for (let at = column; at < values.length; at += nColumns) mean += values[at] / nRows;
    for (let at = column; at < values.length; at += nColumns) inertia += (values[at] - mean) ** 2;
  }
  return inertia;
}

/** Inertias of evenly spread points for one group and for each k; each `reference` is another draw. */
export function* measureReference(context: ClusteringContext, ks: readonly number[], reference: number): Work<number[]> {
  const random = context.random.split(`reference ${reference}`);
  const data = drawUniform(context.points, random.split("points"));
  const inertias = [inertiaOfOne(data)];
  for (const k of ks) {
    const { inertia } = yield* context.clusterer.cluster(data, k, context.nStarts, random.split(`k ${k}`));
    inertias.push(inertia);
  }
  return inertias;
}

interface Gap {
  readonly gap: number | null;
  readonly error: number | null;
}

/** Gap statistic of one inertia against those of the references, with its standard error sd · √(1 + 1 / B). */
export function gapOf(inertia: number, references: readonly number[]): Gap {
  if (!(inertia > 0) || references.length === 0 || references.some((reference) => !(reference > 0)))
    return { gap: null, error: null };
  const logs = references.map(log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length;
  return { gap: mean - log(inertia), error: Math.sqrt(variance * (1 + 1 / logs.length)) };
}

/** The curve from its measures. `shuffles` holds the measures of each shuffle, `references` the inertias of each reference. */
export function makeCurve(
  table: readonly Measures[],
  shuffles: readonly (readonly Measures[])[],
  references: readonly (readonly number[])[],
): ChoiceOfK[] {
  return table.map((own, i) => {
    const nulls = shuffles.map((measures) => measures[i]);
    const ofReferences = references.map((inertias) => inertias[i + 1]);
    const { gap, error } = gapOf(own.inertia, ofReferences);
    const isNumber = (value: number | null): value is number => value !== null;
    return {
      ...own,
      gap,
      gapError: error,
      nullSilhouettes: nulls.map(({ silhouette }) => silhouette),
      nullInertias: nulls.map(({ inertia }) => inertia),
      nullGaps: nulls.map(({ inertia }) => gapOf(inertia, ofReferences).gap).filter(isNumber),
      nullBics: nulls.map(({ bic }) => bic).filter(isNumber),
    };
  });
}

/**
 * The elbow: the k whose point on the curve of inertia lies farthest below the chord between the first and the last,
 * both axes scaled to [0, 1] (Satopää et al. 2011, "Kneedle").
 */
export function elbowOf(choices: readonly Pick<ChoiceOfK, "k" | "inertia">[]): number {
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

/** Which k each criterion takes. `single` is the whole table as one group. */
export function suggestK(
  choices: readonly ChoiceOfK[],
  single: { readonly gap: number | null; readonly bic: number | null },
): SuggestedK {
  const gaps = [{ k: 1, gap: single.gap, gapError: 0 as number | null }, ...choices];
  const byGap = gaps.find(({ gap }, i) => {
    const next = gaps[i + 1];
    return next && gap !== null && next.gap !== null && next.gapError !== null && gap >= next.gap - next.gapError;
  });
  const bics = [{ k: 1, bic: single.bic }, ...choices].filter(({ bic }) => bic !== null);
  const byBic = bics.reduce<(typeof bics)[number] | null>((best, own) => (best && best.bic! <= own.bic! ? best : own), null);
  const bySilhouette = choices.reduce((best, own) => (own.silhouette > best.silhouette ? own : best));
  return { elbow: elbowOf(choices), silhouette: bySilhouette.k, gap: byGap?.k ?? null, bic: byBic?.k ?? null };
}

/** A silhouette this much beyond what shuffled columns reach, or more, speaks for groups that are really there. */
export const NATURAL_MARGIN = 0.02;
const LEVEL = 0.99;

/**
 * The value below which one more shuffle would stay with 99 % probability, silhouettes of shuffles taken as draws from a
 * normal distribution: mean + t · sd · √(1 + 1 / n), Student's t with n − 1 degrees of freedom. A handful of shuffles has no
 * 99th percentile of its own.
 */
export function shuffleLimit(nullSilhouettes: readonly number[]): {
  readonly mean: number;
  readonly sd: number;
  readonly limit: number;
} {
  const { mean, sd } = summarize(nullSilhouettes);
  const n = nullSilhouettes.length;
  if (n < 2) return { mean, sd, limit: Number.POSITIVE_INFINITY };
  return { mean, sd, limit: mean + studentTQuantile(LEVEL, n - 1) * sd * Math.sqrt(1 + 1 / n) };
}

/** Whether a clustering separates better than the same clustering of shuffled columns would. */
export const isSeparated = (silhouette: number, nullSilhouettes: readonly number[]): boolean =>
  silhouette >= shuffleLimit(nullSilhouettes).limit + NATURAL_MARGIN;

/**
 * The k to use where nobody asked for one: among those that separate better than shuffled columns the one with the
 * highest silhouette; where none does, the elbow, since a silhouette that shuffled data reach too chooses nothing.
 */
export function chooseK(choices: readonly ChoiceOfK[]): { readonly k: number; readonly chosenBy: "silhouette" | "elbow" } {
  const separated = choices.filter(({ silhouette, nullSilhouettes }) => isSeparated(silhouette, nullSilhouettes));
  if (separated.length === 0) return { k: elbowOf(choices), chosenBy: "elbow" };
  const best = separated.reduce((first, choice) => (choice.silhouette > first.silhouette ? choice : first));
  return { k: best.k, chosenBy: "silhouette" };
}
