import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { type CategoricalColumn, getColumn, type NumericColumn, type Table } from "../../../src/table/table.ts";
import { type BinMapper, binTable } from "../../../src/trees/bin-mapper.ts";
import { decisionPath, type TreePath } from "../../../src/trees/decision-path.ts";
import { leafOf } from "../../../src/trees/predict.ts";
import type { RandomForestModel } from "../../../src/trees/random-forest.ts";
import { type Split, TreeBuilder } from "../../../src/trees/tree.ts";
import { modelSum } from "../../../src/trees/tree-model.ts";
import { categorical, numeric, table } from "../support/make-table.ts";
import { fitBoth, mixedTable, mixedTask } from "./explained-models.ts";

/** Whether a row meets every condition. */
function meets(rows: Table, row: number, { steps }: TreePath): boolean {
  return steps.every(({ feature, kind, threshold, values }) => {
    const column = getColumn(rows, feature);
    const number = Math.fround((column as NumericColumn).values?.[row]);
    const level = (column as CategoricalColumn).levels?.[(column as CategoricalColumn).codes[row]];
    const isMissing = column.kind === "numeric" ? Number.isNaN(number) : level === undefined;
    if (kind === "missing") return isMissing;
    if (isMissing) return false;
    if (kind === "in") return values.includes(level);
    if (kind === "present") return true;
    return kind === "below" ? number < Number(threshold) : number >= Number(threshold);
  });
}

describe.each(["two", "three", "number"] as const)("decisionPath, target %s", (target) => {
  const rows = mixedTable(250, createRandom(6));

  test.each(fitBoth(rows, mixedTask(rows, target), 8, 3))(
    "$kind: a row meets its own path, and rows that meet it share its leaf",
    (model) => {
      const binned = binTable(model.mapper, rows);
      for (const share of modelSum(model).shares.slice(0, 3)) {
        for (let row = 0; row < 40; row++) {
          const path = decisionPath(model, share, binned, row);
          expect(meets(rows, row, path)).toBe(true);
          const leaf = leafOf(share.tree, binned, row);
          expect(path.added).toHaveLength(share.nColumns);
          expect(path.added[0]).toBe(share.scale * share.tree.values[leaf * share.tree.nOutputs + share.column]);
          for (let other = 0; other < rows.nRows; other++) {
            if (meets(rows, other, path)) expect(leafOf(share.tree, binned, other)).toBe(leaf);
          }
          const asked = path.steps.filter(({ kind }) => kind !== "below").map(({ feature }) => feature);
          expect(new Set(asked).size).toBe(asked.length);
        }
      }
    },
  );
});

describe("in words", () => {
  const mapper: BinMapper = {
    features: [
      { kind: "numeric", name: "age", nBins: 4, thresholds: Float32Array.of(20, 30.1, 40) },
      {
        kind: "categorical",
        name: "plan",
        nBins: 3,
        binOfLevel: new Map([
          ["basic", 2],
          ["plus", 0],
          ["pro", 1],
        ]),
        unseenBin: 3,
      },
    ],
  };
  const rows = table(numeric("age", [35, 25, null, 50]), categorical("plan", ["plus", "basic", null, "other"]));
  const cut = (feature: number, bin: number, missingLeft = false): Split => ({
    feature,
    bin,
    missingLeft,
    leftBins: null,
    gain: 1,
  });

  function pathOf(splits: readonly (readonly [Split, goLeft: boolean])[], row: number): TreePath {
    const builder = new TreeBuilder(1);
    let node = 0;
    for (const [at, [split, goLeft]] of splits.entries()) {
      const left = builder.addSplit(node, split, 16 / 2 ** at);
      builder.addLeaf(left + (goLeft ? 1 : 0), [0], 1, 8 / 2 ** at);
      node = left + (goLeft ? 0 : 1);
    }
    builder.addLeaf(node, [0.5], 1, 16 / 2 ** splits.length);
    const model: RandomForestModel = {
      kind: "random-forest",
      mapper,
      nOutputs: 1,
      offset: 0,
      trees: [builder.finish()],
      outOfBag: null,
    };
    return decisionPath(model, modelSum(model).shares[0], binTable(mapper, rows), row);
  }

  test("cuts of one number join into a range, whatever stands between them, at the model's own thresholds", () => {
    const path = pathOf(
      [
        [cut(0, 0), false],
        [cut(1, 1), true],
        [cut(0, 2), true],
        [cut(0, 1), false],
      ],
      0,
    );
    expect(path.steps).toEqual([
      { feature: "age", kind: "at-least", threshold: Math.fround(30.1), values: [] },
      { feature: "age", kind: "below", threshold: 40, values: [] },
      { feature: "plan", kind: "in", threshold: null, values: ["plus", "pro"] },
    ]);
    expect(path.share).toBe(1 / 16);
    expect(path.added).toEqual([0.5]);
  });

  test("missing and unseen values are said to be missing, however often they are asked for", () => {
    expect(
      pathOf(
        [
          [cut(0, 0, true), true],
          [cut(0, 2, true), true],
        ],
        2,
      ).steps,
    ).toEqual([{ feature: "age", kind: "missing", threshold: null, values: [] }]);
    expect(pathOf([[cut(1, 0), false]], 3).steps[0].kind).toBe("missing");
  });

  test("a cut that only asks whether a number is there is said so", () => {
    expect(pathOf([[cut(0, 3), true]], 1).steps).toEqual([{ feature: "age", kind: "present", threshold: null, values: [] }]);
    expect(pathOf([[cut(0, 3), false]], 2).steps).toEqual([{ feature: "age", kind: "missing", threshold: null, values: [] }]);
  });
});
