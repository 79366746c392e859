import type { Work } from "../core/progress.ts";
import type { BinnedTable } from "./bin-mapper.ts";
import { gaussLegendre, type Quadrature } from "./gauss-legendre.ts";
import { goesLeft } from "./routing.ts";
import type { Tree } from "./tree.ts";
import { modelSum, type TreeModel, type TreeShare } from "./tree-model.ts";

/** What explaining needs to know of a tree, whatever the row. An edge bears the number of the node it leads to. */
interface PreparedTree extends TreeShare {
  /** The next edge towards the root that asks the same feature; 0, which stands for none, where there is none. */
  readonly edgeAbove: Int32Array;
  /** Share of the training weight that all conditions on the edge's feature, down to this one, let pass. */
  readonly passing: Float64Array;
  readonly depth: number;
  readonly quadrature: Quadrature;
}

/** Weight of each child as a share of both. */
function childShare(tree: Tree, left: number, side: number): number {
  const both = tree.weight[left] + tree.weight[left + 1];
  return both > 0 ? Math.max(0, tree.weight[left + side]) / both : 0.5;
}

function prepareTree(share: TreeShare, quadratureOf: (nPoints: number) => Quadrature): PreparedTree {
  const { feature, left } = share.tree;
  const nNodes = feature.length;
  const parent = new Int32Array(nNodes).fill(-1);
  const edgeAbove = new Int32Array(nNodes);
  const passing = new Float64Array(nNodes).fill(1);
  const depth = new Int32Array(nNodes);
  const nAsked = new Int32Array(nNodes);
  for (let node = 0; node < nNodes; node++) {
    if (feature[node] < 0) continue;
    let above = node;
    while (above > 0 && feature[parent[above]] !== feature[node]) above = parent[above];
    for (let side = 0; side < 2; side++) {
      const child = left[node] + side;
      parent[child] = node;
      edgeAbove[child] = above;
      passing[child] = passing[above] * childShare(share.tree, left[node], side);
      depth[child] = depth[node] + 1;
      nAsked[child] = nAsked[node] + (above === 0 ? 1 : 0);
    }
  }
  const mostAsked = nAsked.reduce((most, n) => Math.max(most, n), 1);
  const quadrature = quadratureOf(Math.ceil(mostAsked / 2));
  return { ...share, edgeAbove, passing, depth: depth.reduce((most, n) => Math.max(most, n), 0), quadrature };
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

/** Walks one tree for one row, without allocating. Depth d keeps its products and sums in the d-th part of each array. */
class Walker {
  private readonly products: Float64Array; // (depth × nPoints)
  private readonly sums: Float64Array; // (depth × nPoints × nColumns)
  private readonly isMet: Uint8Array;
  private readonly nPoints: number;
  private readonly opposite: Float64Array;
  private row = 0;

  /** `contributions` (nFeatures × nColumns) is what a walk adds to. */
  constructor(
    private readonly prepared: PreparedTree,
    private readonly binned: BinnedTable,
    private readonly contributions: Float64Array,
  ) {
    const { depth, quadrature, nColumns, tree } = prepared;
    this.nPoints = quadrature.points.length;
    this.opposite = quadrature.points.map((point) => 1 - point);
    this.products = new Float64Array((depth + 1) * this.nPoints).fill(1);
    this.sums = new Float64Array((depth + 1) * this.nPoints * nColumns);
    this.isMet = new Uint8Array(tree.feature.length).fill(1);
  }

  walk(row: number): void {
    this.row = row;
    this.visit(0, 0);
  }

  /** Adds what the edges below a node contribute; leaves Σ product · value over the leaves below in its part of `sums`. */
  private visit(node: number, depth: number): void {
    const { nPoints, products, sums } = this;
    const { tree, nColumns, column, scale } = this.prepared;
    const ownProducts = depth * nPoints;
    const ownSums = ownProducts * nColumns;
    const feature = tree.feature[node];
    if (feature < 0) {
      const from = tree.left[node] * tree.nOutputs + column;
      for (let q = 0; q < nPoints; q++) {
        const product = scale * products[ownProducts + q];
        for (let i = 0; i < nColumns; i++) sums[ownSums + q * nColumns + i] = product * tree.values[from + i];
      }
      return;
    }
    const bin = this.binned.bins[this.row * this.binned.nFeatures + feature];
    const side = goesLeft(tree, node, bin, this.binned.nBins[feature]) ? 0 : 1;
    const left = tree.left[node];
    sums.fill(0, ownSums, ownSums + nPoints * nColumns);
    this.follow(left, side === 0, feature, depth);
    this.follow(left + 1, side === 1, feature, depth);
  }

  private follow(edge: number, isTaken: boolean, feature: number, depth: number): void {
    const { nPoints, products, sums, opposite, isMet, contributions } = this;
    const { edgeAbove, passing, nColumns, quadrature } = this.prepared;
    const { points, weights } = quadrature;
    const above = edgeAbove[edge];
    const share = passing[edge];
    const shareAbove = passing[above];
    const metAbove = isMet[above];
    const met = isTaken ? metAbove : 0;
    isMet[edge] = met;
    // Neither the row nor any training row comes here.
    if (met === 0 && share === 0) return;
    const own = depth * nPoints;
    const below = own + nPoints;
    for (let q = 0; q < nPoints; q++) {
      const factor = share * opposite[q] + met * points[q];
      products[below + q] = (products[own + q] * factor) / (shareAbove * opposite[q] + metAbove * points[q]);
    }
    this.visit(edge, depth + 1);
    const to = feature * nColumns;
    for (let q = 0; q < nPoints; q++) {
      const change = (met - share) / (share * opposite[q] + met * points[q]);
      const changeAbove = (metAbove - shareAbove) / (shareAbove * opposite[q] + metAbove * points[q]);
      const weight = weights[q] * (change - changeAbove);
      const from = (below + q) * nColumns;
      for (let i = 0; i < nColumns; i++) {
        contributions[to + i] += weight * sums[from + i];
        sums[(own + q) * nColumns + i] += sums[from + i];
      }
    }
  }
}

/**
 * SHAP values of a model of trees, in margins for boosting, in probabilities or values for a forest: the Shapley values of
 * the expectation that follows a tree's own training weights where a feature is not known ("path-dependent" TreeSHAP,
 * Lundberg et al. 2020, algorithm 2). `base` plus a row's values is the model's output for the row.
 *
 * Method: a leaf of value v below conditions on d features, of which feature j's let the share z_j of training weight pass
 * and are met by the row (o_j = 1) or not (0), gives feature i the value v (o_i − z_i) ∫₀¹ Π_{j≠i} (z_j (1 − t) + o_j t) dt.
 * The integrand is a polynomial of degree d − 1, so that ⌈d/2⌉ Gauss–Legendre points give it exactly; products are carried
 * down the tree and sums over leaves up, which costs O(nodes · d) for a row instead of O(leaves · d²). The same
 * idea, with other points, is Linear TreeSHAP (Yu et al. 2022).
 */
export class TreeExplainer {
  /** Mean output over the training weights, one per explained output. */
  readonly base: Float64Array;
  private readonly prepared: readonly PreparedTree[];

  constructor(model: TreeModel) {
    const { starts, shares } = modelSum(model);
    const quadratures = new Map<number, Quadrature>();
    const quadratureOf = (nPoints: number): Quadrature => {
      const known = quadratures.get(nPoints) ?? gaussLegendre(nPoints);
      quadratures.set(nPoints, known);
      return known;
    };
    this.base = Float64Array.from(starts);
    for (const share of shares) addMeans(share, this.base);
    this.prepared = shares.map((share) => prepareTree(share, quadratureOf));
  }

  /** About how many multiplications one row takes. */
  get costPerRow(): number {
    return this.prepared.reduce((sum, { tree, nColumns, quadrature }) => {
      return sum + tree.feature.length * quadrature.points.length * (nColumns + 4);
    }, 0);
  }

  /** Values (nOutputs × nRows × nFeatures) of binned rows. Yields before every tree. */
  *explain(binned: BinnedTable): Work<Float64Array> {
    const { nRows, nFeatures } = binned;
    const values = new Float64Array(this.base.length * nRows * nFeatures);
    for (const [done, prepared] of this.prepared.entries()) {
      yield { stage: "explain", done, total: this.prepared.length, unit: "tree" };
      const { nColumns, output } = prepared;
      const contributions = new Float64Array(nFeatures * nColumns);
      const walker = new Walker(prepared, binned, contributions);
      for (let row = 0; row < nRows; row++) {
        contributions.fill(0);
        walker.walk(row);
        for (let i = 0; i < nColumns; i++) {
          const to = ((output + i) * nRows + row) * nFeatures;
          for (let f = 0; f < nFeatures; f++) values[to + f] += contributions[f * nColumns + i];
        }
      }
    }
    return values;
  }
}
