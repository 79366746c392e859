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
  /** 1 / (z (1 − t) + t) with z what an edge lets pass, at each point t, (nNodes × nPoints). */
  readonly inverse: Float64Array;
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
  const { points } = quadrature;
  const inverse = new Float64Array(nNodes * points.length);
  for (let node = 0; node < nNodes; node++) {
    const share = passing[node];
    for (let q = 0; q < points.length; q++) inverse[node * points.length + q] = 1 / (share + (1 - share) * points[q]);
  }
  return { ...share, edgeAbove, passing, depth: depth.reduce((most, n) => Math.max(most, n), 0), quadrature, inverse };
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

/** Explains one tree for one row after another, without allocating. */
class Walker {
  /** 1 where the row meets all conditions on the edge's feature, down to this edge. */
  private readonly isMet: Uint8Array;
  /** Of all conditions down to a node, Π (z (1 − t) + o t), (nNodes × nPoints). */
  private readonly products: Float64Array;
  /** Σ product · value over the leaves below a node, (nNodes × nColumns × nPoints). */
  private readonly sums: Float64Array;
  private readonly takenWeights: Float64Array;
  private readonly otherWeights: Float64Array;

  /** `contributions` (nFeatures × nColumns) is what a walk adds to. */
  constructor(
    private readonly prepared: PreparedTree,
    private readonly binned: BinnedTable,
    private readonly contributions: Float64Array,
  ) {
    const nNodes = prepared.tree.feature.length;
    const nPoints = prepared.quadrature.points.length;
    this.isMet = new Uint8Array(nNodes).fill(1);
    this.products = new Float64Array(nNodes * nPoints).fill(1);
    this.sums = new Float64Array(nNodes * nPoints * prepared.nColumns);
    this.takenWeights = new Float64Array(nPoints);
    this.otherWeights = new Float64Array(nPoints);
  }

  walk(row: number): void {
    this.multiplyDown(row);
    this.sumUp();
  }

  /** Which conditions the row meets, and the products, from the root down. A child's number is above its parent's. */
  private multiplyDown(row: number): void {
    const { isMet, products } = this;
    const { tree, edgeAbove, passing, inverse, quadrature } = this.prepared;
    const { feature, left } = tree;
    const { bins, nFeatures, nBins } = this.binned;
    const { points } = quadrature;
    const nPoints = points.length;
    const nNodes = feature.length;
    for (let node = 0; node < nNodes; node++) {
      const asked = feature[node];
      if (asked < 0) continue;
      const first = left[node];
      const above = edgeAbove[first];
      const metAbove = isMet[above];
      const taken = goesLeft(tree, node, bins[row * nFeatures + asked], nBins[asked]) ? first : first + 1;
      const own = node * nPoints;
      for (let edge = first; edge <= first + 1; edge++) {
        const met = edge === taken ? metAbove : 0;
        const share = passing[edge];
        const to = edge * nPoints;
        isMet[edge] = met;
        if (metAbove === 0) {
          // Where neither the row nor any training row comes, nothing is to be explained.
          const ratio = share === 0 ? 0 : share / passing[above];
          for (let q = 0; q < nPoints; q++) products[to + q] = products[own + q] * ratio;
        } else {
          const slope = met - share;
          const from = above * nPoints;
          for (let q = 0; q < nPoints; q++)
            products[to + q] = products[own + q] * (share + slope * points[q]) * inverse[from + q];
        }
      }
    }
  }

  /** Sums over the leaves, and what each edge contributes, from the leaves up. */
  private sumUp(): void {
    const { isMet, products, sums, contributions, takenWeights, otherWeights } = this;
    const { tree, edgeAbove, passing, inverse, quadrature, column, nColumns, scale } = this.prepared;
    const { feature, left, values, nOutputs } = tree;
    const { points, weights } = quadrature;
    const nPoints = points.length;
    const width = nPoints * nColumns;
    for (let node = feature.length - 1; node >= 0; node--) {
      const asked = feature[node];
      const first = left[node];
      const ownSums = node * width;
      if (asked < 0) {
        const from = first * nOutputs + column;
        const product = node * nPoints;
        for (let i = 0; i < nColumns; i++) {
          const value = scale * values[from + i];
          for (let q = 0; q < nPoints; q++) sums[ownSums + i * nPoints + q] = value * products[product + q];
        }
        continue;
      }
      const leftSums = first * width;
      for (let at = 0; at < width; at++) sums[ownSums + at] = sums[leftSums + at] + sums[leftSums + width + at];
      const above = edgeAbove[first];
      if (isMet[above] === 0) continue;
      const isLeft = isMet[first] === 1;
      const taken = isLeft ? first : first + 1;
      const restAbove = 1 - passing[above];
      const rest = 1 - passing[taken];
      for (let q = 0; q < nPoints; q++) {
        const ofAbove = restAbove * inverse[above * nPoints + q];
        takenWeights[q] = weights[q] * (rest * inverse[taken * nPoints + q] - ofAbove);
        otherWeights[q] = weights[q] * (-1 / (1 - points[q]) - ofAbove);
      }
      const takenSums = taken * width;
      const otherSums = isLeft ? leftSums + width : leftSums;
      for (let i = 0; i < nColumns; i++) {
        let total = 0;
        for (let q = 0; q < nPoints; q++) {
          const at = i * nPoints + q;
          total += takenWeights[q] * sums[takenSums + at] + otherWeights[q] * sums[otherSums + at];
        }
        contributions[asked * nColumns + i] += total;
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
