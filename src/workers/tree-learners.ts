import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { LearnerParams } from "../evaluate/fold-result.ts";
import type { FittedModel, Learner, LearnerId } from "../evaluate/learner.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { fitGradientBoosting, type GradientBoostingModel, predictGradientBoosting } from "../trees/gradient-boosting.ts";
import { fitRandomForest, predictRandomForest, type RandomForestModel } from "../trees/random-forest.ts";
import { fitReferenceForest, predictReferenceForest } from "../trees/reference-forest.ts";

interface TreeMethod<Model> {
  /** Why a processor trains it. */
  readonly reason: string;
  readonly fit: (train: TrainRows, task: Task, params: LearnerParams, random: Random) => Work<Model>;
  readonly predict: (model: Model, table: Table) => Float64Array;
  readonly facts: (model: Model) => FittedModel["facts"];
}

function learner<Model>(id: LearnerId, params: LearnerParams, method: TreeMethod<Model>): Learner {
  return {
    id,
    device: { name: "cpu", reason: method.reason },
    *fit(train, task, random): Work<FittedModel> {
      const model = yield* method.fit(train, task, params, random);
      return { predict: (table) => method.predict(model, table), facts: method.facts(model) };
    },
  };
}

function forestFacts({ trees, outOfBag }: RandomForestModel): FittedModel["facts"] {
  const facts = { trees: trees.length };
  if (!outOfBag) return facts;
  return outOfBag.kind === "regression"
    ? { ...facts, outOfBagR2: outOfBag.r2 }
    : { ...facts, outOfBagAccuracy: outOfBag.accuracy, outOfBagLogLoss: outOfBag.logLoss };
}

function boostingFacts({ rounds, validation }: GradientBoostingModel): FittedModel["facts"] {
  const facts = { rounds: rounds.length };
  return validation ? { ...facts, validationLoss: validation.losses[validation.nBestRounds - 1] } : facts;
}

/** Trees branch and histograms fit a cache, so that a processor serves them better than a GPU would. */
export function treeLearner(id: LearnerId, params: LearnerParams = {}): Learner {
  switch (id) {
    case "random-forest":
      return learner<RandomForestModel>(id, params, {
        reason: "trees-on-cpu",
        fit: fitRandomForest,
        predict: predictRandomForest,
        facts: forestFacts,
      });
    case "xgboost":
      return learner<GradientBoostingModel>(id, params, {
        reason: "trees-on-cpu",
        fit: fitGradientBoosting,
        predict: predictGradientBoosting,
        facts: boostingFacts,
      });
    case "ml-random-forest":
      return learner(id, params, {
        reason: "reference",
        fit: fitReferenceForest,
        predict: predictReferenceForest,
        facts: () => undefined,
      });
    default:
      throw new Error(`${id} is not made of trees`);
  }
}
