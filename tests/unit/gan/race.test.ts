import { expect, test } from "vitest";
import type { EngineFactory, GanEngine } from "../../../src/gan/engine.ts";
import { chooseThreads } from "../../../src/gan/race.ts";

const SHAPE = { batchSize: 20, hidden: 8, latentDim: 4 };

/** Engines whose steps take a given time of a clock that nothing else moves. */
async function choose(aloneMs: number, sharedMs: number): Promise<"alone" | "shared"> {
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
  const [alone, shared] = [factory(aloneMs), factory(sharedMs)];
  const chosen = await chooseThreads(alone, shared, SHAPE, () => clock);
  expect(nOpen).toBe(0);
  return chosen === shared ? "shared" : "alone";
}

test("steps are shared only where that is faster by more than noise", async () => {
  expect(await choose(20, 12)).toBe("shared");
  expect(await choose(20, 19)).toBe("alone");
  expect(await choose(14, 23)).toBe("alone");
});
