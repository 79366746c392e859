import type { AsyncWork, Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { alignSynthetic } from "../evaluate/fit-fold.ts";
import { addSynthetic, trainOnAll } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import { fitGradientBoostingOver } from "../trees/boosting-over-shards.ts";
import { fitRandomForestOver } from "../trees/forest-over-shards.ts";
import { TreeExplainer } from "../trees/shap.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import { fitTreeModel, predictTreeModel } from "./fit-tree-model.ts";
import type { FinalModelReport, LearningTable } from "./learn.jobs.ts";
import type { FitRequest, ModelLearner } from "./model.jobs.ts";
import { type PredictedRows, predictedRows } from "./predicted-rows.ts";
import type { TreeThread } from "./shard-port.ts";

/** The model for use, and what it takes to ask it. */
export interface KeptModel {
  readonly learner: ModelLearner;
  readonly params: FitRequest["params"];
  readonly model: TreeModel;
  readonly explainer: TreeExplainer;
  readonly learning: LearningTable;
}

/** The model for use, what there is to say of it, and its answers for the rows of the learning table. */
export interface FittedForUse {
  readonly kept: KeptModel;
  readonly report: Omit<FinalModelReport, "answers">;
  readonly answers: PredictedRows & { readonly rows: Int32Array };
}

type FitInput = FitRequest & { readonly synthetic: Table | null };

/** What the model for use is fitted on: all real rows and the generated ones where given. */
function fitRows({ table, task, groups = null }: LearningTable, { learner, seed, synthetic }: FitInput) {
  const added = synthetic && alignSynthetic(table, task, synthetic);
  return {
    train: added ? addSynthetic(trainOnAll(table, groups), added) : trainOnAll(table, groups),
    nSynthetic: added?.nRows ?? 0,
    random: createRandom(seed).split("final").split(learner),
  };
}

function keepModel(
  learning: LearningTable,
  { learner, params }: FitInput,
  model: TreeModel,
  counts: { nSynthetic: number; fitSeconds: number },
): FittedForUse {
  const { table, task, rows } = learning;
  const answers = { ...predictedRows(task, predictTreeModel(model, table)), rows };
  const report = { learner, nReal: table.nRows, ...counts };
  return { kept: { learner, params, model, explainer: new TreeExplainer(model), learning }, report, answers };
}

/**
 * The model for use: fitted on all real rows and the generated ones where given, with its answer for every real row. Never
 * a score.
 * @throws TrendloomError parameter-invalid
 */
export function* fitModel(learning: LearningTable, input: FitInput, now: () => number): Work<FittedForUse> {
  const { learner, params } = input;
  const startMs = now();
  const { train, nSynthetic, random } = fitRows(learning, input);
  const model = yield* fitTreeModel(learner, train, learning.task, params, random);
  return keepModel(learning, input, model, { nSynthetic, fitSeconds: (now() - startMs) / 1000 });
}

/** `fitModel` spread over this thread and others: the same model. */
export async function* fitModelOver(
  threads: readonly TreeThread[],
  learning: LearningTable,
  input: FitInput,
  now: () => number,
): AsyncWork<FittedForUse> {
  const startMs = now();
  const { train, nSynthetic, random } = fitRows(learning, input);
  const { learner, params } = input;
  const model: TreeModel =
    learner === "xgboost"
      ? yield* fitGradientBoostingOver(threads, train, learning.task, params, random)
      : yield* fitRandomForestOver(
          threads.map((thread) => thread.growTrees),
          train,
          learning.task,
          params,
          random,
        );
  return keepModel(learning, input, model, { nSynthetic, fitSeconds: (now() - startMs) / 1000 });
}
