import { type BoostingKernel, createBoostingKernel } from "./boosting-kernel.ts";
import { growTree } from "./grower.ts";
import { HistogramStore, histogramOffsets } from "./histogram.ts";
import { Margins } from "./margins.ts";
import { type NodeRows, RowLists } from "./row-lists.ts";
import type { Division, MarginValues, Shard, ShardCall, ShardData, ShardReply, TreePlan } from "./shard-protocol.ts";
import { type FoundSplit, type NodeSums, SplitFinder } from "./split.ts";
import type { Tree } from "./tree.ts";

/** A node of the tree under way. */
interface ShardNode {
  readonly rows: NodeRows;
  /** Its address; 0 where the node is not to be split or has been. */
  histogram: number;
}

const DONE: ShardReply = { kind: "done" };

/** Holds rows and some or all features in a kernel's memory, and answers the calls of a fit at once. */
export class BoostingShard implements Shard {
  readonly margins: Margins;
  private readonly kernel: BoostingKernel;
  private readonly histograms: HistogramStore;
  private readonly finder: SplitFinder;
  private readonly lists: RowLists;
  /** Place of each feature that this shard holds. */
  private readonly placeOf: ReadonlyMap<number, number>;
  private readonly everyPlace: Int32Array;
  private readonly sums: number;
  private nodes = new Map<number, ShardNode>();
  private plan: TreePlan = { margin: 0, rows: null, featuresByDepth: null };

  constructor(private readonly data: ShardData) {
    const { features, bins, nRows, nTrainRows, loss, limits } = data;
    this.kernel = createBoostingKernel();
    const nBins = features.map((feature) => feature.nBins);
    const offsets = histogramOffsets(nBins);
    this.margins = new Margins(this.kernel, loss, nRows);
    this.lists = new RowLists(this.kernel, bins, nRows, nTrainRows, nBins);
    this.histograms = new HistogramStore(this.kernel, bins, nRows, offsets);
    this.finder = new SplitFinder(this.kernel, features, offsets, limits);
    this.placeOf = new Map(features.map(({ feature }, place) => [feature, place]));
    this.everyPlace = Int32Array.from(features, (_, place) => place);
    this.sums = this.kernel.allocate(16);
  }

  /** Gives the memory back once the fit is over. */
  release(): void {
    this.kernel.release();
  }

  call(call: ShardCall): ShardReply {
    switch (call.kind) {
      case "load":
        throw new Error("this shard is loaded");
      case "round":
        return this.growRound(call.received, call.plans);
      case "open":
        this.margins.derive();
        return this.open(call.plan);
      case "sides":
        return {
          kind: "sides",
          sides: call.nodes.map(({ node, split }) => {
            const place = this.placeOf.get(split.feature);
            return place === undefined ? null : this.lists.sides(this.node(node).rows, place, split);
          }),
        };
      case "descend":
        for (const node of call.leaves) this.releaseHistogram(this.node(node));
        return { kind: "found", found: call.divisions.flatMap((division) => this.descend(division)) };
      case "close":
        for (const { node, value } of call.leaves) this.addLeaf(this.node(node), value);
        return DONE;
    }
  }

  /** Grows the trees of several margins, all on the gradients from before the round. */
  private growRound(received: readonly MarginValues[], plans: readonly TreePlan[]): ShardReply {
    for (const { margin, values } of received) this.margins.receive(margin, values);
    this.margins.derive();
    const trees = plans.map((plan) => this.grow(plan));
    const margins = plans.map(({ margin }) => ({ margin, values: this.margins.values(margin).slice() }));
    return { kind: "trees", trees, margins };
  }

  /** A whole tree, on all features. The margins must have been derived. */
  grow(plan: TreePlan): Tree {
    const growth = growTree(this.data.limits, plan, false);
    for (let step = growth.next(); ; ) {
      if (step.done) return step.value;
      step = growth.next([step.value.kind === "open" ? this.open(plan) : this.call(step.value)]);
    }
  }

  private open(plan: TreePlan): ShardReply {
    const { kernel, lists, margins } = this;
    for (const node of this.nodes.values()) this.releaseHistogram(node);
    this.nodes = new Map();
    this.plan = plan;
    const rows = lists.start(plan.rows);
    const pairs = margins.pairs(plan.margin);
    kernel.functions.sumPairs(pairs, lists.rows, rows.begin, rows.end, this.sums);
    const [gradients, hessians] = kernel.float64(this.sums, 2);
    const histogram = this.histograms.build(lists.rows, rows.begin, rows.end, pairs);
    this.nodes.set(0, { rows, histogram });
    const sums = { gradients, hessians };
    return { kind: "opened", sums, found: this.search(0, sums, 0) };
  }

  private node(number: number): ShardNode {
    const node = this.nodes.get(number);
    if (!node) throw new Error(`node ${number} was not grown`);
    return node;
  }

  private search(node: number, sums: NodeSums, depth: number): FoundSplit | null {
    const drawn = this.plan.featuresByDepth?.[depth];
    const places = drawn
      ? Int32Array.from(drawn, (feature) => this.placeOf.get(feature) ?? -1).filter((place) => place >= 0)
      : this.everyPlace;
    return this.finder.find(this.node(node).histogram, sums, places);
  }

  private releaseHistogram(node: ShardNode): void {
    if (node.histogram) this.histograms.release(node.histogram);
    node.histogram = 0;
  }

  /** Divides a node's rows; the smaller child's histogram is built, the larger one's is the parent's less that. */
  private descend(division: Division): (FoundSplit | null)[] {
    const { node, depth, split, sides, left, leftSums, rightSums, searchesLeft, searchesRight } = division;
    const parent = this.node(node);
    const [leftRows, rightRows] = sides
      ? this.lists.divideBySides(parent.rows, sides)
      : this.lists.divide(parent.rows, this.placeOf.get(split.feature) ?? -1, split);
    const leftNode: ShardNode = { rows: leftRows, histogram: 0 };
    const rightNode: ShardNode = { rows: rightRows, histogram: 0 };
    this.nodes.set(left, leftNode).set(left + 1, rightNode);
    if (!searchesLeft && !searchesRight) {
      this.releaseHistogram(parent);
      return [];
    }
    const isLeftSmaller = leftRows.end - leftRows.begin <= rightRows.end - rightRows.begin;
    const [smaller, larger] = isLeftSmaller ? [leftNode, rightNode] : [rightNode, leftNode];
    const { begin, end } = smaller.rows;
    smaller.histogram = this.histograms.build(this.lists.rows, begin, end, this.margins.pairs(this.plan.margin));
    this.histograms.subtract(parent.histogram, smaller.histogram);
    larger.histogram = parent.histogram;
    parent.histogram = 0;
    if (!searchesLeft) this.releaseHistogram(leftNode);
    if (!searchesRight) this.releaseHistogram(rightNode);
    return [
      ...(searchesLeft ? [this.search(left, leftSums, depth + 1)] : []),
      ...(searchesRight ? [this.search(left + 1, rightSums, depth + 1)] : []),
    ];
  }

  private addLeaf({ rows }: ShardNode, value: number): void {
    const margins = this.margins.address(this.plan.margin);
    const { addToRows } = this.kernel.functions;
    addToRows(margins, this.lists.rows, rows.begin, rows.end, value);
    addToRows(margins, this.lists.rows, rows.carriedBegin, rows.carriedEnd, value);
  }
}
