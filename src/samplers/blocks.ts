import { prepareReference } from "../metrics/fidelity.ts";
import { linkedGroups } from "../structure/association.ts";
import type { TrainRows } from "../table/split-rows.ts";
import { resampleGroups } from "./resample-groups.ts";
import type { Sampler } from "./sampler.ts";

/** Groups of columns that signal pairs (|r| > 0.5 or bias-corrected V > 0.3) link, directly or through others; all columns, in table order. */
export function findColumnGroups(train: TrainRows): string[][] {
  const { table } = train;
  const names = table.columns.map(({ name }) => name);
  const links = prepareReference(table)
    .pairs.filter(({ isSignal }) => isSignal)
    .map(({ a, b }) => ({ a: names[a], b: names[b] }));
  const linked = linkedGroups(names, links);
  const alone = names.filter((name) => !linked.some((group) => group.includes(name))).map((name) => [name]);
  return [...linked, ...alone];
}

/**
 * The rival that a generator has to beat where a table holds few relations: linked columns are resampled jointly, the rest
 * independently. It copies whole blocks of values, so it is no protection of privacy.
 */
export function fitBlockSampler(train: TrainRows): Sampler {
  return resampleGroups(train, findColumnGroups(train));
}
