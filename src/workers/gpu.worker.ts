import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { TrendloomError } from "../core/errors.ts";
import type { AsyncWork } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { auditSides } from "../evaluate/audit.ts";
import { fitFold } from "../evaluate/fit-fold.ts";
import { foldOf } from "../evaluate/fold-of.ts";
import { chooseEngine, useEngine } from "../gan/backend.ts";
import { createTfjsEngine } from "../gan/engine-tfjs.ts";
import { DEFAULT_GAN_SETTINGS } from "../gan/gan.params.ts";
import type { EngineChoice, EngineName, GanProgress } from "../gan/gan.types.ts";
import { trainGan } from "../gan/train.ts";
import { type JobHandlers, serveJobs } from "../rpc/serve.ts";
import type { Table } from "../table/table.ts";
import type { GpuJobs } from "./gpu.jobs.ts";
import type { LearningTable } from "./learn.jobs.ts";
import { neuralLearner } from "./neural-learner.ts";

const wasmPaths = { "tfjs-backend-wasm.wasm": wasmUrl, "tfjs-backend-wasm-simd.wasm": wasmSimdUrl };
const now = () => performance.now();

let kept: LearningTable | null = null;
/** One race in a worker's life for each wish: the machine does not change. */
const choices = new Map<EngineName | "auto", EngineChoice>();

function learning(): LearningTable {
  if (!kept) throw new Error("no learning table was loaded");
  return kept;
}

async function takeEngine(asked: EngineName | "auto"): Promise<EngineChoice> {
  const choice = choices.get(asked) ?? (await chooseEngine(asked, { wasmPaths, now }));
  choices.set(asked, choice);
  if (!(await useEngine(choice.engine, wasmPaths))) throw new TrendloomError("engine-unavailable", { engine: choice.engine });
  return choice;
}

type Synthesize = GpuJobs["synthesize"];
type SynthesizeForAudit = GpuJobs["synthesizeForAudit"];

const RACING = {
  stage: "race",
  done: 0,
  total: 1,
  unit: "step",
  engine: null,
  checks: [],
  columns: null,
  preview: null,
} as const satisfies GanProgress;

async function* synthesize(input: Synthesize["input"]): AsyncWork<Synthesize["output"], GanProgress> {
  yield RACING;
  const engine = await takeEngine(input.engine);
  const { table, task } = learning();
  const { train, test } = foldOf(table, task, input);
  const random = createRandom(input.seed).split(`generator ${input.fold}`);
  const settings = { ...DEFAULT_GAN_SETTINGS, ...input.settings };
  const held = input.measure ? test : null;
  const { sampler, report, untrained } = yield* trainGan({
    train,
    test: held,
    keepUntrained: input.measure,
    target: task.target,
    settings,
    engine,
    createEngine: createTfjsEngine,
    random,
    now,
  });
  try {
    const forTraining = await sampler.sample(train.table.nRows, [], random.split("ledger train"));
    const forTesting = await sampler.sample(test.table.nRows, [], random.split("ledger test"));
    const rows = await sampler.sample(input.nRows, input.conditions, random.split("rows"));
    return {
      report: { ...report, effectiveSampleSize: rows.effectiveSampleSize },
      rows: rows.table,
      ledger: { train: forTraining.table, test: forTesting.table },
      untrained,
    };
  } finally {
    sampler.dispose();
  }
}

/** Side B takes no part, not even in deciding when to stop. */
async function* synthesizeForAudit(input: SynthesizeForAudit["input"]): AsyncWork<SynthesizeForAudit["output"], GanProgress> {
  yield RACING;
  const engine = await takeEngine(input.engine);
  const { table, task } = learning();
  const train = auditSides(table, task, input.choice).a;
  const random = createRandom(input.choice.seed).split("audit generator");
  const settings = { ...DEFAULT_GAN_SETTINGS, ...input.settings };
  const { sampler, report, untrained } = yield* trainGan({
    train,
    test: null,
    keepUntrained: true,
    target: task.target,
    settings,
    engine,
    createEngine: createTfjsEngine,
    random,
    now,
  });
  try {
    const { table: rows } = await sampler.sample(train.table.nRows, [], random.split("rows"));
    return { report, rows, untrained: untrained as Table };
  } finally {
    sampler.dispose();
  }
}

const handlers: JobHandlers<GpuJobs> = {
  load(input) {
    kept = input;
    return null;
  },
  async *fitFold({ engine, ...request }) {
    const choice = await takeEngine(engine);
    return yield* fitFold({ ...learning(), request, learner: neuralLearner(request.learner, choice), now });
  },
  synthesize,
  synthesizeForAudit,
};

void serveJobs<GpuJobs>(self, handlers);
