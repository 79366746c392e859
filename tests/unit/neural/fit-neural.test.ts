import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitNeural } from "../../../src/neural/fit-neural.ts";
import { defaultNeuralParams } from "../../../src/neural/neural.params.ts";
import { splitFold, trainOnAll } from "../../../src/table/split-rows.ts";
import { type Table, takeRows } from "../../../src/table/table.ts";
import { classCodes, makeTask, targetValues } from "../../../src/table/task.ts";

/** 600 rows: class "b" when (x > 0) ≠ (colour is red), which no additive model can tell; y = 3x + 5·[red]. */
function plantedTable(nRows = 600): Table {
  const random = createRandom(11);
  const x = Float64Array.from({ length: nRows }, () => random.normal());
  const colour = Int32Array.from({ length: nRows }, () => random.integer(2));
  const label = Int32Array.from(x, (value, row) => (value > 0 !== (colour[row] === 0) ? 1 : 0));
  const y = Float64Array.from(x, (value, row) => 3 * value + (colour[row] === 0 ? 5 : 0) + 0.1 * random.normal());
  return {
    nRows,
    columns: [
      { kind: "numeric", name: "x", type: "numeric", values: x.map((v, row) => (row % 50 === 0 ? Number.NaN : v)), step: 0.001 },
      { kind: "categorical", name: "colour", type: "categorical", codes: colour, levels: ["red", "blue"] },
      { kind: "categorical", name: "label", type: "categorical", codes: label, levels: ["a", "b"] },
      { kind: "numeric", name: "y", type: "numeric", values: y, step: 0.001 },
    ],
  };
}

const table = plantedTable();
const roleOf = (without: string) => (name: string) => (name === without ? ("ignore" as const) : ("feature" as const));
const classification = makeTask(table, "label", roleOf("y"), 3);
const regression = makeTask(table, "y", roleOf("label"), 3);

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("fitNeural", () => {
  async function accuracy(kind: "softmax" | "neural"): Promise<number> {
    if (classification.kind !== "classification") throw new Error("a classification task");
    const { train, test } = splitFold(table, "label", 3, 0, createRandom(5));
    const model = await finishAsync(
      fitNeural(train, classification, { ...defaultNeuralParams(kind), maxEpochs: 60 }, createRandom(1)),
    );
    const shares = model.predict(test.table);
    const codes = classCodes(test.table, classification);
    return codes.reduce((n, code, row) => n + (shares[2 * row + code] > 0.5 ? 1 : 0), 0) / codes.length;
  }

  it("learns with hidden units what softmax regression cannot", async () => {
    expect(await accuracy("neural")).toBeGreaterThan(0.9);
    expect(await accuracy("softmax")).toBeLessThan(0.65);
    expect(tf.memory().numTensors).toBe(0);
  });

  it("predicts a number in its own unit", async () => {
    if (regression.kind !== "regression") throw new Error("a regression task");
    const { train, test } = splitFold(table, "y", 3, 0, createRandom(5));
    const model = await finishAsync(
      fitNeural(train, regression, { ...defaultNeuralParams("softmax"), maxEpochs: 150 }, createRandom(1)),
    );
    const predicted = model.predict(test.table);
    const truth = targetValues(test.table, regression);
    const complete = [...truth.keys()].filter((row) => {
      const column = test.table.columns[0];
      return column.kind === "numeric" && !Number.isNaN(column.values[row]);
    });
    const meanError = complete.reduce((sum, row) => sum + Math.abs(predicted[row] - truth[row]), 0) / complete.length;
    expect(meanError).toBeLessThan(0.6);
  });

  it("gives the same model for the same seed, and probabilities that sum to 1", async () => {
    const fitOnce = () =>
      finishAsync(
        fitNeural(trainOnAll(table), classification, { ...defaultNeuralParams("neural"), maxEpochs: 3 }, createRandom(2)),
      );
    const [first, second] = [(await fitOnce()).predict(table), (await fitOnce()).predict(table)];
    expect(first).toEqual(second);
    for (let row = 0; row < 20; row++) expect(first[2 * row] + first[2 * row + 1]).toBeCloseTo(1, 12);
  });

  it("takes levels it never saw and releases its tensors when cancelled", async () => {
    const model = await finishAsync(
      fitNeural(trainOnAll(table), classification, { ...defaultNeuralParams("softmax"), maxEpochs: 2 }, createRandom(2)),
    );
    const strange = takeRows(table, Int32Array.of(1, 2));
    const columns = strange.columns.map((column) =>
      column.kind === "categorical" && column.name === "colour"
        ? { ...column, codes: Int32Array.of(0, -1), levels: ["green"] }
        : column,
    );
    expect([...model.predict({ nRows: 2, columns })].every(Number.isFinite)).toBe(true);
    const work = fitNeural(trainOnAll(table), classification, defaultNeuralParams("neural"), createRandom(2));
    await work.next();
    await work.next();
    await work.return(undefined as never);
    expect(tf.memory().numTensors).toBe(0);
  });
});
