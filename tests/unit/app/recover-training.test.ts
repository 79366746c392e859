import { describe, expect, it } from "vitest";
import { type Recovery, type Restart, recoverTraining } from "../../../src/app/state/recover-training.ts";
import { TrendloomError } from "../../../src/core/errors.ts";
import type { EngineName, GanCheckpoint } from "../../../src/workers/gpu.jobs.ts";

const checkpointAt = (step: number) => ({ step }) as GanCheckpoint;

/** Runs attempts that fail with the given codes, in turn, on the given engines; the last one ends well. */
async function run(failures: readonly { code: "engine-lost" | "worker-died" | "cancelled"; engine: EngineName; step: number }[]) {
  const restarts: Restart[] = [];
  const recoveries: Recovery[] = [];
  let state: { engine: EngineName | null; checkpoint: GanCheckpoint | null } = { engine: null, checkpoint: null };
  const output = await recoverTraining(
    async (restart) => {
      const failure = failures[restarts.length];
      restarts.push({ resume: restart.resume, lost: [...restart.lost] });
      if (!failure) return "done";
      state = { engine: failure.engine, checkpoint: failure.step > 0 ? checkpointAt(failure.step) : null };
      throw new TrendloomError(failure.code);
    },
    () => state,
    (recovery) => recoveries.push(recovery),
  ).catch((error: TrendloomError) => error.code);
  return { output, restarts, recoveries };
}

describe("recoverTraining", () => {
  it("goes on from the last checkpoint on another engine when a graphics device is lost", async () => {
    const { output, restarts, recoveries } = await run([
      { code: "engine-lost", engine: "webgpu", step: 120 },
      { code: "engine-lost", engine: "webgl", step: 160 },
    ]);
    expect(output).toBe("done");
    expect(restarts).toEqual([
      { resume: null, lost: [] },
      { resume: { step: 120 }, lost: ["webgpu"] },
      { resume: { step: 160 }, lost: ["webgpu", "webgl"] },
    ]);
    expect(recoveries).toEqual([
      { lost: "webgpu", fromStep: 120 },
      { lost: "webgl", fromStep: 160 },
    ]);
  });

  it("uses the processor again when a worker dies, and begins again where there is no checkpoint yet", async () => {
    const { restarts, recoveries } = await run([{ code: "worker-died", engine: "wasm", step: 0 }]);
    expect(restarts[1]).toEqual({ resume: null, lost: [] });
    expect(recoveries).toEqual([{ lost: "wasm", fromStep: 0 }]);
  });

  it("begins where an earlier visit stopped", async () => {
    const restarts: Restart[] = [];
    const first = checkpointAt(300);
    await recoverTraining(
      async (restart) => void restarts.push({ ...restart }),
      () => ({ engine: null, checkpoint: null }),
      () => {},
      first,
    );
    expect(restarts).toEqual([{ resume: first, lost: [] }]);
  });

  it("gives up after three recoveries, and at once when the user cancels", async () => {
    const died = { code: "worker-died", engine: "wasm", step: 20 } as const;
    expect(await run([died, died, died, died, died])).toMatchObject({ output: "worker-died", restarts: { length: 4 } });
    expect(await run([{ ...died, code: "cancelled" }])).toMatchObject({ output: "cancelled", recoveries: [] });
  });
});
