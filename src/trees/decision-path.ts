import type { BinnedTable, FeatureBins } from "./bin-mapper.ts";
import { goesLeft } from "./routing.ts";
import { isInBinSet, type Tree } from "./tree.ts";
import type { TreeModel, TreeShare } from "./tree-model.ts";

/** What a path asks of one feature: see `PathStep`, whose form this has. */
interface PathCondition {
  readonly feature: string;
  readonly kind: "below" | "at-least" | "in" | "missing" | "present";
  readonly threshold: number | null;
  readonly values: readonly string[];
}

export interface TreePath {
  /** All that the way down asks, each feature once (a range of numbers as two conditions), in the order of first asking. */
  readonly steps: readonly PathCondition[];
  /** What the leaf adds to each of the share's outputs. */
  readonly added: readonly number[];
  /** Share of the training weight that ends in the same leaf. */
  readonly share: number;
}

/** Strikes from `open` the bins that an inner node sends the other way. */
function narrow(open: Uint8Array, tree: Tree, node: number, isLeft: boolean): void {
  const missing = open.length - 1;
  const set = tree.binSet[node];
  for (let bin = 0; bin <= missing; bin++) {
    const staysLeft = set >= 0 ? isInBinSet(tree, set, bin) : goesLeft(tree, node, bin, missing);
    if (staysLeft !== isLeft) open[bin] = 0;
  }
}

/** The bins that are left to a feature (the missing one last), in words. */
function conditionsOn(bins: FeatureBins, open: Uint8Array, bin: number): PathCondition[] {
  const { name: feature, nBins } = bins;
  const condition = (kind: PathCondition["kind"], threshold: number | null = null, values: readonly string[] = []) => ({
    feature,
    kind,
    threshold,
    values,
  });
  const first = open.indexOf(1);
  const last = open.lastIndexOf(1, nBins - 1);
  const excludesValues = open.subarray(0, nBins).includes(0);
  if (bin === nBins) return excludesValues ? [condition("missing")] : [];
  if (!excludesValues) return open[nBins] === 0 ? [condition("present")] : [];
  if (bins.kind === "categorical") {
    const levels = [...bins.binOfLevel].filter(([, ofLevel]) => open[ofLevel] === 1);
    return [
      condition(
        "in",
        null,
        levels.map(([level]) => level),
      ),
    ];
  }
  return [
    ...(first > 0 ? [condition("at-least", bins.thresholds[first - 1])] : []),
    ...(last < nBins - 1 ? [condition("below", bins.thresholds[last])] : []),
  ];
}

/**
 * The way of a row down one tree of a model. Conditions on one feature are joined, whatever stands between them. Numbers
 * are compared with thresholds as 32-bit floats.
 */
export function decisionPath(model: TreeModel, share: TreeShare, binned: BinnedTable, row: number): TreePath {
  const { tree, column, nColumns, scale } = share;
  const openBins = new Map<number, Uint8Array>();
  let node = 0;
  while (tree.feature[node] >= 0) {
    const feature = tree.feature[node];
    const open = openBins.get(feature) ?? new Uint8Array(binned.nBins[feature] + 1).fill(1);
    openBins.set(feature, open);
    const isLeft = goesLeft(tree, node, binned.bins[row * binned.nFeatures + feature], binned.nBins[feature]);
    narrow(open, tree, node, isLeft);
    node = tree.left[node] + (isLeft ? 0 : 1);
  }
  const steps = [...openBins].flatMap(([feature, open]) =>
    conditionsOn(model.mapper.features[feature], open, binned.bins[row * binned.nFeatures + feature]),
  );
  const from = tree.left[node] * tree.nOutputs + column;
  const added = Array.from(tree.values.subarray(from, from + nColumns), (value) => scale * value);
  return { steps, added, share: tree.weight[node] / tree.weight[0] };
}
