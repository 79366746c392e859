import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { useEngine } from "../../../src/gan/backend.ts";
import type { EngineFactory } from "../../../src/gan/engine.ts";
import { createTfjsEngine } from "../../../src/gan/engine-tfjs.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { DEFAULT_GAN_SETTINGS } from "../../../src/gan/gan.params.ts";
import type { GanCheckpoint, GanProgress, GanReport, GanSettings } from "../../../src/gan/gan.types.ts";
import { type GanInput, type GanOutput, trainGan } from "../../../src/gan/train.ts";
import { brokenRowShare } from "../../../src/metrics/legal-cells.ts";
import { splitFold } from "../../../src/table/split-rows.ts";
import { getColumn, type Table } from "../../../src/table/table.ts";
import { plantedTable } from "./tables.ts";
import { WASM_PATHS } from "./wasm-paths.ts";

await useEngine("wasm", WASM_PATHS);

const table = plantedTable(600);
const { train, test } = splitFold(table, "plan", 3, 0, createRandom(1));
const small: GanSettings = { ...DEFAULT_GAN_SETTINGS, nSteps: 60, batchSize: 40, hidden: 16, latentDim: 6 };

function input(settings: Partial<GanSettings> = {}, rest: Partial<GanInput> = {}): GanInput {
  let clock = 0;
  return {
    train,
    test,
    keepUntrained: false,
    target: "plan",
    settings: { ...small, ...settings },
    engine: { engine: "wasm", why: "asked-for", candidates: [] },
    createEngine: createTfjsEngine,
    random: createRandom(3),
    now: () => ++clock,
    ...rest,
  };
}

function levelsOf(made: Table, name: string): Set<string> {
  const column = getColumn(made, name);
  if (column.kind !== "categorical") throw new Error(`${name} is categorical`);
  return new Set(Array.from(column.codes, (code) => column.levels[code] ?? ""));
}

/** Mean spend of the rows with a plan; 80 more for gold in the planted table. */
function meanSpend(made: Table, plan: string): number {
  const spend = getColumn(made, "spend");
  const plans = getColumn(made, "plan");
  if (spend.kind !== "numeric" || plans.kind !== "categorical") throw new Error("spend is numeric, plan is not");
  const values = spend.values.filter((value, row) => !Number.isNaN(value) && plans.levels[plans.codes[row]] === plan);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("trainGan", () => {
  it.each([
    [{ column: "city", value: "Rareville" }, "condition-impossible"],
    [{ column: "spend", value: "900..1000" }, "condition-too-rare"],
  ])("refuses %j before it makes an engine", async (condition, code) => {
    let nEngines = 0;
    const createEngine: EngineFactory = (...given) => {
      nEngines++;
      return createTfjsEngine(...given);
    };
    const work = trainGan(input({}, { conditions: [condition], createEngine }));
    await expect(finishAsync(work)).rejects.toMatchObject({ code });
    expect(nEngines).toBe(0);
  });

  it("learns a planted association, breaks no rule and never emits a rare value", async () => {
    const { sampler, report } = await finishAsync(trainGan(input({ nSteps: 300, batchSize: 100, hidden: 32, patience: 100 })));
    expect(report.blocks).toEqual([["plan", "perk"]]);
    expect(report.fidelity.gan.brokenRows).toBe(0);
    expect(report.fidelity.floor.brokenRows).toBeGreaterThan(0.1);
    expect(report.fidelity.gan.pairTrendsSignal).toBeGreaterThan(report.fidelity.ganStep0.pairTrendsSignal);
    expect(report.fidelity.gan.columnShapes).toBeGreaterThan(0.9);
    expect(report.nSignalPairs).toBeGreaterThan(0);
    const { table: made } = await sampler.sample(500, [], createRandom(9));
    expect(made.nRows).toBe(500);
    expect(brokenRowShare([{ a: "plan", b: "perk", expected: 99, empty: [["basic", "lounge"]] }], made)).toBe(0);
    expect(levelsOf(made, "city")).not.toContain("Rareville");
    expect(meanSpend(made, "gold") - meanSpend(made, "basic")).toBeGreaterThan(40);
    const age = getColumn(made, "age");
    if (age.kind === "numeric") expect(Math.max(...age.values)).toBeLessThan(100);
    sampler.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  it("samples exactly under conditions, and refuses what was never seen", async () => {
    const { sampler } = await finishAsync(trainGan(input()));
    const conditions = [
      { column: "plan", value: "gold" },
      { column: "city", value: "Hue" },
    ];
    const { table: made, effectiveSampleSize } = await sampler.sample(200, conditions, createRandom(4));
    expect(levelsOf(made, "plan")).toEqual(new Set(["gold"]));
    expect(levelsOf(made, "city")).toEqual(new Set(["Hue"]));
    expect(effectiveSampleSize).toBeGreaterThan(0);
    expect(effectiveSampleSize).toBeLessThanOrEqual(200);
    const refused = async (column: string, value: string) =>
      expect(
        sampler.sample(
          5,
          [
            { column: "perk", value: "lounge" },
            { column, value },
          ],
          createRandom(4),
        ),
      ).rejects.toMatchObject({ code: "condition-impossible" });
    await refused("plan", "basic");
    await refused("plan", "no such plan");
    await refused("city", "Rareville");
    await refused("no such column", "x");
    const spend = getColumn(train.table, "spend");
    const seen = spend.kind === "numeric" ? spend.values[17] : Number.NaN;
    const exact = await sampler.sample(20, [{ column: "spend", value: String(seen) }], createRandom(4));
    const column = getColumn(exact.table, "spend");
    if (column.kind === "numeric") expect(new Set(column.values)).toEqual(new Set([seen]));
    sampler.dispose();
  });

  it("gives the same rows for the same seed, and reports every step", async () => {
    const run = async () => {
      const events: GanProgress[] = [];
      const work = trainGan(input({ nSteps: 45 }));
      for (;;) {
        const next = await work.next();
        if (!next.done) {
          events.push(next.value);
          continue;
        }
        const { table: made } = await next.value.sampler.sample(50, [], createRandom(2));
        next.value.sampler.dispose();
        return { events, made, report: next.value.report };
      }
    };
    const [first, second] = [await run(), await run()];
    expect(first.made).toEqual(second.made);
    expect(first.report.history).toEqual(second.report.history);
    expect(first.events.filter(({ stage }) => stage === "train").map(({ done }) => done)).toEqual([...Array(46).keys()]);
    const preview = first.events.find((event) => event.preview !== null)?.preview;
    expect(preview?.columns).toEqual(table.columns.map(({ name }) => name));
    expect(preview?.rows).toHaveLength(8);
    expect(first.report.history.map(({ step }) => step)).toEqual([0, 40, 45]);
  });

  it.each([
    ["TensorFlow.js", createTfjsEngine],
    ["our own engine", wasmEngineFactory(true)],
  ] as const)(
    "goes on from a checkpoint, in a fresh engine, to the very rows of a run that was never cut off: %s",
    async (_, createEngine) => {
      const slow = () => {
        let clock = 0;
        return () => (clock += 400);
      };
      const settings = { nSteps: 50, patience: 100 };
      const checkpoints: GanCheckpoint[] = [];
      const whole = trainGan(input(settings, { createEngine, now: slow() }));
      let finished: GanOutput | null = null;
      while (!finished) {
        const next = await whole.next();
        if (next.done) finished = next.value;
        else if (next.value.checkpoint) checkpoints.push(next.value.checkpoint);
      }
      expect(checkpoints.length).toBeGreaterThan(3);
      const expected = (await finished.sampler.sample(80, [], createRandom(2))).table;
      finished.sampler.dispose();
      for (const resume of [checkpoints[0], checkpoints[3]]) {
        expect(resume.step).toBeLessThan(50);
        const { sampler, report } = await finishAsync(
          trainGan(input(settings, { createEngine, resume: structuredClone(resume) })),
        );
        expect((await sampler.sample(80, [], createRandom(2))).table).toEqual(expected);
        const measured = (of: GanReport) =>
          of.history.map(({ step, columnShapes, pairTrendsSignal }) => [step, columnShapes, pairTrendsSignal]);
        expect(measured(report)).toEqual(measured(finished.report));
        // Our engine keeps the losses that were not read yet, so that their means are the same too.
        if (createEngine !== createTfjsEngine) expect(report.history).toEqual(finished.report.history);
        expect(report.bestStep).toBe(finished.report.bestStep);
        sampler.dispose();
      }
      expect(tf.memory().numTensors).toBe(0);
    },
  );

  it("refuses a checkpoint of another network", async () => {
    const values = new Float32Array(7);
    const weights = { generator: values, average: values, critic: values };
    const best = { weights, quality: 0, step: 0, checksSince: 0 };
    const resume: GanCheckpoint = { step: 10, weights, best, nFailures: 0, recognised: 0, history: [] };
    await expect(finishAsync(trainGan(input({}, { resume })))).rejects.toMatchObject({ code: "checkpoint-unusable" });
    expect(tf.memory().numTensors).toBe(0);
  });

  it.each([1, 3, 30])("leaves no tensor behind when cancelled after %d events", async (nEvents) => {
    const work = trainGan(input());
    for (let i = 0; i < nEvents; i++) await work.next();
    await work.return(undefined as never);
    expect(tf.memory().numTensors).toBe(0);
  });

  it.each(["adversarial", "matching"] as const)("trains the preset %s with its own losses alone", async (preset) => {
    const { sampler, report } = await finishAsync(trainGan(input({ preset, nSteps: 20 }, { test: null })));
    const { criticLoss, marginalLoss, generatorLoss } = report.history[1];
    expect(criticLoss === 0).toBe(preset === "matching");
    expect(marginalLoss === 0).toBe(preset === "adversarial");
    expect(Number.isFinite(generatorLoss)).toBe(true);
    sampler.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  it("goes back to the best weights at half the rate when losses are no numbers, three times at most", async () => {
    const rates: number[] = [];
    let nLoads = 0;
    const failing: EngineFactory = (...given) => {
      const engine = createTfjsEngine(...given);
      let nReads = 0;
      return {
        ...bind(engine),
        step(batch, rate) {
          rates.push(rate);
          engine.step(batch, rate);
        },
        async readLosses() {
          const losses = await engine.readLosses();
          return nReads++ === 0 ? losses : { ...losses, critic: Number.NaN };
        },
        load(weights) {
          nLoads++;
          engine.load(weights);
        },
      };
    };
    const work = trainGan(input({ nSteps: 200 }, { createEngine: failing }));
    await expect(finishAsync(work)).rejects.toMatchObject({ code: "training-diverged", details: { step: 160 } });
    expect(nLoads).toBe(3);
    expect(rates[40] / rates[39]).toBeLessThan(0.51);
    expect(tf.memory().numTensors).toBe(0);
  });
});

/** An engine's methods, free of `this`, so that some can be replaced. */
function bind(engine: ReturnType<EngineFactory>): ReturnType<EngineFactory> {
  return {
    step: (...given) => engine.step(...given),
    readLosses: () => engine.readLosses(),
    probabilities: (...given) => engine.probabilities(...given),
    calibrate: (...given) => engine.calibrate(...given),
    save: () => engine.save(),
    load: (weights) => engine.load(weights),
    dispose: () => engine.dispose(),
  };
}
