import type { Loss } from "./losses.ts";
import type { Sides } from "./row-lists.ts";
import type { FoundSplit, NodeSums, SplitFeature, SplitPenalties } from "./split.ts";
import type { Split, Tree } from "./tree.ts";

/**
 * How one fit is spread over shards, as plain messages. Every shard holds all rows. Where a round has several margins,
 * each shard holds all features and grows the trees of some margins (`round`). Where it has one, each shard holds some
 * features: it sums and searches those (`open`, `descend`), and the shard whose feature wins a node tells the others which
 * rows go left (`sides`). A sum over a bin runs over its rows in the same order wherever it is made, so the tree is the
 * same byte for byte however it is spread.
 */
export interface GrowthLimits extends SplitPenalties {
  readonly maxDepth: number;
  /** 0: no bound. */
  readonly maxLeaves: number;
  readonly learningRate: number;
}

/** What a shard keeps for the whole fit. */
export interface ShardData {
  readonly nRows: number;
  /** The first rows are for training, the rest for validation. */
  readonly nTrainRows: number;
  readonly features: readonly SplitFeature[];
  /** Bins of those features, (nRows × features), row-major. */
  readonly bins: Uint8Array;
  readonly loss: Loss;
  readonly limits: GrowthLimits;
}

/** One tree to be grown. */
export interface TreePlan {
  readonly margin: number;
  /** Rows drawn for the tree, ascending; null for all. */
  readonly rows: Int32Array | null;
  /** Features drawn for each level, ascending; null for all. */
  readonly featuresByDepth: readonly Int32Array[] | null;
}

/** A node to be divided, and which of its children are to be searched for their best split. Nodes are numbers. */
export interface Division {
  readonly node: number;
  readonly depth: number;
  readonly split: Split;
  /** Null where the shard holds the feature itself. */
  readonly sides: Sides | null;
  /** The right child is the next number. */
  readonly left: number;
  readonly leftSums: NodeSums;
  readonly rightSums: NodeSums;
  readonly searchesLeft: boolean;
  readonly searchesRight: boolean;
}

export interface MarginValues {
  readonly margin: number;
  /** Of all rows. */
  readonly values: Float64Array;
}

export type ShardCall =
  | { readonly kind: "load"; readonly data: ShardData }
  /** Trees of these margins, after taking over other shards' margins. */
  | { readonly kind: "round"; readonly received: readonly MarginValues[]; readonly plans: readonly TreePlan[] }
  /** Begins a tree: `plan.margin` is the only one. */
  | { readonly kind: "open"; readonly plan: TreePlan }
  | { readonly kind: "sides"; readonly nodes: readonly { readonly node: number; readonly split: Split }[] }
  /** `leaves`: nodes that were searched before and will not be divided, whatever this shard found. */
  | { readonly kind: "descend"; readonly divisions: readonly Division[]; readonly leaves: readonly number[] }
  /** Ends a tree: adds the leaves' values to the margin. */
  | { readonly kind: "close"; readonly leaves: readonly { readonly node: number; readonly value: number }[] };

/** The best split of a searched node among the shard's features; in order of the nodes. */
export type ShardReply =
  | { readonly kind: "done" }
  | { readonly kind: "trees"; readonly trees: readonly Tree[]; readonly margins: readonly MarginValues[] }
  | { readonly kind: "opened"; readonly sums: NodeSums; readonly found: FoundSplit | null }
  /** Null for a feature that another shard holds. */
  | { readonly kind: "sides"; readonly sides: readonly (Sides | null)[] }
  | { readonly kind: "found"; readonly found: readonly (FoundSplit | null)[] };

/** A shard wherever it runs. */
export interface Shard {
  call(call: ShardCall): ShardReply | Promise<ShardReply>;
}
