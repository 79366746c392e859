import type { TrainRows } from "../table/split-rows.ts";
import { resampleGroups } from "./resample-groups.ts";
import type { Sampler } from "./sampler.ts";

/**
 * The floor of every comparison: each column resampled on its own, so that all shapes stay and every relation between
 * columns goes.
 */
export function fitShuffler(train: TrainRows): Sampler {
  return resampleGroups(
    train,
    train.table.columns.map(({ name }) => [name]),
  );
}
