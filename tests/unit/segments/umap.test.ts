import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { layOutByUmap } from "../../../src/segments/umap.ts";
import { blobs, matrixOf } from "./points.ts";

const points = blobs(
  [
    [0, 0, 0, 0],
    [12, 0, 0, 12],
    [0, 12, 12, 0],
  ],
  40,
  createRandom(3),
);
const layOut = (seed: number) => layOutByUmap(matrixOf(points), { nNeighbors: 10, minDistance: 0.1, random: createRandom(seed) });

describe("layOutByUmap", () => {
  test("keeps groups together and apart, the same for the same seed", () => {
    const [x, y] = finish(layOut(1));
    expect(finish(layOut(1))).toEqual([x, y]);
    const distance = (a: number, b: number): number => Math.hypot(x[a] - x[b], y[a] - y[b]);
    let nSame = 0;
    for (let row = 0; row < 120; row++) {
      const others = Array.from({ length: 120 }, (_, other) => other).filter((other) => other !== row);
      const nearest = others.reduce((best, other) => (distance(row, other) < distance(row, best) ? other : best));
      nSame += Number(Math.floor(nearest / 40) === Math.floor(row / 40));
    }
    expect(nSame).toBe(120);
  });

  test("yields through the search for neighbours and at every epoch, so that it can be cancelled", () => {
    const stages = new Map<string, number>();
    for (const { stage } of layOut(2)) stages.set(stage, (stages.get(stage) ?? 0) + 1);
    expect(stages.get("neighbours")).toBe(1);
    expect(stages.get("umap")).toBeGreaterThan(100);
  });
});
