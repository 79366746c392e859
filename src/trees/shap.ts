import type { Work } from "../core/progress.ts";
import type { BinnedTable } from "./bin-mapper.ts";
import { gaussJacobi } from "./gauss-jacobi.ts";
import { goesLeft } from "./routing.ts";
import type { Tree } from "./tree.ts";
import { modelSum, type TreeModel, type TreeShare } from "./tree-model.ts";

/** What explaining needs to know of a tree, whatever the row. An edge bears the number of the node it leads to. */
interface PreparedTree extends TreeShare {
  /** The next edge towards the root that asks the same feature; 0, which stands for none, where there is none. */
  readonly edgeAbove: Int32Array;
  /** The feature that an edge's condition is on. */
  readonly edgeFeature: Int32Array;
  /** Share of the training weight that all conditions on the edge's feature, down to this one, let pass. */
  readonly passing: Float64Array;
  /** Per leaf, from pathStarts[leaf] on: of each feature that its path asks, the last edge. */
  readonly pathStarts: Int32Array;
  readonly pathEdges: Int32Array;
}

/** Weight of a child as a share of both. */
function childShare(tree: Tree, left: number, side: number): number {
  const both = tree.weight[left] + tree.weight[left + 1];
  return both > 0 ? Math.max(0, tree.weight[left + side]) / both : 0.5;
}

/** For each leaf the last edge of each feature on its path, by going up from the leaf. */
function listPaths(tree: Tree, parent: Int32Array, edgeFeature: Int32Array): Pick<PreparedTree, "pathStarts" | "pathEdges"> {
  const nodeOfLeaf = new Int32Array(tree.values.length / tree.nOutputs);
  for (let node = 0; node < tree.feature.length; node++) if (tree.feature[node] < 0) nodeOfLeaf[tree.left[node]] = node;
  const pathStarts = new Int32Array(nodeOfLeaf.length + 1);
  const pathEdges: number[] = [];
  const seenFor = new Int32Array(edgeFeature.reduce((most, feature) => Math.max(most, feature), 0) + 1).fill(-1);
  nodeOfLeaf.forEach((node, leaf) => {
    for (let edge = node; edge > 0; edge = parent[edge]) {
      if (seenFor[edgeFeature[edge]] === leaf) continue;
      seenFor[edgeFeature[edge]] = leaf;
      pathEdges.push(edge);
    }
    pathStarts[leaf + 1] = pathEdges.length;
  });
  return { pathStarts, pathEdges: Int32Array.from(pathEdges) };
}

function prepareTree(share: TreeShare): PreparedTree {
  const { tree } = share;
  const { feature, left } = tree;
  const nNodes = feature.length;
  const parent = new Int32Array(nNodes).fill(-1);
  const edgeAbove = new Int32Array(nNodes);
  const edgeFeature = new Int32Array(nNodes);
  const passing = new Float64Array(nNodes).fill(1);
  for (let node = 0; node < nNodes; node++) {
    if (feature[node] < 0) continue;
    let above = node;
    while (above > 0 && edgeFeature[above] !== feature[node]) above = parent[above];
    for (let side = 0; side < 2; side++) {
      const child = left[node] + side;
      parent[child] = node;
      edgeAbove[child] = above;
      edgeFeature[child] = feature[node];
      passing[child] = passing[above] * childShare(tree, left[node], side);
    }
  }
  return { ...share, edgeAbove, edgeFeature, passing, ...listPaths(tree, parent, edgeFeature) };
}

/** Adds a tree's mean output over its training weight to `base`. */
function addMeans({ tree, column, nColumns, output, scale }: TreeShare, base: Float64Array): void {
  const { feature, left, values, nOutputs } = tree;
  const means = new Float64Array(feature.length * nColumns);
  for (let node = feature.length - 1; node >= 0; node--) {
    for (let i = 0; i < nColumns; i++) {
      if (feature[node] < 0) means[node * nColumns + i] = scale * values[left[node] * nOutputs + column + i];
      else {
        for (let side = 0; side < 2; side++) {
          const ofChild = means[(left[node] + side) * nColumns + i];
          means[node * nColumns + i] += childShare(tree, left[node], side) * ofChild;
        }
      }
    }
  }
  for (let i = 0; i < nColumns; i++) base[output + i] += means[i];
}

/** Marks the edges of a tree at which a row meets all conditions on the edge's feature so far. */
function markMet({ tree, edgeAbove }: PreparedTree, binned: BinnedTable, row: number, isMet: Uint8Array): void {
  const { feature, left } = tree;
  const { bins, nFeatures, nBins } = binned;
  isMet[0] = 1;
  for (let node = 0; node < feature.length; node++) {
    const asked = feature[node];
    if (asked < 0) continue;
    const first = left[node];
    const met = isMet[edgeAbove[first]];
    const isLeft = goesLeft(tree, node, bins[row * nFeatures + asked], nBins[asked]);
    isMet[first] = isLeft ? met : 0;
    isMet[first + 1] = isLeft ? 0 : met;
  }
}

/** Integrals over [0, 1] for paths of up to `maxLength` features, and the memory to take them without allocating. */
class PathIntegrals {
  /** Points and weights for the weight (1 − t)^α, from (α · maxPoints + n − 1) · maxPoints on with n points. */
  private readonly points: Float64Array;
  private readonly weights: Float64Array;
  private readonly maxPoints: number;
  /** Of the features that are met: what share of the training weight each lets pass, and the integral without it. */
  readonly metShares: Float64Array;
  readonly withoutMet: Float64Array;
  /** The integral without one of the features that are not met, less that feature's share. */
  withoutUnmet = 0;

  constructor(maxLength: number) {
    this.maxPoints = (maxLength >> 1) + 1;
    this.points = new Float64Array(maxLength * this.maxPoints * this.maxPoints);
    this.weights = new Float64Array(this.points.length);
    this.metShares = new Float64Array(maxLength + 1);
    this.withoutMet = new Float64Array(maxLength + 1);
    for (let alpha = 0; alpha < maxLength; alpha++) {
      gaussJacobi(this.maxPoints, alpha).forEach(({ points, weights }, at) => {
        this.points.set(points, (alpha * this.maxPoints + at) * this.maxPoints);
        this.weights.set(weights, (alpha * this.maxPoints + at) * this.maxPoints);
      });
    }
  }

  /** For the first nMet of `metShares` and nUnmet features not met: fills `withoutMet` and `withoutUnmet`. */
  take(nMet: number, nUnmet: number): void {
    const { points, weights, maxPoints, metShares, withoutMet } = this;
    const nPoints = (nMet >> 1) + 1;
    const isAllMet = nUnmet === 0 ? 1 : 0;
    const from = ((nUnmet - 1 + isAllMet) * maxPoints + nPoints - 1) * maxPoints;
    let unmet = 0;
    for (let i = 0; i < nMet; i++) withoutMet[i] = 0;
    for (let q = from; q < from + nPoints; q++) {
      const point = points[q];
      let product = weights[q];
      for (let i = 0; i < nMet; i++) product *= metShares[i] + (1 - metShares[i]) * point;
      unmet += product;
      if (isAllMet === 0) product *= 1 - point;
      for (let i = 0; i < nMet; i++) withoutMet[i] += product / (metShares[i] + (1 - metShares[i]) * point);
    }
    this.withoutUnmet = unmet;
  }
}

/** Adds what each leaf of a tree contributes to a row's values, (nFeatures × nColumns). */
function addLeaves(prepared: PreparedTree, isMet: Uint8Array, integrals: PathIntegrals, contributions: Float64Array): void {
  const { tree, passing, edgeFeature, pathStarts, pathEdges, column, nColumns, scale } = prepared;
  const { values, nOutputs } = tree;
  const { metShares, withoutMet } = integrals;
  const nLeaves = pathStarts.length - 1;
  for (let leaf = 0; leaf < nLeaves; leaf++) {
    const begin = pathStarts[leaf];
    const end = pathStarts[leaf + 1];
    let nMet = 0;
    let unmetShare = scale;
    // Without branches: whether a row meets a condition cannot be foreseen, and a wrong guess costs a processor dearly.
    for (let at = begin; at < end; at++) {
      const share = passing[pathEdges[at]];
      const met = isMet[pathEdges[at]];
      metShares[nMet] = share;
      nMet += met;
      unmetShare *= met + (1 - met) * share;
    }
    // Neither the row nor any training row comes here.
    if (unmetShare === 0) continue;
    integrals.take(nMet, end - begin - nMet);
    const ofUnmet = -unmetShare * integrals.withoutUnmet;
    const from = leaf * nOutputs + column;
    let metBefore = 0;
    for (let at = begin; at < end; at++) {
      const edge = pathEdges[at];
      const met = isMet[edge];
      const ofMet = unmetShare * (1 - passing[edge]) * withoutMet[metBefore];
      const factor = met * ofMet + (1 - met) * ofUnmet;
      metBefore += met;
      const to = edgeFeature[edge] * nColumns;
      for (let i = 0; i < nColumns; i++) contributions[to + i] += factor * values[from + i];
    }
  }
}

/**
 * SHAP values of a model of trees, in margins for boosting, in probabilities or values for a forest: the Shapley values of
 * the expectation that follows a tree's own training weights where a feature is not known ("path-dependent" TreeSHAP,
 * Lundberg et al. 2020, algorithm 2). `base` plus a row's values is the model's output for the row.
 *
 * Method: a leaf of value v below conditions on d features, of which feature j's let the share z_j of training weight pass
 * and are met by the row (o_j = 1) or not (0), gives feature i the value v (o_i − z_i) ∫₀¹ Π_{j≠i} (z_j (1 − t) + o_j t) dt,
 * for the integral of tˢ (1 − t)^(d−1−s) is Shapley's weight of a set of s (compare Yu et al. 2022). The k features not met
 * all get the same, and beside their (1 − t)^(k−1) the integrand is a polynomial of degree m = d − k, so that ⌊m/2⌋ + 1
 * Gauss–Jacobi points give it exactly. A leaf costs O(d + m²), where algorithm 2 takes O(d²).
 */
export class TreeExplainer {
  /** Mean output over the training weights, one per explained output. */
  readonly base: Float64Array;
  private readonly prepared: readonly PreparedTree[];
  private readonly integrals: PathIntegrals;
  private readonly isMet: Uint8Array;

  constructor(model: TreeModel) {
    const { starts, shares } = modelSum(model);
    this.base = Float64Array.from(starts);
    for (const share of shares) addMeans(share, this.base);
    this.prepared = shares.map(prepareTree);
    let longest = 1;
    let mostNodes = 1;
    for (const { tree, pathStarts } of this.prepared) {
      mostNodes = Math.max(mostNodes, tree.feature.length);
      for (let leaf = 1; leaf < pathStarts.length; leaf++) longest = Math.max(longest, pathStarts[leaf] - pathStarts[leaf - 1]);
    }
    this.integrals = new PathIntegrals(longest);
    this.isMet = new Uint8Array(mostNodes);
  }

  /** How much work one row takes: about the multiplications. */
  get costPerRow(): number {
    let cost = 0;
    for (const { pathStarts, nColumns } of this.prepared) {
      for (let leaf = 1; leaf < pathStarts.length; leaf++) {
        const length = pathStarts[leaf] - pathStarts[leaf - 1];
        cost += length * (length + nColumns + 4);
      }
    }
    return cost;
  }

  /** Values (nOutputs × nRows × nFeatures) of binned rows. Yields before every tree. */
  *explain(binned: BinnedTable): Work<Float64Array> {
    const { nRows, nFeatures } = binned;
    const values = new Float64Array(this.base.length * nRows * nFeatures);
    const contributions = new Float64Array(nFeatures * this.base.length);
    for (const [done, prepared] of this.prepared.entries()) {
      yield { stage: "explain", done, total: this.prepared.length, unit: "tree" };
      const { nColumns, output } = prepared;
      for (let row = 0; row < nRows; row++) {
        contributions.fill(0);
        markMet(prepared, binned, row, this.isMet);
        addLeaves(prepared, this.isMet, this.integrals, contributions);
        for (let i = 0; i < nColumns; i++) {
          const to = ((output + i) * nRows + row) * nFeatures;
          for (let f = 0; f < nFeatures; f++) values[to + f] += contributions[f * nColumns + i];
        }
      }
    }
    return values;
  }
}
