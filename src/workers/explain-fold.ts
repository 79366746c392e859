import type { Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { type ExplainableModel, explainModel } from "../evaluate/explain.ts";
import type { ExplainReport } from "../evaluate/explain-report.ts";
import { foldOf } from "../evaluate/fold-of.ts";
import type { Task } from "../table/task.ts";
import { binTable } from "../trees/bin-mapper.ts";
import { gainShares } from "../trees/importance.ts";
import { TreeExplainer } from "../trees/shap.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import { contributionUnit, fitTreeModel, predictTreeModel } from "./fit-tree-model.ts";
import type { LearningTable } from "./learn.jobs.ts";
import type { FitRequest, ModelLearner } from "./model.jobs.ts";

/** Multiplications that may go into SHAP values: some seconds' worth. */
const SHAP_BUDGET = 6e9;
const MIN_EXPLAINED_ROWS = 50;

function explainable(learner: ModelLearner, model: TreeModel, task: Task): ExplainableModel {
  const explainer = new TreeExplainer(model);
  return {
    learner,
    unit: contributionUnit(model, task),
    gains: gainShares(model),
    base: [...explainer.base],
    affordableRows: Math.max(MIN_EXPLAINED_ROWS, Math.floor(SHAP_BUDGET / explainer.costPerRow)),
    predict: (table) => predictTreeModel(model, table),
    contributions: (table) => explainer.explain(binTable(model.mapper, table)),
  };
}

/**
 * Fits on the training rows of fold 0 and explains on its held-out rows. The model is the one whose score the fold
 * counted: same rows, same random stream.
 * @throws TrendloomError parameter-invalid, too-few-rows
 */
export function* explainFold(
  learning: LearningTable,
  { learner, params, seed, nFolds, quick }: FitRequest & { readonly nFolds: number; readonly quick: boolean },
): Work<ExplainReport> {
  const { task } = learning;
  const fold = foldOf(learning, { fold: 0, nFolds, seed });
  const root = createRandom(seed);
  const ofFit = root.split("learners").split(learner).split("fold 0").split("real-only");
  const model = yield* fitTreeModel(learner, fold.train, task, params, ofFit);
  return yield* explainModel(explainable(learner, model, task), fold, task, quick, root.split("explain").split(learner));
}
