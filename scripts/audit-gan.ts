/**
 * What the generator reaches on a table under the audit's protocol: fitted on half A, compared with half B.
 * `npx tsx scripts/audit-gan.ts FILE --target Churn [--seed 1] [--preset matched] [--steps 1000] [--privacy] [--bounds]`
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { finish, finishAsync } from "../src/core/progress.ts";
import { createRandom } from "../src/core/random.ts";
import { type AuditHalves, auditHalves, auditRows } from "../src/evaluate/audit.ts";
import { isOwnEngine, useEngine } from "../src/gan/backend.ts";
import { createTfjsEngine } from "../src/gan/engine-tfjs.ts";
import { wasmEngineFactory } from "../src/gan/engine-wasm.ts";
import { DEFAULT_GAN_SETTINGS } from "../src/gan/gan.params.ts";
import type { EngineName, GanPreset } from "../src/gan/gan.types.ts";
import { shuffleColumns } from "../src/gan/quality.ts";
import { trainGan } from "../src/gan/train.ts";
import { measurePrivacy } from "../src/metrics/privacy.ts";
import { learningTable } from "../src/structure/learning-table.ts";
import { readCsv } from "../src/table/read-csv.ts";
import type { Table } from "../src/table/table.ts";
import { treeLearner } from "../src/workers/tree-learners.ts";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: "string" },
    seed: { type: "string", default: "1" },
    preset: { type: "string", default: "matched" },
    steps: { type: "string", default: "1000" },
    engine: { type: "string", default: "wasm" },
    privacy: { type: "boolean", default: false },
    bounds: { type: "boolean", default: false },
  },
});

const DIST = new URL("../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
const pathOf = (name: string) => fileURLToPath(new URL(name, DIST));
const wasmPaths = {
  "tfjs-backend-wasm.wasm": pathOf("tfjs-backend-wasm.wasm"),
  "tfjs-backend-wasm-simd.wasm": pathOf("tfjs-backend-wasm-simd.wasm"),
};

const show = (value: number | null) => (value === null ? "-" : value.toFixed(4));

async function report(name: string, rows: Table, halves: AuditHalves, learning: ReturnType<typeof learningTable>, seed: number) {
  const learner = treeLearner("xgboost", { nRounds: 100, maxDepth: 4, learningRate: 0.1 });
  const figures = await finishAsync(auditRows(rows, halves, learning.task, learner, createRandom(seed).split("audit")));
  const parts = [
    `shapes ${show(figures.columnShapes)}`,
    `pairs ${show(figures.pairTrends)}`,
    `signal ${show(figures.pairTrendsSignal)}`,
    `AUC ${show(figures.twoSampleAuc)}`,
    `TSTR ${show(figures.trainSyntheticTestReal)}`,
    `broken ${figures.brokenRows}`,
  ];
  if (flags.privacy) {
    const privacy = finish(measurePrivacy(halves.a.table, halves.b.table, rows, createRandom(seed).split("privacy")));
    const { nearerToTraining, membership, copyShare, copyShareFresh, neighbourRatio, neighbourRatioFresh } = privacy;
    parts.push(
      `nearer ${show(nearerToTraining.value)} [${show(nearerToTraining.low)}, ${show(nearerToTraining.high)}]`,
      `membership ${show(membership.value)}`,
      `copies ${show(copyShare)} (fresh ${show(copyShareFresh)})`,
      `ratio ${show(neighbourRatio)} (fresh ${show(neighbourRatioFresh)})`,
    );
  }
  console.log(`${name.padEnd(12)} ${parts.join("  ")}`);
}

async function main(): Promise<void> {
  const [file] = positionals;
  const seed = Number(flags.seed);
  if (!file || !flags.target || !Number.isInteger(seed)) throw new Error("a file, --target and an integer --seed are needed");
  const bytes = readFileSync(file);
  const { table } = finish(readCsv(new Uint8Array(bytes).buffer));
  const learning = learningTable(table, { target: flags.target, roles: {}, mergeSynonyms: false, nFolds: 2 });
  const random = createRandom(seed);
  const halves = auditHalves(learning.table, learning.task, random, learning.groups);
  if (flags.bounds) {
    await report("ceiling", halves.a.table, halves, learning, seed);
    await report("floor", shuffleColumns(halves.a.table, random.split("floor")), halves, learning, seed);
  }
  const engine = flags.engine as EngineName;
  if (!isOwnEngine(engine) && !(await useEngine(engine, wasmPaths))) throw new Error(`the engine ${engine} does not work here`);
  const {
    sampler,
    report: trained,
    untrained,
  } = await finishAsync(
    trainGan({
      train: halves.a,
      test: null,
      keepUntrained: true,
      target: flags.target,
      settings: { ...DEFAULT_GAN_SETTINGS, preset: flags.preset as GanPreset, nSteps: Number(flags.steps) },
      engine: { engine, why: "asked-for", candidates: [] },
      createEngine: isOwnEngine(engine) ? wasmEngineFactory(engine === "wasm-exact") : createTfjsEngine,
      random: random.split("generator"),
      now: () => performance.now(),
    }),
  );
  const { table: rows } = await sampler.sample(halves.a.table.nRows, [], random.split("rows"));
  if (untrained) await report("step 0", untrained, halves, learning, seed);
  await report(flags.preset, rows, halves, learning, seed);
  console.log(
    `best step ${trained.bestStep} of ${trained.steps} (${trained.stoppedBy}), ${trained.msPerStep.toFixed(1)} ms a step, ` +
      `${trained.seconds.toFixed(1)} s; blocks ${JSON.stringify(trained.blocks)}`,
  );
  sampler.dispose();
}

await main();
