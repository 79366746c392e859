import { readFileSync } from "node:fs";
import { createMatrix, type Matrix } from "../../../src/core/matrix.ts";
import type { Random } from "../../../src/core/random.ts";

export interface GoldenCase {
  readonly name: string;
  readonly points: number[][];
  readonly clusterings: readonly { k: number; inertia: number; labels: number[]; silhouette: number }[];
  readonly explained: readonly [number, number];
}

export const goldenCases = JSON.parse(
  readFileSync(new URL("../../golden/segments.json", import.meta.url), "utf8"),
) as readonly GoldenCase[];

export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const matrix = createMatrix(rows.length, rows[0].length);
  matrix.values.set(rows.flat());
  return matrix;
}

/** `nEach` normal points around each centre. */
export function blobs(centres: readonly (readonly number[])[], nEach: number, random: Random): number[][] {
  return centres.flatMap((centre) => Array.from({ length: nEach }, () => centre.map((at) => at + random.normal())));
}
