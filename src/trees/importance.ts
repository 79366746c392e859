import { modelSum, type TreeModel } from "./tree-model.ts";

/**
 * Share of all that a model's splits won that each feature won, (nFeatures): XGBoost's total gain for boosting, the mean
 * decrease in impurity for a forest (Breiman 2001). A feature that is never asked has 0; without any split all have.
 */
export function gainShares(model: TreeModel): Float64Array {
  const won = new Float64Array(model.mapper.features.length);
  for (const { tree } of modelSum(model).shares) {
    for (let node = 0; node < tree.feature.length; node++)
      if (tree.feature[node] >= 0) won[tree.feature[node]] += tree.gain[node];
  }
  const total = won.reduce((sum, gain) => sum + gain, 0);
  return total > 0 ? won.map((gain) => gain / total) : won;
}
