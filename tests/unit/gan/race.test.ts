import { expect, test } from "vitest";
import type { EngineFactory, GanEngine } from "../../../src/gan/engine.ts";
import { isSharingFaster } from "../../../src/gan/race.ts";

const SHAPE = { batchSize: 20, hidden: 8, latentDim: 4 };

/** Asked of engines whose steps take a given time of a clock that nothing else moves. */
async function isFaster(aloneMs: number, sharedMs: number): Promise<boolean> {
  let clock = 0;
  let nOpen = 0;
  const factory = (stepMs: number): EngineFactory => {
    return () => {
      nOpen++;
      const engine = {
        step: () => {
          clock += stepMs;
        },
        readLosses: async () => ({ critic: 0, generator: 0, marginal: 0, pair: 0 }),
        dispose: () => {
          nOpen--;
        },
      };
      return engine as unknown as GanEngine;
    };
  };
  const answer = await isSharingFaster(factory(aloneMs), factory(sharedMs), SHAPE, () => clock);
  expect(nOpen).toBe(0);
  return answer;
}

test("steps are shared only where that is faster by more than noise", async () => {
  expect(await isFaster(20, 12)).toBe(true);
  expect(await isFaster(20, 19)).toBe(false);
  expect(await isFaster(14, 23)).toBe(false);
});
