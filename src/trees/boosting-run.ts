import type { Progress } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { holdBack, type TrainRows } from "../table/split-rows.ts";
import { allRows, concatTables } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { type BinMapper, binTable, fitBinMapper } from "./bin-mapper.ts";
import type { GradientBoostingModel, ValidationCurve } from "./boosting-model.ts";
import { GRADIENT_BOOSTING_PARAMS, type GradientBoostingParams } from "./gradient-boosting.params.ts";
import { lossOf } from "./losses.ts";
import type { Margins } from "./margins.ts";
import { resolveParams } from "./number-param.ts";
import type { ShardData, TreePlan } from "./shard-protocol.ts";
import type { Tree } from "./tree.ts";

/** Fewer rows held back than this tell too little of when to stop: then none are, and all rounds are fitted. */
const MIN_VALIDATION_ROWS = 30;

const LINKS = { "squared-error": "identity", logistic: "logistic", softmax: "softmax" } as const;

/** ⌈share · n⌉ of the given numbers, drawn without replacement, ascending. */
function drawShare(from: Int32Array, share: number, random: Random): Int32Array {
  if (share === 1) return from;
  return random
    .shuffle(from.slice())
    .slice(0, Math.ceil(share * from.length))
    .sort();
}

/** One fit as it goes on: what is grown next, what has been grown, and when to stop. Knows nothing of where trees grow. */
export class BoostingRun {
  readonly data: ShardData;
  private readonly params: GradientBoostingParams;
  private readonly mapper: BinMapper;
  private readonly rounds: Tree[][] = [];
  private readonly losses: number[] = [];
  private nBestRounds = 0;

  /** @throws TrendloomError parameter-invalid */
  constructor(
    train: TrainRows,
    task: Task,
    overrides: Partial<GradientBoostingParams>,
    private readonly random: Random,
  ) {
    const params = resolveParams(GRADIENT_BOOSTING_PARAMS, overrides);
    this.params = params;
    const { validationShare } = params;
    const isHeldBack = params.earlyStoppingRounds > 0 && Math.floor(train.table.nRows * validationShare) >= MIN_VALIDATION_ROWS;
    const parts = isHeldBack ? holdBack(train, task.target, validationShare, random.split("validation")) : null;
    const grown = parts ? parts.train : train;
    const table = parts ? concatTables(parts.train.table, parts.test.table) : train.table;
    this.mapper = fitBinMapper(grown, task.features);
    const { bins, nRows } = binTable(this.mapper, table);
    const nTrainRows = grown.table.nRows;
    this.data = {
      nRows,
      nTrainRows,
      features: this.mapper.features.map(({ nBins, kind }, feature) => ({
        feature,
        nBins,
        isCategorical: kind === "categorical",
      })),
      bins,
      loss: lossOf(table, task, nTrainRows, params.balanceClasses === 1),
      limits: params,
    };
  }

  get nMargins(): number {
    return this.data.loss.baseMargins.length;
  }

  /** Whether another round is due. */
  get goesOn(): boolean {
    const nWorse = this.rounds.length - this.nBestRounds;
    const isStopped = this.losses.length > 0 && nWorse >= this.params.earlyStoppingRounds;
    return this.rounds.length < this.params.nRounds && !isStopped;
  }

  get progress(): Progress {
    const event = { stage: "boosting", done: this.rounds.length, total: this.params.nRounds, unit: "round" } as const;
    const validationLoss = this.losses.at(-1);
    return validationLoss === undefined ? event : { ...event, validationLoss };
  }

  /** The trees of the next round, a plan for each margin. */
  planRound(): TreePlan[] {
    const { params, data } = this;
    const drawn = this.random.split(`round-${this.rounds.length}`);
    const rows = params.subsample === 1 ? null : drawShare(allRows(data.nTrainRows), params.subsample, drawn.split("rows"));
    return data.loss.baseMargins.map((_, margin) => ({
      margin,
      rows,
      featuresByDepth: this.drawFeatures(drawn.split(`features-${margin}`)),
    }));
  }

  private drawFeatures(random: Random): Int32Array[] | null {
    const { colsampleByTree, colsampleByLevel, maxDepth } = this.params;
    if (colsampleByTree === 1 && colsampleByLevel === 1) return null;
    const ofTree = drawShare(allRows(this.data.features.length), colsampleByTree, random);
    return Array.from({ length: maxDepth }, (_, depth) => drawShare(ofTree, colsampleByLevel, random.split(`level-${depth}`)));
  }

  /** Keeps the round that was grown; `margins` are those after it. */
  keep(trees: Tree[], margins: Margins): void {
    this.rounds.push(trees);
    const { nRows, nTrainRows } = this.data;
    if (nTrainRows < nRows) this.losses.push(margins.lossFrom(nTrainRows));
    const loss = this.losses.at(-1) ?? Number.NaN;
    const best = this.losses[this.nBestRounds - 1] ?? Number.POSITIVE_INFINITY;
    if (Number.isNaN(loss) || loss < best) this.nBestRounds = this.rounds.length;
  }

  /** The model, cut after the round of the least validation loss. */
  model(): GradientBoostingModel {
    const { nRows, nTrainRows, loss } = this.data;
    const validation: ValidationCurve = { nRows: nRows - nTrainRows, losses: this.losses, nBestRounds: this.nBestRounds };
    return {
      kind: "gradient-boosting",
      link: LINKS[loss.kind],
      mapper: this.mapper,
      baseMargins: loss.baseMargins,
      rounds: this.rounds.slice(0, this.nBestRounds),
      validation: nTrainRows < nRows ? validation : null,
    };
  }
}
