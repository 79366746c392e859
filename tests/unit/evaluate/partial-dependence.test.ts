import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { partialDependence, quantileGrid } from "../../../src/evaluate/partial-dependence.ts";
import { type CategoricalColumn, getColumn, type NumericColumn, type Table } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const random = createRandom(8);
const x = Array.from({ length: 150 }, (_, row) => (row % 10 === 0 ? null : random.integer(40)));
const plan = Array.from({ length: 150 }, (_, row) => ["a", "b", "b", "c", "c", "c"][row % 6]);
const rows = table(numeric("x", x), categorical("plan", plan, ["a", "b", "c", "unused"]));
const regression: Task = { kind: "regression", target: "y", features: ["x", "plan"] };
const effects = [10, 20, 30, 99];

/** x² (0 where missing) plus the plan's effect. */
const value = (given: Table): Float64Array => {
  const numbers = (getColumn(given, "x") as NumericColumn).values;
  const { codes } = getColumn(given, "plan") as CategoricalColumn;
  return numbers.map((number, row) => (Number.isNaN(number) ? 0 : number ** 2) + effects[codes[row]]);
};
const meanEffect = (10 * 25 + 20 * 50 + 30 * 75) / 150;

describe("partialDependence", () => {
  const [onX, onPlan] = finish(partialDependence({ predict: value }, rows, regression, ["x", "plan"]));

  test("gives back what the model adds for a number, at no more than 20 places", () => {
    expect(onX).toMatchObject({ feature: "x", kind: "numeric", output: "y" });
    expect(onX.grid.length).toBeLessThanOrEqual(20);
    onX.grid.forEach((place, at) => {
      expect(onX.mean[at]).toBeCloseTo(Number(place) ** 2 + meanEffect, 9);
    });
  });

  test("curves are those of single rows", () => {
    expect(onX.curves).toHaveLength(60 * onX.grid.length);
    for (let curve = 0; curve < 60; curve++) {
      const row = Math.floor((curve * 150) / 60);
      onX.grid.forEach((place, at) => {
        const effect = effects[["a", "b", "c"].indexOf(plan[row])];
        expect(onX.curves[curve * onX.grid.length + at]).toBe(Number(place) ** 2 + effect);
      });
    }
  });

  test("categories stand by count, those that do not occur are left out", () => {
    expect(onPlan.grid).toEqual(["c", "b", "a"]);
    const rest = onPlan.mean[0] - 30;
    expect([...onPlan.mean]).toEqual([rest + 30, rest + 20, rest + 10].map((sum) => expect.closeTo(sum, 9)));
  });

  test("classes have an entry each; of two classes the second alone", () => {
    const classify = (nClasses: number) => (given: Table) => {
      const sums = value(given);
      return new Float64Array(sums.length * nClasses).map((_, at) => sums[Math.floor(at / nClasses)] + 1000 * (at % nClasses));
    };
    const task = (classes: string[]): Task => ({ kind: "classification", target: "y", features: ["x", "plan"], classes });
    const three = finish(partialDependence({ predict: classify(3) }, rows, task(["p", "q", "r"]), ["plan"]));
    expect(three.map(({ output }) => output)).toEqual(["p", "q", "r"]);
    expect(three[2].mean[0] - three[0].mean[0]).toBeCloseTo(2000, 9);
    const two = finish(partialDependence({ predict: classify(2) }, rows, task(["p", "q"]), ["plan"]));
    expect(two.map(({ output }) => output)).toEqual(["q"]);
    expect(two[0].mean[0]).toBeCloseTo(three[1].mean[0], 9);
  });
});

describe("quantileGrid", () => {
  test("few distinct values all stand, missing ones never", () => {
    expect(quantileGrid(Float64Array.of(3, Number.NaN, 1, 3, 2, -1), 20)).toEqual([-1, 1, 2, 3]);
  });

  test("many are thinned to quantiles from least to greatest", () => {
    const grid = quantileGrid(
      Float64Array.from({ length: 1000 }, (_, i) => i ** 2),
      20,
    );
    expect(grid).toHaveLength(20);
    expect([grid[0], grid[19]]).toEqual([0, 999 ** 2]);
    expect(grid[10]).toBe(Math.round((10 * 999) / 19) ** 2);
  });

  test("a value that most rows hold stands once", () => {
    const grid = quantileGrid(
      Float64Array.from({ length: 1000 }, (_, i) => Math.max(0, i - 900)),
      20,
    );
    expect(new Set(grid).size).toBe(grid.length);
    expect(grid.length).toBeLessThan(20);
  });
});
