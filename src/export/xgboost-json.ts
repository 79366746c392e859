import type { Work } from "../core/progress.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { BinMapper } from "../trees/bin-mapper.ts";
import type { Tree } from "../trees/tree.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import { type Ensemble, ensembleOf } from "./ensemble.ts";
import { floatText, TextPieces } from "./json-text.ts";
import { type MergedLabels, type ModelEncoding, modelEncoding } from "./model-encoding.ts";
import { nodeSplit } from "./node-split.ts";

/** XGBoost's mark for the parent of a root. */
const NO_PARENT = 2147483647;
/** Attribute of the booster that holds the `ModelEncoding` as JSON. */
const ENCODING_ATTRIBUTE = "encoding";

/** The parts of a tree that its outputs share, ready as JSON members. */
interface TreeShape {
  readonly members: string;
  /** The threshold of each inner node; "" at a leaf, whose value stands there. */
  readonly thresholds: readonly string[];
}

const integers = (name: string, values: Iterable<number>): string => `"${name}":[${[...values].join(",")}]`;
const floats = (name: string, values: Iterable<number>): string => `"${name}":[${Array.from(values, floatText).join(",")}]`;

/**
 * The splits of a tree. XGBoost keeps of a category split the codes that go right, as a set that reaches up to its highest
 * code; version 1.7 sends codes beyond it the way of missing values, later ones left. So the side that holds the highest
 * code of all is written as the right one, and the set reaches every code.
 */
function treeShape(tree: Tree, mapper: BinMapper): TreeShape {
  const nNodes = tree.feature.length;
  const left = new Int32Array(nNodes).fill(-1);
  const right = new Int32Array(nNodes).fill(-1);
  const parents = new Int32Array(nNodes).fill(NO_PARENT);
  const defaultLeft = new Uint8Array(nNodes);
  const isCategory = new Uint8Array(nNodes);
  const thresholds = new Array<string>(nNodes).fill("");
  const categories: number[] = [];
  const nodes: number[] = [];
  const segments: number[] = [];
  const sizes: number[] = [];
  for (let node = 0; node < nNodes; node++) {
    if (tree.feature[node] < 0) continue;
    const split = nodeSplit(tree, mapper, node);
    const isSwapped = split.kind === "category" && (split.leftCodes.at(-1) ?? -1) > (split.rightCodes.at(-1) ?? -1);
    left[node] = tree.left[node] + (isSwapped ? 1 : 0);
    right[node] = tree.left[node] + (isSwapped ? 0 : 1);
    parents[left[node]] = node;
    parents[right[node]] = node;
    defaultLeft[node] = split.missingLeft !== isSwapped ? 1 : 0;
    thresholds[node] = split.kind === "number" ? floatText(split.threshold) : "0.0";
    if (split.kind === "number") continue;
    isCategory[node] = 1;
    const listed = isSwapped ? split.leftCodes : split.rightCodes;
    nodes.push(node);
    segments.push(categories.length);
    sizes.push(listed.length);
    categories.push(...listed);
  }
  const members = [
    integers("left_children", left),
    integers("right_children", right),
    integers("parents", parents),
    integers(
      "split_indices",
      tree.feature.map((feature) => Math.max(0, feature)),
    ),
    integers("split_type", isCategory),
    integers("default_left", defaultLeft),
    integers("categories", categories),
    integers("categories_nodes", nodes),
    integers("categories_segments", segments),
    integers("categories_sizes", sizes),
    floats("loss_changes", tree.gain),
    floats("sum_hessian", tree.weight),
  ];
  return { members: members.join(","), thresholds };
}

/** What each node would answer as a leaf: the mean of its leaves by weight. */
function nodeMeans(tree: Tree, channel: number, scale: number): Float64Array {
  const means = new Float64Array(tree.feature.length);
  for (let node = means.length - 1; node >= 0; node--) {
    const left = tree.left[node];
    if (tree.feature[node] < 0) {
      means[node] = tree.values[left * tree.nOutputs + channel] * scale;
      continue;
    }
    const weight = tree.weight[left] + tree.weight[left + 1];
    const share = weight > 0 ? tree.weight[left] / weight : 0.5;
    means[node] = share * means[left] + (1 - share) * means[left + 1];
  }
  return means;
}

function treeText(id: number, shape: TreeShape, means: Float64Array, nFeatures: number): string {
  const conditions = shape.thresholds.map((threshold, node) => threshold || floatText(means[node]));
  // Read by people alone: four digits do.
  const weights = means.map((mean) => Number(mean.toPrecision(4)));
  const param = { num_deleted: "0", num_feature: String(nFeatures), num_nodes: String(means.length), size_leaf_vector: "0" };
  return (
    `{"id":${id},"tree_param":${JSON.stringify(param)},${shape.members},` +
    `"split_conditions":[${conditions.join(",")}],${floats("base_weights", weights)}}`
  );
}

const OBJECTIVES: Readonly<Record<Ensemble["link"], string>> = {
  identity: "reg:squarederror",
  logistic: "binary:logistic",
  softmax: "multi:softprob",
};

function objective(link: Ensemble["link"], nOutputs: number): object {
  const name = OBJECTIVES[link];
  if (link === "softmax") return { name, softmax_multiclass_param: { num_class: String(nOutputs) } };
  return { name, reg_loss_param: { scale_pos_weight: "1" } };
}

/** Names without the characters that XGBoost refuses, still unique. */
export function xgboostNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const clean = name.replaceAll("[", "(").replaceAll("]", ")").replaceAll("<", "less than ");
    let unique = clean;
    for (let number = 2; taken.has(unique); number++) unique = `${clean} (${number})`;
    taken.add(unique);
    return unique;
  });
}

/** The learner's JSON members beside its trees. */
function learnerMembers({ mapper, link, nOutputs, base }: Ensemble, encoding: ModelEncoding): string {
  const members = {
    attributes: { [ENCODING_ATTRIBUTE]: JSON.stringify(encoding) },
    feature_names: xgboostNames(mapper.features.map((bins) => bins.name)),
    feature_types: mapper.features.map((bins) => (bins.kind === "categorical" ? "c" : "float")),
    objective: objective(link, nOutputs),
    learner_model_param: {
      // Given as a probability: a half is a margin of 0.
      base_score: link === "logistic" ? "0.5" : floatText(base),
      boost_from_average: "0",
      num_class: link === "softmax" ? String(nOutputs) : "0",
      num_feature: String(mapper.features.length),
      num_target: link === "softmax" ? "1" : String(nOutputs),
    },
  };
  return JSON.stringify(members).slice(1, -1);
}

/**
 * A model in XGBoost's JSON format (UTF-8), which `Booster.load_model` reads from version 1.7 on. Boosting keeps its trees and
 * objective; the start of each class is a first round of single leaves, as `base_score` holds one number. A forest becomes a
 * regression tree per tree and class (`reg:squarederror` with `num_target`), whose leaves sum to the mean probabilities.
 * `sum_hessian` holds the trees' weights, so that `pred_contribs` answers as our own TreeSHAP. The booster's attribute
 * "encoding" holds the `ModelEncoding`. Yields once per tree.
 */
export function* writeXgboostJson(
  model: TreeModel,
  task: Task,
  table: Table,
  merged: readonly MergedLabels[] = [],
): Work<Uint8Array<ArrayBuffer>> {
  const ensemble = ensembleOf(model);
  const { mapper, trees } = ensemble;
  const nFeatures = mapper.features.length;
  const out = new TextPieces();
  out.add(`{"version":[1,7,4],"learner":{${learnerMembers(ensemble, modelEncoding(model.kind, mapper, task, table, merged))},`);
  out.add('"gradient_booster":{"name":"gbtree","model":{"trees":[');
  const groups: number[] = [];
  for (const [done, { tree, firstOutput, scale }] of trees.entries()) {
    yield { stage: "export", done, total: trees.length, unit: "tree" };
    const shape = treeShape(tree, mapper);
    for (let channel = 0; channel < tree.nOutputs; channel++) {
      if (groups.length > 0) out.add(",\n");
      out.add(treeText(groups.length, shape, nodeMeans(tree, channel, scale), nFeatures));
      groups.push(firstOutput + channel);
    }
  }
  const trained = { num_parallel_tree: "1", num_trees: String(groups.length), size_leaf_vector: "0" };
  out.add(`],${integers("tree_info", groups)},"gbtree_model_param":${JSON.stringify(trained)}}}}}`);
  return out.finish();
}
