import type { Work } from "../core/progress.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { BinMapper } from "../trees/bin-mapper.ts";
import type { Tree } from "../trees/tree.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import { type Ensemble, type EnsembleTree, ensembleOf } from "./ensemble.ts";
import { type MergedLabels, modelEncoding } from "./model-encoding.ts";
import { type NodeSplit, nodeSplit } from "./node-split.ts";
import { type OnnxAttributes, onnxBytes } from "./onnx-proto.ts";

const DESCRIPTION =
  "Input: one row per customer, one 32-bit float per feature; the metadata entry 'encoding' (JSON) names the features in " +
  "order, the code of each category, the code of a category that it does not list (null: missing), and the classes. Missing " +
  "is NaN; dates are milliseconds since 1970 (UTC); numbers beyond 3.4e38 are given as 3.4e38.";

/** What a leaf adds to which class or target. */
type LeafWeights = (tree: EnsembleTree, leaf: number) => Iterable<readonly [id: number, weight: number]>;

interface Branch {
  readonly node: number;
  readonly mode: "BRANCH_LT" | "BRANCH_EQ" | "LEAF";
  readonly feature: number;
  readonly value: number;
  /** Where the comparison holds, and where it does not. */
  readonly children: readonly [number, number];
  /** Whether a missing value goes where the comparison holds. */
  readonly missingTrue: boolean;
}

/** The columns of a TreeEnsemble operator, filled node by node. */
class NodeColumns {
  private readonly trees: number[] = [];
  private readonly nodes: number[] = [];
  private readonly features: number[] = [];
  private readonly modes: string[] = [];
  private readonly values: number[] = [];
  private readonly trueNodes: number[] = [];
  private readonly falseNodes: number[] = [];
  private readonly missingTrue: number[] = [];
  private readonly leafTrees: number[] = [];
  private readonly leafNodes: number[] = [];
  private readonly leafIds: number[] = [];
  private readonly leafWeights: number[] = [];
  private tree = -1;

  startTree(): void {
    this.tree++;
  }

  addLeaf(node: number, weights: Iterable<readonly [number, number]>): void {
    this.addBranch({ node, mode: "LEAF", feature: 0, value: 0, children: [0, 0], missingTrue: false });
    for (const [id, weight] of weights) {
      this.leafTrees.push(this.tree);
      this.leafNodes.push(node);
      this.leafIds.push(id);
      this.leafWeights.push(weight);
    }
  }

  addBranch({ node, mode, feature, value, children, missingTrue }: Branch): void {
    this.trees.push(this.tree);
    this.nodes.push(node);
    this.features.push(feature);
    this.modes.push(mode);
    this.values.push(value);
    this.trueNodes.push(children[0]);
    this.falseNodes.push(children[1]);
    this.missingTrue.push(missingTrue ? 1 : 0);
  }

  /** `leaf` is what the operator calls its leaves' columns: class or target. */
  attributes(leaf: "class" | "target"): OnnxAttributes {
    return {
      nodes_treeids: Int32Array.from(this.trees),
      nodes_nodeids: Int32Array.from(this.nodes),
      nodes_featureids: Int32Array.from(this.features),
      nodes_modes: this.modes,
      nodes_values: Float32Array.from(this.values),
      nodes_truenodeids: Int32Array.from(this.trueNodes),
      nodes_falsenodeids: Int32Array.from(this.falseNodes),
      nodes_missing_value_tracks_true: Int32Array.from(this.missingTrue),
      [`${leaf}_treeids`]: Int32Array.from(this.leafTrees),
      [`${leaf}_nodeids`]: Int32Array.from(this.leafNodes),
      [`${leaf}_ids`]: Int32Array.from(this.leafIds),
      [`${leaf}_weights`]: Float32Array.from(this.leafWeights),
    };
  }
}

/** Whether codes are 0, 1, … up to their number. */
const isPrefix = (codes: readonly number[]): boolean => codes.length === (codes.at(-1) ?? -1) + 1;

/**
 * The branches that a split on categories needs. Codes below a bound are one comparison; else the shorter list becomes a
 * chain of equalities that all lead to the same child, which runtimes take for one set. The chain's later nodes are numbered
 * from `free` on.
 */
function categoryBranches(node: number, split: NodeSplit & { kind: "category" }, left: number, free: number): Branch[] {
  const { feature, leftCodes, rightCodes, missingLeft } = split;
  const right = left + 1;
  const below = (codes: readonly number[], children: Branch["children"], missingTrue: boolean): Branch[] => [
    { node, mode: "BRANCH_LT", feature, value: codes.length - 0.5, children, missingTrue },
  ];
  if (isPrefix(leftCodes)) return below(leftCodes, [left, right], missingLeft);
  if (isPrefix(rightCodes)) return below(rightCodes, [right, left], !missingLeft);
  const listsLeft = leftCodes.length <= rightCodes.length;
  const listed = listsLeft ? leftCodes : rightCodes;
  const [whenListed, otherwise] = listsLeft ? [left, right] : [right, left];
  return listed.map((value, i) => ({
    node: i === 0 ? node : free + i - 1,
    mode: "BRANCH_EQ",
    feature,
    value,
    children: [whenListed, i + 1 < listed.length ? free + i : otherwise],
    missingTrue: missingLeft === listsLeft,
  }));
}

/** Nodes are listed by number: those of the tree, then those that chains have more. */
function addTree(columns: NodeColumns, part: EnsembleTree, mapper: BinMapper, weights: LeafWeights): void {
  const tree: Tree = part.tree;
  columns.startTree();
  const further: Branch[] = [];
  for (let node = 0; node < tree.feature.length; node++) {
    const left = tree.left[node];
    if (tree.feature[node] < 0) {
      columns.addLeaf(node, weights(part, left));
      continue;
    }
    const split = nodeSplit(tree, mapper, node);
    if (split.kind === "category") {
      const [first, ...others] = categoryBranches(node, split, left, tree.feature.length + further.length);
      columns.addBranch(first);
      further.push(...others);
    } else {
      const { feature, threshold: value, missingLeft: missingTrue } = split;
      columns.addBranch({ node, mode: "BRANCH_LT", feature, value, children: [left, left + 1], missingTrue });
    }
  }
  for (const branch of further) columns.addBranch(branch);
}

const plainWeights: LeafWeights = ({ tree, firstOutput, scale }, leaf) =>
  Array.from({ length: tree.nOutputs }, (_, i) => [firstOutput + i, tree.values[leaf * tree.nOutputs + i] * scale] as const);

/** A margin m as the two margins −m/2 and m/2, whose softmax is the logistic of m. */
const halvedWeights: LeafWeights = (part, leaf) => {
  const half = (part.tree.values[leaf] * part.scale) / 2;
  return [
    [0, -half],
    [1, half],
  ];
};

/** The second class alone, as class 0: onnxruntime then makes the first one its complement and decides at a half. */
const secondWeights: LeafWeights = ({ tree, scale }, leaf) => [[0, tree.values[2 * leaf + 1] * scale]];

/**
 * With two classes onnxruntime decides by the sign of the second one's score, or at a half where class 0 has all weights and
 * none is negative; of two `base_values` it takes one for both.
 */
function leafWeights({ link, nOutputs }: Ensemble, task: Task): LeafWeights {
  if (link === "logistic") return halvedWeights;
  return task.kind === "classification" && nOutputs === 2 ? secondWeights : plainWeights;
}

function outputAttributes({ link, base }: Ensemble, task: Task): OnnxAttributes {
  if (task.kind === "regression") return { n_targets: 1, base_values: Float32Array.of(base), aggregate_function: "SUM" };
  return { classlabels_strings: task.classes, post_transform: link === "identity" ? "NONE" : "SOFTMAX" };
}

/**
 * A model as an ONNX file with one TreeEnsembleClassifier (outputs `label` and `probabilities`, in the order of the task's
 * classes) or TreeEnsembleRegressor (output `value`) over the input `features` (nRows × nFeatures, 32-bit floats). How cells
 * become that input stands in the metadata entry "encoding" (`ModelEncoding` as JSON). Yields once per tree.
 */
export function* writeOnnx(
  model: TreeModel,
  task: Task,
  table: Table,
  merged: readonly MergedLabels[] = [],
): Work<Uint8Array<ArrayBuffer>> {
  const ensemble = ensembleOf(model);
  const { mapper, trees } = ensemble;
  const columns = new NodeColumns();
  const weights = leafWeights(ensemble, task);
  for (const [done, tree] of trees.entries()) {
    yield { stage: "export", done, total: trees.length, unit: "tree" };
    addTree(columns, tree, mapper, weights);
  }
  const isClass = task.kind === "classification";
  return onnxBytes({
    name: model.kind,
    description: DESCRIPTION,
    operator: isClass ? "TreeEnsembleClassifier" : "TreeEnsembleRegressor",
    attributes: {
      ...columns.attributes(isClass ? "class" : "target"),
      ...outputAttributes(ensemble, task),
    },
    input: { name: "features", type: "float", width: mapper.features.length },
    outputs: isClass
      ? [
          { name: "label", type: "string" },
          { name: "probabilities", type: "float", width: task.classes.length },
        ]
      : [{ name: "value", type: "float", width: 1 }],
    metadata: { encoding: JSON.stringify(modelEncoding(model.kind, mapper, task, table, merged)) },
  });
}
