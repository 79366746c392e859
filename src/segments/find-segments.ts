import { TrendloomError } from "../core/errors.ts";
import type { Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import type { Role, Table } from "../table/table.ts";
import {
  type ClusteringContext,
  chooseK,
  clusterForEach,
  clusteringVerdict,
  elbowOf,
  MAX_CURVE_K,
  MIN_K,
  shuffledSilhouettes,
} from "./choose-k.ts";
import { type Clustering, kMeans } from "./k-means.ts";
import { orderAsTiers, orderBySize, partitionByCombination, reorderClusters, TIER_NAMES } from "./partition.ts";
import { mapSegments } from "./segment-map.ts";
import { buildSegmentMatrix, countDistinct, inOwnUnits } from "./segment-matrix.ts";
import { planSegments, type SegmentPlan } from "./segment-plan.ts";
import { profileSegments } from "./segment-profile.ts";
import type { ChoiceOfK, SegmentSettings, SegmentsReport } from "./segments-report.ts";
import { silhouetteRows, silhouettesOfRows } from "./silhouette.ts";

/** Shuffles for each k of the curve, and in all for the k that is used. */
const CURVE_SHUFFLES = 4;
const CHOSEN_SHUFFLES = 8;
const MIN_ROWS = 20;

/** One row of progress for work whose parts count for themselves. */
function* withTotal<Output>(work: Work<Output>, total: number): Work<Output> {
  for (let done = 1; ; done++) {
    const step = work.next();
    if (step.done) return step.value;
    yield { stage: "segments", done: Math.min(done, total), total, unit: "step" };
  }
}

/** About how many parts the work has: mostly starts of k-means, 6 for each of 7 k on the table and on 4 shuffles. */
const EXPECTED_STEPS = 340;

/** The clustering itself, after the curve has told which k. */
function* clusterRows(plan: SegmentPlan, context: ClusteringContext, k: number, settings: SegmentSettings): Work<Clustering> {
  if (settings.preset === "legal-cells") return partitionByCombination(plan.columns, context.points.matrix);
  const params = { k, nStarts: plan.nStarts, random: context.random.split("segments") };
  const clustering = yield* kMeans(context.points.matrix, params);
  return reorderClusters(clustering, settings.preset === "seed-tiers" ? orderAsTiers(clustering) : orderBySize(clustering));
}

/** Inertia and silhouettes for k = 2…8 (fewer where there are fewer different rows), with shuffles. */
function* measureCurve(context: ClusteringContext, nDistinct: number): Work<ChoiceOfK[]> {
  const ks = Array.from({ length: Math.min(MAX_CURVE_K, nDistinct) - MIN_K + 1 }, (_, i) => i + MIN_K);
  const choices = yield* clusterForEach(context, ks);
  const shuffled = yield* shuffledSilhouettes(context, ks, 0, CURVE_SHUFFLES);
  return choices.map((choice, i) => ({ ...choice, nullSilhouettes: shuffled[i] }));
}

function* segmentTable(table: Table, roleOf: (name: string) => Role, settings: SegmentSettings): Work<SegmentsReport> {
  const plan = planSegments(table, roleOf, settings);
  const random = createRandom(settings.seed).split("segments");
  const points = buildSegmentMatrix(plan.columns, plan.scale, plan.codes);
  const nDistinct = countDistinct(points.matrix, 256);
  if (nDistinct < Math.max(MIN_K, plan.k))
    throw new TrendloomError("parameter-invalid", { parameter: "k", expected: nDistinct, got: plan.k });
  const context: ClusteringContext = { points, rows: silhouetteRows(table.nRows, random.split("rows")), random };

  const curve = yield* measureCurve(context, nDistinct);
  const choice = chooseK(curve);
  const clustering = yield* clusterRows(plan, context, plan.k || choice.k, settings);
  const k = clustering.sizes.length;
  const [silhouette] = yield* silhouettesOfRows(points.matrix, [clustering.labels], context.rows);
  const known = curve.find((choice) => choice.k === k)?.nullSilhouettes ?? [];
  const [more] = yield* shuffledSilhouettes(context, [k], known.length, CHOSEN_SHUFFLES);
  const nullSilhouettes = [...known, ...more];
  const chosen: ChoiceOfK = { k, inertia: clustering.inertia, silhouette, nullSilhouettes };

  const names = settings.preset === "seed-tiers" ? TIER_NAMES : Array.from({ length: k }, (_, i) => `segment-${i + 1}`);
  const columns = plan.columns.map(({ name }) => name);
  return {
    method: settings.preset === "legal-cells" ? "combinations" : settings.method,
    preset: settings.preset,
    columns,
    scale: plan.scale,
    k,
    kChosenBy: settings.preset !== "none" ? "preset" : settings.k > 0 ? "user" : choice.chosenBy,
    elbow: elbowOf(curve),
    sizes: [...clustering.sizes],
    centreColumns: points.names,
    centres: inOwnUnits(points, clustering.centres),
    inertia: clustering.inertia,
    silhouette,
    nullSilhouette: nullSilhouettes.reduce((sum, value) => sum + value, 0) / nullSilhouettes.length,
    nSilhouetteRows: context.rows.length,
    verdict: clusteringVerdict(silhouette, nullSilhouettes),
    choices: [...curve.filter((choice) => choice.k !== k), chosen].sort((a, b) => a.k - b.k),
    segments: profileSegments({ table, roleOf, columns, labels: clustering.labels, names }),
    labels: clustering.labels,
    map: mapSegments(plan.columns, points, clustering.labels, k),
  };
}

/**
 * Segments of a table: the clustering or combination that the settings ask for, compared with the same clustering of
 * shuffled columns, with a card for each segment.
 * @throws TrendloomError too-few-rows, segment-columns-missing, parameter-invalid
 */
export function* findSegments(table: Table, roleOf: (name: string) => Role, settings: SegmentSettings): Work<SegmentsReport> {
  if (table.nRows < MIN_ROWS) throw new TrendloomError("too-few-rows", { expected: MIN_ROWS, got: table.nRows });
  return yield* withTotal(segmentTable(table, roleOf, settings), EXPECTED_STEPS);
}
