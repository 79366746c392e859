import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { FittedModel, Learner } from "../evaluate/learner.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../trees/gradient-boosting.ts";
import { fitRandomForest, predictRandomForest } from "../trees/random-forest.ts";
import { fitReferenceForest, predictReferenceForest } from "../trees/reference-forest.ts";

export type TreeLearnerId = "random-forest" | "xgboost" | "ml-random-forest";

type Fit<Model> = (train: TrainRows, task: Task, params: object, random: Random) => Work<Model>;
type Predict<Model> = (model: Model, table: Table) => Float64Array;

function learner<Model>(id: TreeLearnerId, reason: string, fit: Fit<Model>, predict: Predict<Model>): Learner {
  return {
    id,
    device: { name: "cpu", reason },
    *fit(train, task, random): Work<FittedModel> {
      const model = yield* fit(train, task, {}, random);
      return { predict: (table) => predict(model, table) };
    },
  };
}

/** Trees branch and histograms fit a cache, so that a processor serves them better than a GPU would. */
export const TREE_LEARNERS: Readonly<Record<TreeLearnerId, Learner>> = {
  "random-forest": learner("random-forest", "trees-on-cpu", fitRandomForest, predictRandomForest),
  xgboost: learner("xgboost", "trees-on-cpu", fitGradientBoosting, predictGradientBoosting),
  "ml-random-forest": learner("ml-random-forest", "reference", fitReferenceForest, predictReferenceForest),
};
