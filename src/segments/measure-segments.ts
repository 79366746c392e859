import type { Work } from "../core/progress.ts";
import {
  chooseK,
  gapOf,
  isSeparated,
  MAX_CURVE_K,
  type Measures,
  MIN_K,
  makeCurve,
  measureReference,
  measureShuffle,
  measureTable,
} from "./choose-k.ts";
import { type Clusters, sphericalBic } from "./clusterer.ts";
import type { Setting } from "./segment-setting.ts";
import type { ChoiceOfK, SegmentsReport, Stability } from "./segments-report.ts";
import { silhouettesOfRows } from "./silhouette.ts";
import { bootstrapOnce, summarizeBootstraps } from "./stability.ts";

export interface Curve {
  readonly ks: readonly number[];
  readonly table: readonly Measures[];
  readonly shuffles: readonly (readonly Measures[])[];
  /** Inertias of each reference: of one group, then of each k. */
  readonly references: readonly (readonly number[])[];
  readonly choices: readonly ChoiceOfK[];
}

/** Every criterion for k = 2…8 (fewer where there are fewer different rows). */
export function* measureCurve({ effort, context, tasks }: Setting, nDistinct: number): Work<Curve> {
  const ks = Array.from({ length: Math.min(MAX_CURVE_K, nDistinct) - MIN_K + 1 }, (_, i) => i + MIN_K);
  const table = yield* tasks.run(measureTable(context, ks));
  const shuffles: Measures[][] = [];
  for (let i = 0; i < effort.nCurveShuffles; i++) shuffles.push(yield* tasks.run(measureShuffle(context, ks, i)));
  const references: number[][] = [];
  for (let i = 0; i < effort.nReferences; i++) references.push(yield* tasks.run(measureReference(context, ks, i)));
  return { ks, table, shuffles, references, choices: makeCurve(table, shuffles, references) };
}

/** A k with a silhouette at most so much below the highest may be used instead, if its groups are found again almost always. */
const NEAR_BEST = 0.08;
const HIGHLY_STABLE_JACCARD = 0.85;
const CHOICE_BOOTSTRAPS = 8;

/**
 * The k to use where nobody asked for one. Silhouettes favour few groups where some lie closer together than others, so
 * among the k that separate nearly as well as the best the largest is taken whose groups are all highly stable (Hennig 2007);
 * each that is tried costs a few bootstraps.
 */
export function* settleK(setting: Setting, choices: readonly ChoiceOfK[]): Work<ReturnType<typeof chooseK>> {
  const best = chooseK(choices);
  if (best.chosenBy === "elbow") return best;
  const { context, tasks } = setting;
  const { clusterer, nStarts, random } = context;
  const data = context.points.matrix;
  const highest = choices.find(({ k }) => k === best.k)?.silhouette ?? 1;
  const larger = choices.filter(
    ({ k, silhouette, nullSilhouettes }) =>
      k > best.k && silhouette >= highest - NEAR_BEST && isSeparated(silhouette, nullSilhouettes),
  );
  for (const { k } of larger.reverse()) {
    const { labels } = yield* tasks.run(clusterer.cluster(data, k, nStarts, random.split(`k ${k}`)));
    const input = { data, labels, k, clusterer, nStarts, random: random.split("choice") };
    const bootstraps: Float64Array[] = [];
    for (let i = 0; i < CHOICE_BOOTSTRAPS; i++) bootstraps.push(yield* tasks.run(bootstrapOnce(input, i)));
    if (Math.min(...summarizeBootstraps(bootstraps, k, data.nRows).jaccard) >= HIGHLY_STABLE_JACCARD) return { ...best, k };
  }
  return best;
}

/** The curve's entry of the k in use, with the segments' own silhouette and with more shuffles. */
export function* measureChosen(setting: Setting, curve: Curve, clusters: Clusters, labels: Uint8Array): Work<ChoiceOfK> {
  const { context, tasks, settings, points, effort } = setting;
  const k = clusters.sizes.length;
  const at = curve.ks.indexOf(k);
  const known = at < 0 ? [] : curve.shuffles.map((measures) => [measures[at]]);
  const shuffles = [...known];
  for (let i = known.length; i < effort.nShuffles; i++) shuffles.push(yield* tasks.run(measureShuffle(context, [k], i)));
  const [silhouette] = yield* tasks.run(silhouettesOfRows(context.points.matrix, [labels], context.rows));
  const isSample = context.points.matrix.nRows < points.matrix.nRows;
  const [measured] = at < 0 && isSample ? yield* tasks.run(measureTable(context, [k])) : [curve.table[at]];
  const own: Measures = {
    k,
    silhouette,
    inertia: isSample ? measured.inertia : clusters.inertia,
    bic: isSample
      ? measured.bic
      : clusters.mixture
        ? clusters.bic
        : settings.method === "k-prototypes"
          ? null
          : sphericalBic(clusters),
  };
  const references = at < 0 ? [] : curve.references.map((inertias) => [inertias[0], inertias[at + 1]]);
  return makeCurve([own], shuffles, references)[0];
}

export function* findStability(setting: Setting, labels: Uint8Array, k: number): Work<Stability> {
  const { context, tasks, effort } = setting;
  const { matrix: data } = context.points;
  const { clusterer, nStarts } = context;
  const input = { data, labels, k, clusterer, nStarts, random: context.random };
  const bootstraps: Float64Array[] = [];
  for (let i = 0; i < effort.nBootstraps; i++) bootstraps.push(yield* tasks.run(bootstrapOnce(input, i)));
  return summarizeBootstraps(bootstraps, k, data.nRows);
}

/** The whole table as one group. */
export function* measureSingle({ context, tasks }: Setting, { references }: Curve): Work<SegmentsReport["single"]> {
  const { inertia, bic } = yield* tasks.run(
    context.clusterer.cluster(context.points.matrix, 1, 1, context.random.split("single")),
  );
  const ofReferences = references.map((inertias) => inertias[0]);
  return { inertia, gap: gapOf(inertia, ofReferences).gap, bic };
}
