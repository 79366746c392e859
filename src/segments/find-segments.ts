import { TrendloomError } from "../core/errors.ts";
import type { Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { type Role, type Table, takeColumn } from "../table/table.ts";
import { elbowOf, MIN_K, suggestK } from "./choose-k.ts";
import { type Clusters, MAX_FIT_ROWS } from "./clusterer.ts";
import { explainByTree } from "./explain-tree.ts";
import { distance99, makeModel } from "./make-model.ts";
import { findStability, measureChosen, measureCurve, measureSingle, settleK } from "./measure-segments.ts";
import { assignAll } from "./mini-batch.ts";
import { groupByCombination, measurePartition, orderAsTiers, orderBySize, reorderClusters, TIER_NAMES } from "./partition.ts";
import { mapSegments } from "./segment-map.ts";
import { countDistinct, inOwnUnits, sampleRows } from "./segment-matrix.ts";
import { planSegments } from "./segment-plan.ts";
import { profileSegments } from "./segment-profile.ts";
import { prepare, type Setting } from "./segment-setting.ts";
import type { ChoiceOfK, SegmentSettings, SegmentsReport } from "./segments-report.ts";
import { judge } from "./verdict.ts";

const MIN_ROWS = 20;
/** Rows from which rules and the tree are found. */
const MAX_RULE_ROWS = 20_000;

/** Segments with the order in which the clusters stand, and the combinations of values that make them if such do. */
interface Segmentation {
  readonly clusters: Clusters;
  readonly order: readonly number[];
  readonly cells: readonly (readonly string[])[] | null;
}

/** The segmentation itself, of all rows. */
function* segmentRows({ settings, plan, points, context, tasks }: Setting, k: number): Work<Segmentation> {
  const { matrix } = points;
  if (plan.given) {
    const clusters = measurePartition(matrix, plan.given.labels, plan.given.names.length);
    return { clusters: { ...clusters, bic: null, mixture: null }, order: [], cells: null };
  }
  if (settings.preset === "legal-cells") {
    const { labels, cells } = groupByCombination(plan.columns, matrix.nRows);
    return { clusters: { ...measurePartition(matrix, labels, cells.length), bic: null, mixture: null }, order: [], cells };
  }
  const nStarts = settings.method === "gaussian-mixture" ? context.nStarts : plan.nStarts;
  const found = yield* tasks.run(context.clusterer.cluster(matrix, k, nStarts, context.random.split("segments")));
  const order = settings.preset === "seed-tiers" ? orderAsTiers(found) : orderBySize(found);
  const ordered = reorderClusters(found, order);
  // Rows as near to one prototype as to another go to the first of them, as rows of another table will.
  const settled =
    settings.method === "k-prototypes" && settings.preset === "none"
      ? yield* tasks.run(assignAll(matrix, ordered.centres, false))
      : ordered;
  return { clusters: { ...settled, bic: found.bic, mixture: found.mixture }, order, cells: null };
}

function nameSegments({ settings, plan }: Setting, k: number): readonly string[] {
  if (plan.given) return plan.given.names;
  return settings.preset === "seed-tiers" ? TIER_NAMES : Array.from({ length: k }, (_, i) => `segment-${i + 1}`);
}

/** The k to use and who chose it; with a mixture, the smallest BIC does. */
function* resolveK(setting: Setting, choices: readonly ChoiceOfK[]): Work<Pick<SegmentsReport, "k" | "kChosenBy">> {
  const { settings, plan } = setting;
  if (settings.preset !== "none") return { k: plan.k || choices[0].k, kChosenBy: "preset" };
  if (plan.given) return { k: plan.k, kChosenBy: "rules" };
  if (plan.k > 0) return { k: plan.k, kChosenBy: "user" };
  if (settings.method === "gaussian-mixture") {
    const best = choices.reduce((first, own) => ((own.bic ?? 0) < (first.bic ?? 0) ? own : first));
    return { k: best.k, kChosenBy: "bic" };
  }
  const { k, chosenBy } = yield* settleK(setting, choices);
  return { k, kChosenBy: chosenBy };
}

function* segmentTable(table: Table, roleOf: (name: string) => Role, settings: SegmentSettings): Work<SegmentsReport> {
  const plan = planSegments(table, roleOf, settings);
  const random = createRandom(settings.seed).split("segments");
  const setting = prepare(table, plan, settings, random);
  const { points, curveRows, context } = setting;
  const nDistinct = countDistinct(context.points.matrix, 256);
  if (nDistinct < Math.max(MIN_K, plan.k))
    throw new TrendloomError("parameter-invalid", { parameter: "k", expected: nDistinct, got: plan.k });

  const curve = yield* measureCurve(setting, nDistinct);
  const { k: wanted, kChosenBy } = yield* resolveK(setting, curve.choices);
  const { clusters, order, cells } = yield* segmentRows(setting, wanted);
  const { labels } = clusters;
  const k = clusters.sizes.length;
  const isSample = curveRows.length < table.nRows;
  const curveLabels = isSample ? Uint8Array.from(curveRows, (row) => labels[row]) : labels;
  const chosen = yield* measureChosen(setting, curve, clusters, curveLabels);
  const stability = yield* findStability(setting, curveLabels, k);
  const { verdict, facts } = judge(chosen.silhouette, chosen.nullSilhouettes, stability, plan.columns.length);
  const choices = [...curve.choices.filter((choice) => choice.k !== k), chosen].sort((a, b) => a.k - b.k);
  const single = yield* measureSingle(setting, curve);

  const ruleRows = sampleRows(table.nRows, MAX_RULE_ROWS, random.split("rule rows"));
  const ruleColumns = ruleRows.length < table.nRows ? plan.columns.map((column) => takeColumn(column, ruleRows)) : plan.columns;
  const ruleLabels = ruleRows.length < table.nRows ? Uint8Array.from(ruleRows, (row) => labels[row]) : labels;
  const names = nameSegments(setting, k);
  const columns = plan.columns.map(({ name }) => name);
  return {
    method: settings.preset === "legal-cells" ? "combinations" : settings.preset === "none" ? settings.method : "k-means",
    preset: settings.preset,
    columns,
    scale: plan.scale,
    k,
    kChosenBy,
    elbow: elbowOf(curve.choices),
    suggested: suggestK(curve.choices, single),
    single,
    sizes: [...clusters.sizes],
    centreColumns: points.names,
    centres: inOwnUnits(points, clusters.centres),
    inertia: clusters.inertia,
    silhouette: chosen.silhouette,
    nullSilhouette: facts.nullMean,
    nSilhouetteRows: context.rows.length,
    verdict,
    facts,
    stability,
    choices,
    tree: explainByTree(ruleColumns, ruleLabels, k, random.split("tree")),
    samples: { curve: curveRows.length, silhouette: context.rows.length, bootstrap: stability.nRows, rules: ruleRows.length },
    algorithm:
      settings.preset !== "legal-cells" && (settings.preset !== "none" || settings.method === "k-means")
        ? table.nRows > MAX_FIT_ROWS
          ? "mini-batch"
          : "lloyd"
        : null,
    gamma: setting.gamma,
    mixture: clusters.mixture && {
      covariance: clusters.mixture.mixture.covariance,
      logLikelihood: clusters.mixture.logLikelihood,
    },
    rfm: plan.given?.kind === "rfm" ? plan.given.report : null,
    model: makeModel({
      given: plan.given,
      definitions: settings.definitions ?? [],
      cells,
      points,
      clusters,
      order,
      distance99: distance99(context.points.matrix, curveLabels, clusters.centres),
    }),
    segments: profileSegments({
      table,
      roleOf,
      columns,
      labels,
      names,
      ruleRows,
      isOwnName: plan.given?.kind === "rules" ? plan.given.isOwnName : [],
    }),
    labels,
    map: mapSegments(plan.columns, points, labels, k),
  };
}

/**
 * Segments of a table: the clustering, rules, scores or combination that the settings ask for, compared with the same
 * clustering of shuffled columns and of bootstraps, with a card for each segment.
 * @throws TrendloomError too-few-rows, segment-columns-missing, parameter-invalid
 */
export function* findSegments(table: Table, roleOf: (name: string) => Role, settings: SegmentSettings): Work<SegmentsReport> {
  if (table.nRows < MIN_ROWS) throw new TrendloomError("too-few-rows", { expected: MIN_ROWS, got: table.nRows });
  return yield* segmentTable(table, roleOf, settings);
}
