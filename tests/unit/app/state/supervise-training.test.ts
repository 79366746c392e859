import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Recovery, Restart } from "../../../../src/app/state/recover-training.ts";
import { type Supervision, superviseTraining } from "../../../../src/app/state/supervise-training.ts";
import { TrendloomError } from "../../../../src/core/errors.ts";
import type { EngineName, GanCheckpoint, GanProgress } from "../../../../src/workers/gpu.jobs.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const event = (stage: GanProgress["stage"], more: object = {}) => ({ stage, done: 1, total: 2, ...more }) as GanProgress;
const onEngine = (engine: EngineName) => ({ engine: { engine } });
const checkpoint = (step: number) => ({ checkpoint: { step } as GanCheckpoint });

interface Heard {
  readonly restarts: Restart[];
  readonly recoveries: Recovery[];
  readonly events: GanProgress[];
}

/** Runs attempts in turn, each with what it reports to and the signal that ends it. */
function supervise(
  attempts: readonly ((onProgress: (event: GanProgress) => void, ended: Promise<never>) => Promise<string>)[],
  change: Partial<Supervision> = {},
): { heard: Heard; output: Promise<string> } {
  const heard: Heard = { restarts: [], recoveries: [], events: [] };
  const output = superviseTraining<string>(
    async (restart, { onProgress = () => {}, signal }) => {
      const attempt = attempts[heard.restarts.length];
      heard.restarts.push({ resume: restart.resume, lost: [...restart.lost] });
      const ended = new Promise<never>((_, reject) => {
        signal?.addEventListener("abort", () => reject(new TrendloomError("cancelled")));
      });
      ended.catch(() => {});
      return attempt(onProgress, ended);
    },
    {
      signal: new AbortController().signal,
      engine: "auto",
      onProgress: (one) => heard.events.push(one),
      onRecovery: (recovery) => heard.recoveries.push(recovery),
      ...change,
    },
  ).catch((error: unknown) => (error as TrendloomError).code);
  return { heard, output };
}

const dies = async () => {
  throw new TrendloomError("worker-died");
};

describe("superviseTraining", () => {
  it("goes on from the last checkpoint that was reported, and reports every event", async () => {
    const { heard, output } = supervise([
      async (onProgress) => {
        for (const step of [10, 20]) onProgress(event("train", { ...onEngine("webgpu"), ...checkpoint(step) }));
        onProgress(event("train"));
        throw new TrendloomError("engine-lost");
      },
      async () => "done",
    ]);
    expect(await output).toBe("done");
    expect(heard.restarts).toEqual([
      { resume: null, lost: [] },
      { resume: { step: 20 }, lost: ["webgpu"] },
    ]);
    expect(heard.recoveries).toEqual([{ lost: "webgpu", fromStep: 20 }]);
    expect(heard.events).toHaveLength(3);
  });

  it("makes an attempt again that ended before its first event only where its engine was named", async () => {
    const named = supervise([dies, async () => "done"], { engine: "wasm" });
    expect(await named.output).toBe("done");
    expect(named.heard.recoveries).toEqual([{ lost: "wasm", fromStep: 0 }]);
    expect(await supervise([dies, async () => "done"]).output).toBe("worker-died");
  });

  it("begins at an earlier visit's checkpoint, and goes back to it where there is no later one", async () => {
    const first = { step: 300 } as GanCheckpoint;
    const { heard, output } = supervise([dies, async () => "done"], { engine: "wasm", first });
    expect(await output).toBe("done");
    expect(heard.restarts.map(({ resume }) => resume?.step)).toEqual([300, 300]);
  });

  it("ends an attempt whose steps stop coming, and makes another", async () => {
    const { heard, output } = supervise([
      (onProgress, ended) => {
        onProgress(event("train", { ...onEngine("wasm"), ...checkpoint(7) }));
        return ended;
      },
      async () => "done",
    ]);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(await output).toBe("done");
    expect(heard.recoveries).toEqual([{ lost: "wasm", fromStep: 7 }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("waits for what comes after the last step, and while it is paused", async () => {
    const after = supervise([
      async (onProgress) => {
        for (const stage of ["train", "calibrate"] as const) onProgress(event(stage, onEngine("wasm")));
        await new Promise((resolve) => setTimeout(resolve, 600_000));
        return "done";
      },
    ]);
    const paused = supervise(
      [
        async (onProgress) => {
          onProgress(event("train", onEngine("wasm")));
          await new Promise((resolve) => setTimeout(resolve, 600_000));
          return "done";
        },
      ],
      { isPaused: () => true },
    );
    await vi.advanceTimersByTimeAsync(600_000);
    expect(await after.output).toBe("done");
    expect(await paused.output).toBe("done");
    expect([...after.heard.recoveries, ...paused.heard.recoveries]).toEqual([]);
  });

  it("stops where it is cancelled", async () => {
    const user = new AbortController();
    const { heard, output } = supervise(
      [
        (onProgress, ended) => {
          onProgress(event("train", onEngine("wasm")));
          user.abort();
          return ended;
        },
      ],
      { signal: user.signal },
    );
    expect(await output).toBe("cancelled");
    expect(heard.recoveries).toEqual([]);
  });
});
