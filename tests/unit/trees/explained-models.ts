import { finish } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import type { Table } from "../../../src/table/table.ts";
import { makeTask, type Task } from "../../../src/table/task.ts";
import { binTable } from "../../../src/trees/bin-mapper.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { addOutputs } from "../../../src/trees/predict.ts";
import { fitRandomForest, predictRandomForest } from "../../../src/trees/random-forest.ts";
import { modelSum, type TreeModel } from "../../../src/trees/tree-model.ts";
import { loadTable } from "../support/load-table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const LETTERS = [..."abcdef"];

/** Two numbers and two columns of words, with gaps, a target of 2 or 3 classes that hangs on them, and a numeric one. */
export function mixedTable(nRows: number, random: Random): Table {
  const cells = Array.from({ length: nRows }, () => {
    const [x, z] = [random.normal(), random.integer(4)];
    const [word, flag] = [random.integer(6), random.integer(2)];
    const score = (x > 0 ? 1 : -1) * (flag === 1 ? 1 : 0.3) + (word % 3) - z / 2 + 0.5 * random.normal();
    return { x, z, word, flag, score, gap: random.integer(8) };
  });
  return table(
    numeric(
      "x",
      cells.map(({ x, gap }) => (gap === 0 ? null : x)),
    ),
    numeric(
      "z",
      cells.map(({ z }) => z),
    ),
    categorical(
      "word",
      cells.map(({ word, gap }) => (gap === 1 ? null : LETTERS[word])),
      LETTERS,
    ),
    categorical(
      "flag",
      cells.map(({ flag }) => (flag === 1 ? "yes" : "no")),
      ["no", "yes"],
    ),
    categorical(
      "two",
      cells.map(({ score }) => (score > 0 ? "up" : "down")),
      ["down", "up"],
    ),
    categorical(
      "three",
      cells.map(({ score }) => (score > 1 ? "high" : score > -0.5 ? "mid" : "low")),
      ["low", "mid", "high"],
    ),
    numeric(
      "number",
      cells.map(({ score }) => score),
    ),
  );
}

export const mixedTask = (rows: Table, target: "two" | "three" | "number"): Task =>
  makeTask(rows, target, (name) => (["x", "z", "word", "flag"].includes(name) ? "feature" : "ignore"), 2);

export interface RealTable {
  readonly table: Table;
  readonly task: Task;
}

/** Telco churn (two classes, missing totals) and the shopping table (seven classes), where they are there. */
export const REAL_TABLES: readonly { name: string; real: RealTable | null }[] = [
  { name: "telco", path: "../shared/data/telco_churn.csv", target: "Churn", identifier: "customerID" },
  { name: "shopping", path: "../shared/data/shopping_trends.csv", target: "Frequency of Purchases", identifier: "Customer ID" },
].map(({ name, path, target, identifier }) => {
  const rows = loadTable(path);
  const roleOf = (column: string) => (column === identifier ? ("identifier" as const) : ("feature" as const));
  return { name, real: rows && { table: rows, task: makeTask(rows, target, roleOf, 5) } };
});

export const fitBoth = (rows: Table, task: Task, seed: number, nTrees: number): TreeModel[] => [
  finish(fitGradientBoosting(trainOnAll(rows), task, { nRounds: nTrees, maxDepth: 4 }, createRandom(seed))),
  finish(fitRandomForest(trainOnAll(rows), task, { nTrees, minLeafRows: 2 }, createRandom(seed))),
];

/** The explained outputs of a model (nOutputs × nRows), summed tree by tree. */
export function explainedOutputs(model: TreeModel, rows: Table): Float64Array {
  const { starts, shares } = modelSum(model);
  const binned = binTable(model.mapper, rows);
  const outputs = Float64Array.from({ length: starts.length * rows.nRows }, (_, at) => starts[Math.floor(at / rows.nRows)]);
  for (const { tree, column, nColumns, output, scale } of shares) {
    const ofTree = new Float64Array(rows.nRows * tree.nOutputs);
    addOutputs(tree, binned, ofTree, tree.nOutputs, 0);
    for (let i = 0; i < nColumns; i++) {
      for (let row = 0; row < rows.nRows; row++) {
        outputs[(output + i) * rows.nRows + row] += scale * ofTree[row * tree.nOutputs + column + i];
      }
    }
  }
  return outputs;
}

export const predictModel = (model: TreeModel, rows: Table): Float64Array =>
  model.kind === "gradient-boosting" ? predictGradientBoosting(model, rows) : predictRandomForest(model, rows);
