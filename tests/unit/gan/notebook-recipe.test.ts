import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitNotebookGan } from "../../../src/gan/notebook-recipe.ts";
import { adamStep, addGradients, createDense, forward, passBelow } from "../../../src/gan/plain-network.ts";
import type { SampleResult } from "../../../src/samplers/sampler.ts";
import { cellText, type NumericColumn } from "../../../src/table/table.ts";
import { categorical, trainRows } from "../support/make-table.ts";

describe("a dense layer", () => {
  const random = createRandom(1);
  const inputs = Float64Array.from({ length: 12 }, () => random.normal());
  /** Half the sum of squared outputs: its gradient by an output is the output. */
  const loss = (layer: ReturnType<typeof createDense>, at: Float64Array) =>
    forward(layer, at).reduce((sum, value) => sum + value ** 2 / 2, 0);

  test("has the gradients that finite differences give", () => {
    const layer = createDense(4, 3, random.split("layer"));
    const outputs = forward(layer, inputs);
    addGradients(layer, inputs, outputs);
    const below = passBelow(layer, outputs);
    const slope = (values: Float64Array, i: number): number => {
      const kept = values[i];
      const [high, low] = [1e-6, -1e-6].map((step) => {
        values[i] = kept + step;
        return loss(layer, inputs);
      });
      values[i] = kept;
      return (high - low) / 2e-6;
    };
    layer.gradients.forEach((gradient, i) => {
      expect(gradient).toBeCloseTo(slope(layer.parameters, i), 6);
    });
    below.forEach((gradient, i) => {
      expect(gradient).toBeCloseTo(slope(inputs, i), 6);
    });
  });

  test("gets better with steps, each of which begins anew", () => {
    const layer = createDense(4, 3, random.split("learning"));
    const start = loss(layer, inputs);
    for (let step = 0; step < 200; step++) {
      addGradients(layer, inputs, forward(layer, inputs));
      adamStep(layer);
      expect(layer.gradients.every((gradient) => gradient === 0)).toBe(true);
    }
    expect(loss(layer, inputs)).toBeLessThan(0.9 * start);
  });
});

describe("the notebook's GAN", () => {
  const sizes = ["S", "M", "L", "XL", null];
  const values = Array.from({ length: 60 }, (_, row) => 2.5 + (row % 26) / 10);
  const rating: NumericColumn = {
    kind: "numeric",
    name: "rating",
    type: "numeric",
    values: Float64Array.from(values),
    step: 0.1,
  };
  const train = trainRows(
    categorical(
      "size",
      values.map((_, row) => sizes[row % 5]),
    ),
    rating,
  );
  const draw = (seed: number) => {
    const sampler = finish(fitNotebookGan(train, 60, createRandom(seed)));
    return (sampler.sample(200, [], createRandom(9)) as SampleResult).table;
  };

  test("makes rows of known values, the same for a seed", () => {
    const made = draw(1);
    expect(made.nRows).toBe(200);
    const seen = train.table.columns.map((column) => new Set(values.map((_, row) => cellText(column, row))));
    made.columns.forEach((column, i) => {
      for (let row = 0; row < 200; row++) expect(seen[i]).toContain(cellText(column, row));
    });
    expect(draw(1)).toEqual(made);
    expect(draw(2)).not.toEqual(made);
  });

  test("takes no conditions", () => {
    const sampler = finish(fitNotebookGan(train, 1, createRandom(1)));
    expect(() => sampler.sample(1, [{ column: "size", value: "M" }], createRandom(1))).toThrow("size = M");
  });
});
