import type { Division, GrowthLimits, ShardCall, ShardReply, TreePlan } from "./shard-protocol.ts";
import { type FoundSplit, leafValue, type NodeSums, without } from "./split.ts";
import { type Tree, TreeBuilder } from "./tree.ts";

/** Nodes divided at a time: bounds the histograms that wait in memory, not what is grown. */
const MAX_BATCH = 64;

/** A node as it is known so far; `left` is −1 until it is divided. */
interface GrownNode {
  readonly depth: number;
  readonly sums: NodeSums;
  found: FoundSplit | null;
  left: number;
}

type ReplyOf<Kind extends ShardReply["kind"]> = Extract<ShardReply, { kind: Kind }>;

/** The replies of all shards to a call, which all answer in the same kind. */
function repliesOf<Kind extends ShardReply["kind"]>(kind: Kind, replies: readonly ShardReply[]): ReplyOf<Kind>[] {
  return replies.map((reply) => {
    if (reply.kind !== kind) throw new Error(`a shard answered ${reply.kind} where ${kind} was due`);
    return reply as ReplyOf<Kind>;
  });
}

/** The better of two splits by (gain, feature): the order in which features are tried does not matter. */
function better(a: FoundSplit | null, b: FoundSplit | null): FoundSplit | null {
  if (!a || !b) return a ?? b;
  return b.gain > a.gain || (b.gain === a.gain && b.feature < a.feature) ? b : a;
}

/** Grows one tree by asking shards; which shards there are and how they answer is the caller's. */
class TreeGrowth {
  private readonly nodes: GrownNode[] = [];
  /** Nodes with a split that wait to be divided. */
  private readonly open: number[] = [];
  /** Nodes that turned out to be leaves, of which the shards have not been told. */
  private readonly settled: number[] = [];
  private nLeaves = 1;

  constructor(
    private readonly limits: GrowthLimits,
    private readonly plan: TreePlan,
    private readonly isSpread: boolean,
  ) {}

  *grow(): Generator<ShardCall, Tree, readonly ShardReply[]> {
    const opened = repliesOf("opened", yield { kind: "open", plan: this.plan });
    const found = opened.map((reply) => reply.found).reduce(better);
    this.nodes.push({ depth: 0, sums: opened[0].sums, found, left: -1 });
    if (found) this.open.push(0);
    for (let batch = this.takeBatch(); batch.length > 0; batch = this.takeBatch()) yield* this.divide(batch);
    yield { kind: "close", leaves: this.leaves() };
    return this.build();
  }

  /** The nodes to divide next: those that wait, the latest first; or the one that wins most, while leaves are left. */
  private takeBatch(): number[] {
    const { maxLeaves } = this.limits;
    if (maxLeaves === 0) return this.open.splice(-MAX_BATCH);
    if (this.open.length === 0 || this.nLeaves >= maxLeaves) return [];
    const gain = (node: number) => this.nodes[node].found?.gain ?? 0;
    const best = this.open.reduce((a, b) => (gain(b) > gain(a) || (gain(b) === gain(a) && b < a) ? b : a));
    this.open.splice(this.open.indexOf(best), 1);
    return [best];
  }

  private *divide(batch: readonly number[]): Generator<ShardCall, void, readonly ShardReply[]> {
    const splits = batch.map((node) => ({ node, split: this.nodes[node].found as FoundSplit }));
    const sides = this.isSpread ? repliesOf("sides", yield { kind: "sides", nodes: splits }) : [];
    const divisions = splits.map(({ node, split }, i): Division => {
      const { depth, sums } = this.nodes[node];
      const left = this.nodes.length;
      const rightSums = without(sums, split.leftSums);
      this.nodes[node].left = left;
      for (const part of [split.leftSums, rightSums]) this.nodes.push({ depth: depth + 1, sums: part, found: null, left: -1 });
      return {
        node,
        depth,
        split,
        sides: sides.map((reply) => reply.sides[i]).find((known) => known) ?? null,
        left,
        leftSums: split.leftSums,
        rightSums,
        searchesLeft: this.maySplit(depth + 1, split.leftSums),
        searchesRight: this.maySplit(depth + 1, rightSums),
      };
    });
    this.nLeaves += divisions.length;
    const searched = divisions.flatMap(({ left, searchesLeft, searchesRight }) => [
      ...(searchesLeft ? [left] : []),
      ...(searchesRight ? [left + 1] : []),
    ]);
    const found = repliesOf("found", yield { kind: "descend", divisions, leaves: this.settled.splice(0) });
    for (const [i, node] of searched.entries()) {
      this.nodes[node].found = found.map((reply) => reply.found[i]).reduce(better);
      (this.nodes[node].found ? this.open : this.settled).push(node);
    }
  }

  private maySplit(depth: number, { hessians }: NodeSums): boolean {
    return depth < this.limits.maxDepth && hessians > 0 && hessians >= 2 * this.limits.minChildWeight;
  }

  private valueOf(node: number): number {
    return leafValue(this.nodes[node].sums, this.limits) * this.limits.learningRate;
  }

  private leaves(): { node: number; value: number }[] {
    return this.nodes.flatMap(({ left }, node) => (left < 0 ? [{ node, value: this.valueOf(node) }] : []));
  }

  /** The tree with its nodes numbered depth first, whatever the order in which they were divided. */
  private build(): Tree {
    const builder = new TreeBuilder(1);
    const open = [{ node: 0, at: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { sums, found, left } = this.nodes[next.node];
      if (left < 0) builder.addLeaf(next.at, [this.valueOf(next.node)], 1, sums.hessians);
      else {
        const at = builder.addSplit(next.at, found as FoundSplit, sums.hessians);
        open.push({ node: left + 1, at: at + 1 }, { node: left, at });
      }
    }
    return builder.finish();
  }
}

/**
 * Grows a regression tree on gradients and hessians (Chen & Guestrin 2016), level by level down to `maxDepth`, or with
 * `maxLeaves` where a split wins most. Yields calls that go to every shard and takes all their replies; `isSpread` where
 * the features are spread over several. Leaf values hold the learning rate already.
 */
export function growTree(
  limits: GrowthLimits,
  plan: TreePlan,
  isSpread: boolean,
): Generator<ShardCall, Tree, readonly ShardReply[]> {
  return new TreeGrowth(limits, plan, isSpread).grow();
}
