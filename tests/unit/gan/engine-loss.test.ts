import { expect, it } from "vitest";
import { TrendloomError } from "../../../src/core/errors.ts";
import type { GanEngine } from "../../../src/gan/engine.ts";
import { failOnLoss } from "../../../src/gan/engine-loss.ts";

it("ends what waits on a lost device, and every further step", async () => {
  let lose: () => void = () => {};
  const loss = new Promise<never>((_, reject) => {
    lose = () => reject(new TrendloomError("engine-lost", { engine: "webgpu" }));
  });
  const steps: number[] = [];
  const hanging = {
    step: (_: unknown, rate: number) => void steps.push(rate),
    readLosses: () => new Promise(() => {}),
  } as unknown as GanEngine;
  const engine = failOnLoss("webgpu", () => hanging, loss)(...([] as unknown as Parameters<Parameters<typeof failOnLoss>[1]>));
  await engine.step({} as never, 1);
  const waiting = engine.readLosses();
  lose();
  await expect(waiting).rejects.toMatchObject({ code: "engine-lost" });
  expect(() => engine.step({} as never, 2)).toThrow(expect.objectContaining({ code: "engine-lost" }));
  expect(steps).toEqual([1]);
});

it("names what fails by itself: a lost device refuses what is asked of it before it is reported as lost", async () => {
  const failing = {
    step: () => {
      throw new RangeError("out of memory");
    },
    readLosses: () => Promise.reject(new Error("buffer was unmapped before mapping was resolved")),
    save: () => Promise.reject(new TrendloomError("training-diverged")),
  } as unknown as GanEngine;
  const create = failOnLoss("webgl", () => failing, new Promise<never>(() => {}));
  const engine = create(...([] as unknown as Parameters<typeof create>));
  const isLost = expect.objectContaining({ code: "engine-lost", details: expect.objectContaining({ engine: "webgl" }) });
  expect(() => engine.step({} as never, 1)).toThrow(isLost);
  await expect(engine.readLosses()).rejects.toEqual(isLost);
  await expect(engine.save()).rejects.toMatchObject({ code: "training-diverged" });
});
