import { getColumn, type Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { BinMapper, CategoricalBins } from "../trees/bin-mapper.ts";

/** Labels of one meaning, each group written as its first one. */
export interface MergedLabels {
  readonly column: string;
  readonly groups: readonly (readonly string[])[];
}

/**
 * How one feature's cells become numbers: numbers stay, dates are milliseconds since 1970 (UTC), categories have codes.
 * Levels not listed have the code `unseen`; null is a missing value. Missing values are NaN.
 */
export type FeatureEncoding =
  | { readonly name: string; readonly kind: "number" | "date" }
  | {
      readonly name: string;
      readonly kind: "category";
      readonly codes: Readonly<Record<string, number>>;
      readonly unseen: number | null;
      /** Labels read as another one. */
      readonly merged: Readonly<Record<string, string>>;
    };

/** All that is needed beside the trees to score a row of text; it travels inside the exported model. */
export interface ModelEncoding {
  readonly learner: "random-forest" | "gradient-boosting";
  readonly target: string;
  /** In the order of the probabilities; empty for a numeric target. */
  readonly classes: readonly string[];
  /** Labels of the target read as another one. */
  readonly targetMerged: Readonly<Record<string, string>>;
  readonly features: readonly FeatureEncoding[];
}

function mergedLabels(merged: readonly MergedLabels[], column: string): Record<string, string> {
  const groups = merged.filter((labels) => labels.column === column).flatMap((labels) => labels.groups);
  return Object.fromEntries(groups.flatMap(([first, ...others]) => others.map((label) => [label, first])));
}

function categoryEncoding(bins: CategoricalBins, merged: readonly MergedLabels[]): FeatureEncoding {
  const unseen = bins.unseenBin < bins.nBins ? bins.unseenBin : null;
  return {
    name: bins.name,
    kind: "category",
    codes: Object.fromEntries([...bins.binOfLevel].filter(([, bin]) => bin !== unseen)),
    unseen,
    merged: mergedLabels(merged, bins.name),
  };
}

/** The encoding of a model's features. The table tells which numbers are dates; codes are the trees' own bins. */
export function modelEncoding(
  learner: ModelEncoding["learner"],
  mapper: BinMapper,
  task: Task,
  table: Table,
  merged: readonly MergedLabels[],
): ModelEncoding {
  return {
    learner,
    target: task.target,
    classes: task.kind === "classification" ? task.classes : [],
    targetMerged: mergedLabels(merged, task.target),
    features: mapper.features.map((bins) => {
      if (bins.kind === "categorical") return categoryEncoding(bins, merged);
      return { name: bins.name, kind: getColumn(table, bins.name).type === "date" ? "date" : "number" };
    }),
  };
}
