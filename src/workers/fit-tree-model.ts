import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { LearnerParams } from "../evaluate/fold-result.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../trees/gradient-boosting.ts";
import { fitRandomForest, predictRandomForest } from "../trees/random-forest.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import type { ModelLearner } from "./model.jobs.ts";

/** A model of trees by the learner's name. @throws TrendloomError parameter-invalid */
export function fitTreeModel(
  learner: ModelLearner,
  train: TrainRows,
  task: Task,
  params: LearnerParams,
  random: Random,
): Work<TreeModel> {
  return learner === "xgboost" ? fitGradientBoosting(train, task, params, random) : fitRandomForest(train, task, params, random);
}

/** Class probabilities (nRows × nClasses), row-major, or values (nRows). */
export function predictTreeModel(model: TreeModel, table: Table): Float64Array {
  return model.kind === "gradient-boosting" ? predictGradientBoosting(model, table) : predictRandomForest(model, table);
}

/** What the model's contributions are counted in. */
export function contributionUnit(model: TreeModel, task: Task): "margin" | "probability" | "value" {
  if (task.kind === "regression") return "value";
  return model.kind === "gradient-boosting" ? "margin" : "probability";
}
