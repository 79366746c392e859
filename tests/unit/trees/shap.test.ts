import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { allRows, takeRows } from "../../../src/table/table.ts";
import { type BinnedTable, binTable } from "../../../src/trees/bin-mapper.ts";
import { sigmoid } from "../../../src/trees/losses.ts";
import { TreeExplainer } from "../../../src/trees/shap.ts";
import type { TreeModel } from "../../../src/trees/tree-model.ts";
import { explainedOutputs, fitBoth, mixedTable, mixedTask, predictModel, REAL_TABLES } from "./explained-models.ts";
import { shapleyByPaths, shapleyBySubsets } from "./shapley-twins.ts";

/** Values (nOutputs × nRows × nFeatures) by a twin. */
function valuesOf(twin: typeof shapleyByPaths, model: TreeModel, binned: BinnedTable, nOutputs: number): Float64Array {
  const { nRows, nFeatures } = binned;
  const values = new Float64Array(nOutputs * nRows * nFeatures);
  for (let row = 0; row < nRows; row++) {
    twin(model, binned, row, (output, feature, value) => {
      values[(output * nRows + row) * nFeatures + feature] += value;
    });
  }
  return values;
}

const farthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);

/** Largest distance of base + Σ values from the model's output. */
function gapOf(explainer: TreeExplainer, values: Float64Array, outputs: Float64Array, nFeatures: number): number {
  const nRows = outputs.length / explainer.base.length;
  const sums = outputs.map((_, at) =>
    values
      .subarray(at * nFeatures, (at + 1) * nFeatures)
      .reduce((sum, value) => sum + value, explainer.base[Math.floor(at / nRows)]),
  );
  return farthest(sums, outputs);
}

describe.each(["two", "three", "number"] as const)("TreeExplainer on a mixed table, target %s", (target) => {
  const rows = mixedTable(300, createRandom(11));
  const task = mixedTask(rows, target);
  const some = takeRows(rows, allRows(12));

  test.each(fitBoth(rows, task, 5, 4))("$kind: exactly the Shapley values of the definition", (model) => {
    const explainer = new TreeExplainer(model);
    const binned = binTable(model.mapper, some);
    const values = finish(explainer.explain(binned));
    expect(farthest(values, valuesOf(shapleyBySubsets, model, binned, explainer.base.length))).toBeLessThan(1e-12);
    expect(gapOf(explainer, values, explainedOutputs(model, some), binned.nFeatures)).toBeLessThan(1e-12);
    expect(values.some((value) => Math.abs(value) > 0.01)).toBe(true);
  });
});

describe.each(REAL_TABLES)("TreeExplainer on $name", ({ real }) => {
  const models = real ? fitBoth(real.table, real.task, 3, 6) : [];

  test.skipIf(!real).for(models.length > 0 ? models : [null])("local accuracy and the paths' own values", (model) => {
    if (!real || !model) return;
    const explainer = new TreeExplainer(model);
    const some = takeRows(
      real.table,
      allRows(60).map((i) => i * 60),
    );
    const binned = binTable(model.mapper, some);
    const values = finish(explainer.explain(binned));
    const outputs = explainedOutputs(model, some);
    expect(gapOf(explainer, values, outputs, binned.nFeatures)).toBeLessThan(1e-9);
    const predicted = predictModel(model, some);
    if (model.kind === "random-forest" && explainer.base.length > 1) {
      const { length: nClasses } = explainer.base;
      expect(
        farthest(
          predicted,
          predicted.map((_, at) => outputs[(at % nClasses) * 60 + Math.floor(at / nClasses)]),
        ),
      ).toBeLessThan(1e-12);
    }
    if (explainer.base.length === 1) {
      const shown = model.kind === "random-forest" ? outputs : outputs.map(sigmoid);
      expect(
        farthest(
          shown,
          predicted.filter((_, at) => at % 2 === 1),
        ),
      ).toBeLessThan(1e-12);
    }
    const three = binTable(model.mapper, takeRows(some, allRows(3)));
    const own = finish(explainer.explain(three));
    expect(farthest(own, valuesOf(shapleyByPaths, model, three, explainer.base.length))).toBeLessThan(1e-11);
  });
});

test("the same model gives the same bytes, row by row or together", () => {
  const rows = mixedTable(120, createRandom(2));
  const [model] = fitBoth(rows, mixedTask(rows, "three"), 1, 3);
  const explainer = new TreeExplainer(model);
  const all = finish(explainer.explain(binTable(model.mapper, rows)));
  expect(finish(new TreeExplainer(model).explain(binTable(model.mapper, rows)))).toEqual(all);
  const one = finish(explainer.explain(binTable(model.mapper, takeRows(rows, Int32Array.of(7)))));
  for (let output = 0; output < 3; output++) {
    const at = (output * 120 + 7) * 4;
    expect([...one.subarray(output * 4, output * 4 + 4)]).toEqual([...all.subarray(at, at + 4)]);
  }
});

test("a value that no training row had at a node still adds up", () => {
  const rows = mixedTable(80, createRandom(9));
  for (const model of fitBoth(rows, mixedTask(rows, "two"), 4, 5)) {
    const strange = takeRows(mixedTable(40, createRandom(77)), allRows(40));
    const explainer = new TreeExplainer(model);
    const binned = binTable(model.mapper, strange);
    const values = finish(explainer.explain(binned));
    expect(gapOf(explainer, values, explainedOutputs(model, strange), 4)).toBeLessThan(1e-12);
  }
});
