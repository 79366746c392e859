import { describe, expect, test } from "vitest";
import type { LearnSession } from "../../../../src/app/state/learn-session.ts";
import { makePlans } from "../../../../src/app/state/plans.ts";
import type { Recovery } from "../../../../src/app/state/recover-training.ts";
import type { SynthesizeOutput } from "../../../../src/app/state/run-synthesize.svelte.ts";
import { runVerdict } from "../../../../src/app/state/run-verdict.ts";
import { SETTINGS } from "../../../../src/app/state/settings.ts";
import { TrendloomError } from "../../../../src/core/errors.ts";
import { defaultValues } from "../../../../src/core/params.ts";
import type { GanCheckpoint, GanProgress } from "../../../../src/workers/gpu.jobs.ts";

interface Asked {
  readonly job: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Which attempts die: the how-many-th of a job on the GPU worker, and whether its first checkpoint came before. */
interface Deaths {
  readonly job: string;
  readonly attempts: readonly number[];
  readonly step: number | null;
}

const FIRST = {
  report: { engine: { engine: "wasm" } },
  draws: [{ train: null, test: null }],
  untrained: null,
} as unknown as SynthesizeOutput;

/** Workers that answer with as much as the page reads, and die where they are told to. */
function fakeSession(asked: Asked[], { job: mortal, attempts, step }: Deaths): LearnSession {
  let nAttempts = 0;
  const gpu = async (job: string, input: Asked["input"], { onProgress }: { onProgress?: (event: GanProgress) => void }) => {
    asked.push({ job, input });
    if (job === mortal && attempts.includes(nAttempts++)) {
      const checkpoint = step === null ? {} : { checkpoint: { step } as GanCheckpoint };
      onProgress?.({ stage: "train", done: 1, total: 2, engine: { engine: "wasm" }, ...checkpoint } as GanProgress);
      throw new TrendloomError("worker-died");
    }
    return job === "fitFold" ? { scores: 1 } : { rows: null, untrained: null, draws: [{ train: null, test: null }] };
  };
  const learn = async (job: string, input: Asked["input"]) => {
    asked.push({ job, input });
    if (job === "auditArm") return { nA: 1, nB: 1, utilityMetric: "auc", arm: { name: input.arm, figures: { pairs: [] } } };
    if (job === "sampleFold") return [{ train: null, test: null }];
    if (job === "settleLedger") return { baselines: [] };
    return { real: { accuracy: 1 } };
  };
  return { learn: { run: learn }, gpu: { run: gpu }, kind: "classification", nRows: 9 } as unknown as LearnSession;
}

async function judge(deaths: Deaths) {
  const asked: Asked[] = [];
  const recoveries: Recovery[] = [];
  const settings = { ...defaultValues(SETTINGS), folds: 2, learners: ["neural"] as const };
  const plan = makePlans(settings, 100).verdict;
  const small = { ...plan, synthesize: { ...plan.synthesize, nDraws: 1 } };
  const output = await runVerdict(fakeSession(asked, deaths), small, FIRST, {
    signal: new AbortController().signal,
    report: () => {},
    steer: () => {},
    isPaused: () => false,
    recovered: (recovery) => recoveries.push(recovery),
  }).catch((error: unknown) => (error as TrendloomError).code);
  const inputs = (job: string) => asked.filter((one) => one.job === job).map(({ input }) => input);
  return { output, recoveries, inputs };
}

describe("runVerdict", () => {
  test("a training of the audit goes on from its last checkpoint when its worker dies", async () => {
    const { output, recoveries, inputs } = await judge({ job: "synthesizeForAudit", attempts: [0], step: 40 });
    expect(output).toMatchObject({ audit: { arms: expect.arrayContaining([expect.objectContaining({ name: "gan" })]) } });
    expect(recoveries).toEqual([{ lost: "wasm", fromStep: 40 }]);
    const trainings = inputs("synthesizeForAudit");
    expect(trainings).toHaveLength(4);
    const again = trainings.filter(({ resume }) => resume !== null);
    expect(again).toEqual([{ ...trainings[0], resume: { step: 40 }, lost: [] }]);
  });

  test("it begins again where there was no checkpoint yet", async () => {
    const { recoveries, inputs } = await judge({ job: "synthesizeForAudit", attempts: [1], step: null });
    expect(recoveries).toEqual([{ lost: "wasm", fromStep: 0 }]);
    expect(inputs("synthesizeForAudit").map(({ resume }) => resume)).toEqual([null, null, null, null]);
  });

  test("so do a fold's generator of the ledger, and the one that is trained on all rows", async () => {
    const { output, recoveries, inputs } = await judge({ job: "synthesize", attempts: [0, 1], step: 25 });
    expect(output).toMatchObject({ ledger: { baselines: [] }, replays: { length: 3 } });
    expect(recoveries).toEqual([
      { lost: "wasm", fromStep: 25 },
      { lost: "wasm", fromStep: 25 },
    ]);
    const resumed = inputs("synthesize").filter(({ resume }) => resume !== null);
    expect(resumed.map(({ fold }) => fold)).toEqual(expect.arrayContaining([1, null]));
  });

  test("a neural fit is made again", async () => {
    const { output, recoveries } = await judge({ job: "fitFold", attempts: [2], step: null });
    expect(output).toMatchObject({ ledger: { baselines: [] } });
    expect(recoveries).toEqual([{ lost: "wasm", fromStep: 0 }]);
  });

  test("after three recoveries the run fails", async () => {
    const all = Array.from({ length: 40 }, (_, attempt) => attempt);
    expect(await judge({ job: "synthesizeForAudit", attempts: all, step: 40 })).toMatchObject({ output: "worker-died" });
  });
});
