import { exp, log } from "../core/exp-log.ts";
import type { Random } from "../core/random.ts";
import type { LearnerParams } from "./fold-result.ts";
import type { LearnerId } from "./learner.ts";

/** Values that a search may give one setting: evenly over the interval, or evenly over its logarithm. */
export interface SearchRange {
  readonly param: string;
  readonly low: number;
  readonly high: number;
  readonly scale: "linear" | "log";
  readonly isInteger: boolean;
}

export interface SearchSpace {
  readonly ranges: readonly SearchRange[];
  /** What the early rungs of successive halving have less of: training rows, or the setting of that name. */
  readonly resource: "rows" | "nTrees";
}

const range = (param: string, low: number, high: number, scale: SearchRange["scale"], kind: "whole" | "any"): SearchRange => ({
  param,
  low,
  high,
  scale,
  isInteger: kind === "whole",
});

/** Where good settings of each learner lie, for tables of up to some ten thousand rows; null for a learner without any. */
export function searchSpace(learner: LearnerId, nFeatures: number): SearchSpace | null {
  if (learner === "random-forest") {
    return {
      ranges: [
        range("nFeaturesPerSplit", 1, nFeatures, "log", "whole"),
        range("minLeafRows", 1, 60, "log", "whole"),
        range("maxDepth", 3, 40, "log", "whole"),
      ],
      resource: "nTrees",
    };
  }
  if (learner === "xgboost") {
    return {
      ranges: [
        range("maxDepth", 1, 8, "linear", "whole"),
        range("learningRate", 0.02, 0.3, "log", "any"),
        range("minChildWeight", 1, 60, "log", "any"),
        range("lambda", 0.3, 30, "log", "any"),
        range("subsample", 0.5, 1, "linear", "any"),
        range("colsampleByTree", 0.4, 1, "linear", "any"),
      ],
      resource: "rows",
    };
  }
  return null;
}

/** Three significant digits: enough for a setting, short enough to read. */
const rounded = (value: number): number => Number(value.toPrecision(3));

function drawValue({ low, high, scale, isInteger }: SearchRange, random: Random): number {
  const end = isInteger ? high + 1 : high;
  const share = random.next();
  const drawn = scale === "linear" ? low + share * (end - low) : exp(log(low) + share * (log(end) - log(low)));
  return Math.min(high, Math.max(low, isInteger ? Math.floor(drawn) : rounded(drawn)));
}

/** A drawn set of settings over the given ones; each range has its own stream, so that another range moves none. */
export function drawParams({ ranges }: SearchSpace, base: LearnerParams, random: Random): LearnerParams {
  const drawn = ranges.map((each): [string, number] => [each.param, drawValue(each, random.split(each.param))]);
  return { ...base, ...Object.fromEntries(drawn) };
}
