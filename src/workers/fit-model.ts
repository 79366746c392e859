import type { Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { alignSynthetic } from "../evaluate/fit-fold.ts";
import { addSynthetic, trainOnAll } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import { TreeExplainer } from "../trees/shap.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import { fitTreeModel, predictTreeModel } from "./fit-tree-model.ts";
import type { FinalModelReport, LearningTable } from "./learn.jobs.ts";
import type { FitRequest, ModelLearner } from "./model.jobs.ts";
import { predictedRows } from "./predicted-rows.ts";

/** The model for use, and what it takes to ask it. */
export interface KeptModel {
  readonly learner: ModelLearner;
  readonly params: FitRequest["params"];
  readonly model: TreeModel;
  readonly explainer: TreeExplainer;
  readonly learning: LearningTable;
}

/**
 * The model for use: fitted on all real rows and the generated ones where given, with its answer for every real row. Never
 * a score.
 * @throws TrendloomError parameter-invalid
 */
export function* fitModel(
  learning: LearningTable,
  { learner, params, seed, synthetic }: FitRequest & { readonly synthetic: Table | null },
  now: () => number,
): Work<{ kept: KeptModel; report: FinalModelReport }> {
  const { table, task, rows } = learning;
  const startMs = now();
  const added = synthetic && alignSynthetic(table, task, synthetic);
  const train = added ? addSynthetic(trainOnAll(table), added) : trainOnAll(table);
  const model = yield* fitTreeModel(learner, train, task, params, createRandom(seed).split("final").split(learner));
  const fitSeconds = (now() - startMs) / 1000;
  const answers = predictedRows(task, predictTreeModel(model, table));
  return {
    kept: { learner, params, model, explainer: new TreeExplainer(model), learning },
    report: { learner, nReal: table.nRows, nSynthetic: added?.nRows ?? 0, fitSeconds, rows, ...answers },
  };
}
