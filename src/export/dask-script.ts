import type { Task } from "../table/task.ts";
import { GRADIENT_BOOSTING_PARAMS, type GradientBoostingParams } from "../trees/gradient-boosting.params.ts";
import { type NumberParamSet, type NumberParamValues, resolveParams } from "../trees/number-param.ts";
import { RANDOM_FOREST_PARAMS, type RandomForestParams } from "../trees/random-forest.params.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import daskSource from "./python/dask_main.py?raw";
import encodingSource from "./python/encoding.py?raw";
import { scriptHead } from "./scoring-script.ts";

const ABOUT = `Scores CSV files larger than one machine with a model exported from Trendloom, or trains anew on them, by Dask.

    python dask_model.py score "input-*.csv" "output-*.csv"
    python dask_model.py train "input-*.csv" trained.json --scheduler tcp://host:8786

Needs dask, distributed, pandas and xgboost (1.7 or later), and the model's XGBoost JSON beside this file. Columns are read as
Trendloom reads them: their names, categories and codes stand in the model itself, and training keeps them.
`;

const IMPORTS = [
  "import argparse",
  "import codecs",
  "import glob",
  "import json",
  "import re",
  "from datetime import datetime, timedelta",
  "from pathlib import Path",
  "",
  "import dask.dataframe as dd",
  "import numpy as np",
  "import pandas as pd",
  "import xgboost as xgb",
  "import xgboost.dask",
  "from distributed import Client, LocalCluster",
];

type XgboostParams = Readonly<Record<string, number | string>>;

/** Categories are cut as in our trees, however many go to a side. */
const SHARED_PARAMS: XgboostParams = { tree_method: "hist", max_bin: 255, max_cat_to_onehot: 4, max_cat_threshold: 255 };

function boostingParams(params: GradientBoostingParams, task: Task): XgboostParams {
  const nClasses = task.kind === "classification" ? task.classes.length : 0;
  const objective = nClasses === 0 ? "reg:squarederror" : nClasses === 2 ? "binary:logistic" : "multi:softprob";
  return {
    ...SHARED_PARAMS,
    objective,
    ...(nClasses > 2 ? { num_class: nClasses } : {}),
    max_depth: params.maxDepth,
    max_leaves: params.maxLeaves,
    grow_policy: params.maxLeaves > 0 ? "lossguide" : "depthwise",
    learning_rate: params.learningRate,
    lambda: params.lambda,
    alpha: params.alpha,
    gamma: params.gamma,
    min_child_weight: params.minChildWeight,
    subsample: params.subsample,
    colsample_bytree: params.colsampleByTree,
    colsample_bylevel: params.colsampleByLevel,
  };
}

/**
 * XGBoost's forest of regression trees on an indicator per class, whose leaves are class shares as ours are. It draws rows
 * without replacement: as many as a bootstrap sample has different ones.
 */
function forestParams(params: RandomForestParams, task: Task): XgboostParams {
  const nFeatures = task.features.length;
  const asked = params.nFeaturesPerSplit || (task.kind === "classification" ? Math.sqrt(nFeatures) : nFeatures / 3);
  return {
    ...SHARED_PARAMS,
    objective: "reg:squarederror",
    base_score: 0,
    learning_rate: 1,
    lambda: 0,
    num_parallel_tree: params.nTrees,
    max_depth: params.maxDepth,
    min_child_weight: params.minLeafRows,
    subsample: params.bootstrap === 1 ? 0.632 : 1,
    colsample_bynode: Math.min(1, Math.max(1, Math.floor(asked)) / nFeatures),
  };
}

function pythonDict(values: XgboostParams): string {
  const entries = Object.entries(values).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  return ["{", ...entries, "}"].join("\n");
}

/**
 * A Python script that scores large CSV files on a Dask cluster with the XGBoost JSON of that name beside it, or trains a model
 * on them with the settings that `model` was fitted with (`overrides` of the learner's defaults; of boosting the rounds that
 * were kept).
 * @throws TrendloomError parameter-invalid
 */
export function daskScript(
  model: TreeModel,
  task: Task,
  overrides: Readonly<Record<string, number>>,
  modelFileName: string,
): string {
  const isForest = model.kind === "random-forest";
  const declared: NumberParamSet = isForest ? RANDOM_FOREST_PARAMS : GRADIENT_BOOSTING_PARAMS;
  const params: NumberParamValues<NumberParamSet> = resolveParams(declared, overrides);
  const forXgboost = isForest
    ? forestParams(params as RandomForestParams, task)
    : boostingParams(params as GradientBoostingParams, task);
  const isBalanced = task.kind === "classification" && params.balanceClasses === 1;
  const settings = [
    `PARAMETERS = ${pythonDict(forXgboost)}`,
    `ROUNDS = ${isForest ? 1 : model.rounds.length}`,
    "# Whether every class weighs the same in training, however few its rows.",
    `BALANCED = ${isBalanced ? "True" : "False"}`,
    "# Rows at the head of the first file that tell how it writes numbers and dates.",
    "HEAD_ROWS = 10_000",
  ];
  return `${scriptHead(ABOUT, IMPORTS, modelFileName)}${settings.join("\n")}\n\n${encodingSource}\n\n${daskSource}`;
}
