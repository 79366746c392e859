import type { LearnerId } from "../../../evaluate/learner.ts";
import type { Settings } from "../../state/settings.ts";

/** What decides how long a step takes: the table's size, and how fast this machine is, by how long it read. */
interface Load {
  readonly nRows: number;
  readonly nRowsRead: number;
  readonly nColumns: number;
  readonly readSeconds: number;
}

interface Costs {
  readonly tableBytes: number;
  readonly structure: number;
  readonly segments: number;
  /** Cross-validation of each chosen learner that takes long on large tables. */
  readonly learners: readonly { readonly learner: LearnerId; readonly seconds: number }[];
}

/** Between the 4 bytes of a level's code and the 8 of a number. */
const BYTES_PER_CELL = 5;
/**
 * Seconds that a step takes for each second of reading as many cells (`bench/large`, 1,000,000 rows × 19 columns, two
 * cores); of segments the part that grows, beside what its samples cost.
 */
const STRUCTURE_PER_READ = 1;
const SEGMENTS_PER_READ = 2;
/** One tree of one level over all rows, two cores at once. */
const BOOSTING_PER_READ = 0.03;
const FOREST_PER_READ = 0.02;
/** Depth that an unlimited forest reaches on many rows, as levels of the same cost. */
const FOREST_LEVELS = 16;

/** Rough times of steps on a table of that size. */
export function estimateCosts({ nRows, nRowsRead, nColumns, readSeconds }: Load, settings: Settings): Costs {
  const { folds, boostingRounds, boostingDepth, forestTrees, learners } = settings;
  const read = readSeconds * (nRows / Math.max(1, nRowsRead));
  const seconds: Partial<Record<LearnerId, number>> = {
    xgboost: read * BOOSTING_PER_READ * folds * boostingRounds * boostingDepth,
    "random-forest": read * FOREST_PER_READ * folds * forestTrees * FOREST_LEVELS,
  };
  return {
    tableBytes: nRows * nColumns * BYTES_PER_CELL,
    structure: Math.max(1, read * STRUCTURE_PER_READ),
    segments: Math.max(1, read * SEGMENTS_PER_READ),
    learners: learners.flatMap((learner) => {
      const own = seconds[learner];
      return own === undefined ? [] : [{ learner, seconds: Math.max(1, own) }];
    }),
  };
}
