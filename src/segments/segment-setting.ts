import type { Progress, Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { Column, Table } from "../table/table.ts";
import type { ClusteringContext } from "./choose-k.ts";
import { type Clusterer, makeClusterer } from "./clusterer.ts";
import { type Effort, planEffort } from "./effort.ts";
import { defaultGamma } from "./k-prototypes.ts";
import { buildSegmentMatrix, type SegmentMatrix, sampleRows, takeMatrixRows } from "./segment-matrix.ts";
import type { SegmentPlan } from "./segment-plan.ts";
import type { SegmentSettings } from "./segments-report.ts";
import { MAX_SILHOUETTE_ROWS } from "./silhouette.ts";

/**
 * Rows on which k is chosen, shuffles are clustered and bootstraps are drawn: fewer of points with many columns (many
 * indicators), whose distances cost more.
 */
const curveLimit = (nColumns: number): number => Math.max(2000, Math.min(10_000, Math.round(100_000 / nColumns)));

/** Rows on which silhouettes are computed, likewise; their cost grows with the square. */
const silhouetteLimit = (nColumns: number): number =>
  Math.min(MAX_SILHOUETTE_ROWS, Math.round(MAX_SILHOUETTE_ROWS * Math.sqrt(10 / nColumns)));

/** Counts whole tasks; what they yield inside is passed on as the same count, for cancelling. */
class Tasks {
  private done = 0;
  constructor(private readonly total: number) {}

  *run<Output>(work: Work<Output>): Work<Output> {
    const event = (): Progress => ({ stage: "segments", done: Math.min(this.done, this.total), total: this.total, unit: "task" });
    for (;;) {
      const step = work.next();
      if (step.done) {
        this.done++;
        yield event();
        return step.value;
      }
      yield event();
    }
  }
}

/** A table's segmentation under way: what all its parts need. */
export interface Setting {
  readonly settings: SegmentSettings;
  readonly plan: SegmentPlan;
  readonly points: SegmentMatrix;
  /** The sample (or all) of the rows on which k is chosen, and their points. */
  readonly curveRows: Int32Array;
  readonly context: ClusteringContext;
  readonly gamma: number | null;
  readonly effort: Effort;
  readonly tasks: Tasks;
}

/** Unit step of each matrix column in points; 0 where there is none. */
function stepsOf(columns: readonly Column[], points: SegmentMatrix): Float64Array {
  const steps = new Float64Array(points.names.length);
  columns.forEach((column, i) => {
    if (column.kind === "numeric") steps[points.starts[i]] = column.step / points.scale[points.starts[i]];
  });
  return steps;
}

/** Weight of a mismatch: the user's, or Huang's rule on the numbers as they are scaled. */
function chooseGamma(plan: SegmentPlan, settings: SegmentSettings): number | null {
  if (settings.preset !== "none" || settings.method !== "k-prototypes") return null;
  if (settings.gammaPercent) return settings.gammaPercent / 100;
  const numeric = plan.columns.filter((column) => column.kind === "numeric");
  const points = buildSegmentMatrix(numeric, { scaling: "none", codes: plan.codes });
  const { nRows, nColumns, values } = points.matrix;
  const deviations = numeric.map((_, i) => {
    if (plan.scale === "standard") return 1;
    let mean = 0;
    for (let at = i; at < values.length; at += nColumns) mean += values[at] / nRows;
    let variance = 0;
    for (let at = i; at < values.length; at += nColumns) variance += (values[at] - mean) ** 2 / nRows;
    return Math.sqrt(variance);
  });
  return defaultGamma(deviations);
}

function chooseClusterer(settings: SegmentSettings, plan: SegmentPlan, points: SegmentMatrix): Clusterer {
  // Groups that no clustering made are compared with k-means: would it find them, and find as much in shuffled columns?
  const isOwn = settings.preset === "none" && settings.method !== "rules" && settings.method !== "rfm";
  const method = isOwn ? (settings.method as "k-means" | "k-prototypes" | "gaussian-mixture") : "k-means";
  return makeClusterer({ method, covariance: settings.covariance ?? "diagonal", points, steps: stepsOf(plan.columns, points) });
}

export function prepare(table: Table, plan: SegmentPlan, settings: SegmentSettings, random: Random): Setting {
  const gamma = chooseGamma(plan, settings);
  const options = { scaling: plan.scale, codes: plan.codes };
  const points = buildSegmentMatrix(plan.columns, gamma === null ? options : { ...options, gamma });
  const curveRows = sampleRows(table.nRows, curveLimit(points.names.length), random.split("curve rows"));
  const matrix = curveRows.length === table.nRows ? points.matrix : takeMatrixRows(points.matrix, curveRows);
  const effort = planEffort(settings, points.names.length);
  const nTasks = 6 + effort.nShuffles + effort.nReferences + effort.nBootstraps;
  return {
    settings,
    plan,
    points,
    curveRows,
    gamma,
    context: {
      points: { ...points, matrix },
      rows: sampleRows(curveRows.length, silhouetteLimit(points.names.length), random.split("rows")),
      clusterer: chooseClusterer(settings, plan, points),
      nStarts: effort.nStarts,
      random,
    },
    effort,
    tasks: new Tasks(nTasks),
  };
}
