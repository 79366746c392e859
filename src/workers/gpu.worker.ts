import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { TrendloomError } from "../core/errors.ts";
import type { AsyncWork } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { auditSides } from "../evaluate/audit.ts";
import { fitFold } from "../evaluate/fit-fold.ts";
import { foldOf } from "../evaluate/fold-of.ts";
import { drawForLedger } from "../evaluate/ledger-draws.ts";
import { chooseEngine, isOwnEngine, useEngine } from "../gan/backend.ts";
import type { EngineFactory, NetworkShape } from "../gan/engine.ts";
import { deviceLoss, failOnLoss } from "../gan/engine-loss.ts";
import { createTfjsEngine } from "../gan/engine-tfjs.ts";
import { wasmEngineFactory } from "../gan/engine-wasm.ts";
import { DEFAULT_GAN_SETTINGS } from "../gan/gan.params.ts";
import type { EngineChoice, EngineName, GanProgress } from "../gan/gan.types.ts";
import { isSharingFaster } from "../gan/race.ts";
import { trainGan } from "../gan/train.ts";
import { unpack } from "../rpc/parcel.ts";
import { handOver, type JobHandlers, serveJobs } from "../rpc/serve.ts";
import { trainOnAll } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import { portHelpers } from "./gan-port.ts";
import type { GpuJobs } from "./gpu.jobs.ts";
import type { LearningTable } from "./learn.jobs.ts";
import { neuralLearner } from "./neural-learner.ts";

const wasmPaths = { "tfjs-backend-wasm.wasm": wasmUrl, "tfjs-backend-wasm-simd.wasm": wasmSimdUrl };
const now = () => performance.now();

let kept: LearningTable | null = null;
/** One race in a worker's life for each wish: the machine does not change. */
const choices = new Map<EngineName | "auto", EngineChoice>();
/** Shapes whose steps were faster over threads. One that was not may have met a busy moment, and is raced again. */
const sharedShapes = new Set<string>();

function learning(): LearningTable {
  if (!kept) throw new Error("no learning table was loaded");
  return kept;
}

async function takeEngine(asked: EngineName | "auto", lost: readonly EngineName[] = []): Promise<EngineChoice> {
  const choice = choices.get(asked) ?? (await chooseEngine(asked, { wasmPaths, now }));
  choices.set(asked, choice);
  if (!lost.includes(choice.engine)) return choice;
  const left = choice.candidates.filter(({ name, msPerStep }) => msPerStep !== null && !lost.includes(name));
  left.sort((a, b) => (a.msPerStep ?? 0) - (b.msPerStep ?? 0));
  return { ...choice, engine: left[0]?.name ?? "wasm", why: "engine-lost" };
}

async function useBackend({ engine }: EngineChoice): Promise<void> {
  if (!(await useEngine(engine, wasmPaths))) throw new TrendloomError("engine-unavailable", { engine });
}

/** Our own engine. Other threads help where that is faster. */
async function ownFactory(isExact: boolean, ports: readonly MessagePort[], shape: NetworkShape): Promise<EngineFactory> {
  const alone = wasmEngineFactory(isExact);
  if (ports.length === 0) return alone;
  const shared = wasmEngineFactory(isExact, portHelpers(ports));
  const { batchSize, hidden, latentDim } = shape;
  const key = [isExact, ports.length, batchSize, hidden, latentDim].join(" ");
  if (!sharedShapes.has(key)) {
    if (!(await isSharingFaster(alone, shared, shape, now))) return alone;
    sharedShapes.add(key);
  }
  return shared;
}

/** Makes engines of the chosen kind, which give up once a graphics device is lost. */
async function engineFactory(
  choice: EngineChoice,
  ports: readonly MessagePort[],
  shape: NetworkShape = DEFAULT_GAN_SETTINGS,
): Promise<EngineFactory> {
  const { engine } = choice;
  if (isOwnEngine(engine)) return ownFactory(engine === "wasm-exact", ports, shape);
  await useBackend(choice);
  return failOnLoss(engine, createTfjsEngine, deviceLoss(engine));
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
  const engine = await takeEngine(input.engine, input.lost);
  const { table, task } = learning();
  const { fold: index, nFolds, seed } = input;
  const fold = index === null ? null : foldOf(learning(), { fold: index, nFolds, seed });
  const train = fold?.train ?? trainOnAll(table);
  const stream = `generator ${index ?? "of all rows"}`;
  const random = createRandom(seed).split(stream);
  const settings = { ...DEFAULT_GAN_SETTINGS, ...input.settings };
  const held = (input.measure && fold?.test) || null;
  const { sampler, report, untrained, describe } = yield* trainGan({
    train,
    test: held,
    keepUntrained: input.measure,
    target: task.target,
    settings,
    conditions: input.conditions,
    engine,
    createEngine: await engineFactory(engine, input.ports, settings),
    resume: input.resume ?? undefined,
    random,
    now,
  });
  try {
    const rows = await sampler.sample(input.nRows, input.conditions, random.split("rows"));
    return {
      report: { ...report, effectiveSampleSize: rows.effectiveSampleSize },
      rows: rows.table,
      draws: fold && input.draws ? await drawForLedger(sampler, fold, task, input.draws, random.split("ledger")) : [],
      nHeldOut: fold?.test.table.nRows ?? 0,
      untrained,
      generator: input.measure ? await describe({ seed, stream }) : null,
    };
  } finally {
    sampler.dispose();
  }
}

/** Side B takes no part, not even in deciding when to stop. */
async function* synthesizeForAudit(input: SynthesizeForAudit["input"]): AsyncWork<SynthesizeForAudit["output"], GanProgress> {
  yield RACING;
  const engine = await takeEngine(input.engine, input.lost);
  const { task } = learning();
  const train = auditSides(learning(), input.choice).a;
  const random = createRandom(input.choice.seed).split("audit generator");
  const settings = { ...DEFAULT_GAN_SETTINGS, ...input.settings };
  const { sampler, report, untrained } = yield* trainGan({
    train,
    test: null,
    keepUntrained: true,
    target: task.target,
    settings,
    engine,
    createEngine: await engineFactory(engine, []),
    resume: input.resume ?? undefined,
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
  async load(parcel) {
    kept = await unpack(parcel);
    return null;
  },
  async *fitFold({ engine, ...request }) {
    const choice = await takeEngine(engine);
    await useBackend(choice);
    const learner = neuralLearner(request.learner, choice, request.quick);
    const result = yield* fitFold({ ...learning(), request, learner, now });
    return handOver(result, [result.predictions, result.testIndex]);
  },
  synthesize,
  synthesizeForAudit,
};

void serveJobs<GpuJobs>(self, handlers);
