import type { Random } from "../core/random.ts";
import { sharedGroups } from "../table/deal-folds.ts";
import { allRows } from "../table/table.ts";

/** Reorders rows in place: after it, row i has the target of row `order[i]`. */
export type PermuteRows = (order: Int32Array, random: Random) => void;

/** Fisher–Yates on whole groups of one size: what stood in one group's rows goes to another's, in random order. */
function exchange(members: readonly Int32Array[], order: Int32Array, random: Random): void {
  const from = random.shuffle(allRows(members.length));
  const taken = members.map((rows) => random.shuffle(rows.map((row) => order[row])));
  members.forEach((rows, i) => {
    rows.forEach((row, at) => {
      order[row] = taken[from[i]][at];
    });
  });
}

/**
 * The permutations of a target under which its independence of the features is tested. Without groups all are allowed.
 * Rows of one near-duplicate group are no independent witnesses: their targets move together, to a group of the same size
 * (restricted permutations, Anderson and ter Braak 2003), within which their order is free.
 */
export function rowPermuter(groups: Int32Array | null): PermuteRows {
  const shared = groups ? sharedGroups(groups, allRows(groups.length)) : [];
  if (shared.length === 0)
    return (order, random) => {
      random.shuffle(order);
    };
  const isShared = new Uint8Array(groups?.length ?? 0);
  for (const rows of shared) for (const row of rows) isShared[row] = 1;
  const single = allRows(isShared.length).filter((row) => isShared[row] === 0);
  const sizes = [...new Set(shared.map((rows) => rows.length))];
  const bySize = sizes.map((size) => shared.filter((rows) => rows.length === size));
  return (order, random) => {
    const targets = random.shuffle(single.map((row) => order[row]));
    single.forEach((row, at) => {
      order[row] = targets[at];
    });
    for (const members of bySize) exchange(members, order, random);
  };
}
