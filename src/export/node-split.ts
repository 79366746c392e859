import type { BinMapper } from "../trees/bin-mapper.ts";
import { goesLeft } from "../trees/routing.ts";
import type { Tree } from "../trees/tree.ts";

/** Scorers draw numbers into ±this, as a 32-bit float holds no infinity that every engine takes. */
export const MAX_VALUE = 3.4e38;
/** Above every value: the largest 32-bit float. */
const ABOVE_ALL = 3.4028234663852886e38;

/** The question of an inner node in terms of values instead of bins. */
export type NodeSplit =
  | { readonly kind: "number"; readonly feature: number; readonly threshold: number; readonly missingLeft: boolean }
  | {
      readonly kind: "category";
      readonly feature: number;
      /** Codes that go left; never a missing value. */
      readonly leftCodes: readonly number[];
      readonly rightCodes: readonly number[];
      readonly missingLeft: boolean;
    };

/** The split of an inner node: a number goes left when it lies below `threshold`, a category when its code is listed. */
export function nodeSplit(tree: Tree, mapper: BinMapper, node: number): NodeSplit {
  const feature = tree.feature[node];
  const bins = mapper.features[feature];
  const isLeft = (bin: number) => goesLeft(tree, node, bin, bins.nBins);
  const missingLeft = isLeft(bins.nBins);
  if (bins.kind === "numeric") {
    const threshold = tree.bin[node] < bins.nBins - 1 ? Math.min(bins.thresholds[tree.bin[node]], MAX_VALUE) : ABOVE_ALL;
    return { kind: "number", feature, threshold, missingLeft };
  }
  const codes = Array.from({ length: bins.nBins }, (_, bin) => bin);
  return {
    kind: "category",
    feature,
    leftCodes: codes.filter(isLeft),
    rightCodes: codes.filter((bin) => !isLeft(bin)),
    missingLeft,
  };
}
