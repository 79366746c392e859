import { TrendloomError } from "../core/errors.ts";
import { finish } from "../core/progress.ts";
import type { DecisionPath, Explanation } from "../evaluate/explain-report.ts";
import { explainedOutputs } from "../evaluate/explained-outputs.ts";
import { type Column, getColumn, type Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { type BinnedTable, binTable } from "../trees/bin-mapper.ts";
import { decisionPath } from "../trees/decision-path.ts";
import { modelSum } from "../trees/tree-model.ts";
import type { KeptModel } from "./fit-model.ts";
import { contributionUnit, predictTreeModel } from "./fit-tree-model.ts";
import type { LearningTable } from "./learn.jobs.ts";
import type { CustomerValues } from "./model.jobs.ts";

type Value = CustomerValues[string];

function toNumber(name: string, value: Value): number {
  if (value === null || value === "") return Number.NaN;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  throw new TrendloomError("parameter-invalid", { name, expected: "a number", got: String(value).slice(0, 80) });
}

/** A column of one row. A category that the learning table does not know becomes a level of its own. */
function columnOf(column: Column, value: Value): Column {
  if (column.kind === "numeric") return { ...column, values: Float64Array.of(toNumber(column.name, value)) };
  if (value === null || value === "") return { ...column, codes: Int32Array.of(-1) };
  const known = column.levels.indexOf(String(value));
  if (known >= 0) return { ...column, codes: Int32Array.of(known) };
  return { ...column, levels: [...column.levels, String(value)], codes: Int32Array.of(column.levels.length) };
}

function customerTable({ table, task }: LearningTable, values: CustomerValues): Table {
  return { nRows: 1, columns: task.features.map((name) => columnOf(getColumn(table, name), values[name] ?? null)) };
}

/** Values of one row of the learning table, by feature. */
export function customerValues({ table, task }: LearningTable, row: number): CustomerValues {
  if (!(row >= 0 && row < table.nRows)) {
    throw new TrendloomError("parameter-invalid", { name: "row", expected: `a row in [0, ${table.nRows - 1}]`, got: row });
  }
  return Object.fromEntries(
    task.features.map((name): [string, Value] => {
      const column = getColumn(table, name);
      if (column.kind === "categorical") return [name, column.levels[column.codes[row]] ?? null];
      return [name, Number.isNaN(column.values[row]) ? null : column.values[row]];
    }),
  );
}

/** The way through the first tree that adds to each output. */
function firstPaths({ model }: KeptModel, task: Task, binned: BinnedTable): DecisionPath[] {
  const { shares } = modelSum(model);
  return explainedOutputs(task).flatMap(({ name }, output) => {
    const tree = shares.findIndex((share) => share.output <= output && output < share.output + share.nColumns);
    if (tree < 0) return [];
    const { steps, added, share } = decisionPath(model, shares[tree], binned, 0);
    return { tree, output: name, steps, value: added[output - shares[tree].output], share };
  });
}

/**
 * Why the model for use answers as it does for one customer.
 * @throws TrendloomError parameter-invalid, where a numeric feature is given text
 */
export function explainCustomer(kept: KeptModel, values: CustomerValues): Explanation {
  const { model, explainer, learning } = kept;
  const { task } = learning;
  const table = customerTable(learning, values);
  const binned = binTable(model.mapper, table);
  return {
    prediction: [...predictTreeModel(model, table)],
    unit: contributionUnit(model, task),
    outputs: explainedOutputs(task).map(({ name }) => name),
    base: [...explainer.base],
    features: task.features,
    contributions: finish(explainer.explain(binned)),
    paths: firstPaths(kept, task, binned),
  };
}
