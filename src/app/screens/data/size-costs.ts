import { nFoldsOf } from "../../state/plans.ts";
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
  /** Boosting over all folds; null where it is not chosen. */
  readonly boosting: number | null;
}

/** Between the 4 bytes of a level's code and the 8 of a number. */
const BYTES_PER_CELL = 5;
/**
 * Seconds that a step takes for each second of reading as many cells: structure and segments by one run of `bench/large`
 * (1,000,000 rows × 19 columns, two cores, busy), and one level of one round of boosting in one fold, estimated from the
 * processor time of another. Good for an order of magnitude.
 */
const STRUCTURE_PER_READ = 0.7;
const SEGMENTS_PER_READ = 1.2;
const BOOSTING_PER_READ = 0.008;

/** Rough times of steps on a table of that size. */
export function estimateCosts({ nRows, nRowsRead, nColumns, readSeconds }: Load, settings: Settings): Costs {
  const { boostingRounds, boostingDepth, learners } = settings;
  const read = readSeconds * (nRows / Math.max(1, nRowsRead));
  const boosting = read * BOOSTING_PER_READ * nFoldsOf(settings) * boostingRounds * boostingDepth;
  return {
    tableBytes: nRows * nColumns * BYTES_PER_CELL,
    structure: Math.max(1, read * STRUCTURE_PER_READ),
    segments: Math.max(1, read * SEGMENTS_PER_READ),
    boosting: learners.includes("xgboost") ? Math.max(1, boosting) : null,
  };
}
