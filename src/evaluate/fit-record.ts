import type { TestRows, TrainRows } from "../table/split-rows.ts";
import type { FitRecord } from "./fold-result.ts";

const HASH_BASIS = 0x811c9dc5;
const HASH_PRIME = 0x01000193;

/** FNV-1a over the positions as 32-bit words, in hexadecimal: the same rows in the same order give the same eight digits. */
export function hashPositions(positions: Int32Array): string {
  let hash = HASH_BASIS;
  for (const position of positions)
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((position >>> shift) & 255), HASH_PRIME);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function countShared(a: Int32Array, b: Int32Array): number {
  const seen = new Set(a);
  return new Set(b.filter((value) => seen.has(value))).size;
}

/**
 * What one fit was given and what it was scored on, as counts and fingerprints, taken from the very rows that were handed
 * to it. Rows and groups on both sides are counted, not assumed.
 */
export function recordFit(
  train: TrainRows,
  test: TestRows,
  about: Pick<FitRecord, "learner" | "fold" | "mode" | "seed" | "stream">,
): FitRecord {
  return {
    ...about,
    nTrain: train.positions.length,
    nSynthetic: train.table.nRows - train.positions.length,
    nTest: test.positions.length,
    trainRows: hashPositions(train.positions),
    testRows: hashPositions(test.positions),
    nSharedRows: countShared(train.positions, test.positions),
    nSharedGroups: train.groups && test.groups ? countShared(train.groups, test.groups) : 0,
  };
}
