import { alignTable } from "../table/align-table.ts";
import { countLevels } from "../table/column-summary.ts";
import { getColumn, selectColumns, type Table } from "../table/table.ts";
import type { BinMapper } from "../trees/bin-mapper.ts";
import type { KeptModel } from "./fit-model.ts";
import { predictTreeModel } from "./fit-tree-model.ts";
import type { ScoredRows } from "./model.jobs.ts";
import { type PredictedRows, predictedRows } from "./predicted-rows.ts";

type Scored = Omit<ScoredRows, "answers"> & { readonly answers: PredictedRows };

/** Levels that the model's training rows never held, those of most rows first. */
function unknownLevels(table: Table, { features }: BinMapper): ScoredRows["unknownLevels"] {
  const found = features.flatMap((feature) => {
    const column = getColumn(table, feature.name);
    if (feature.kind !== "categorical" || column.kind !== "categorical") return [];
    const { counts } = countLevels(column);
    return column.levels
      .map((level, code) => ({ column: feature.name, level, nRows: counts[code] }))
      .filter(({ level, nRows }) => nRows > 0 && !feature.binOfLevel.has(level));
  });
  return found.sort((a, b) => b.nRows - a.nRows);
}

function countAnswers({ codes, classes }: PredictedRows): number[] {
  const counts = new Array<number>(classes.length).fill(0);
  for (const code of codes) counts[code]++;
  return counts;
}

function spreadOf(values: Float64Array): ScoredRows["spread"] {
  if (values.length === 0) return null;
  const extremes = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  let sum = 0;
  for (const value of values) {
    sum += value;
    if (value < extremes.least) extremes.least = value;
    if (value > extremes.most) extremes.most = value;
  }
  return { mean: sum / values.length, ...extremes };
}

/**
 * Predictions of the model for use for the rows of another table. Columns are matched by name; one that is absent counts as
 * missing in every row.
 * @throws TrendloomError columns-missing, where none is there
 */
export function scoreTable({ model, learning }: KeptModel, given: Table): Scored {
  const { task } = learning;
  const { table } = alignTable(given, selectColumns(learning.table, task.features), (label) => label);
  const answers = predictedRows(task, predictTreeModel(model, table));
  return {
    answers,
    nRows: table.nRows,
    counts: countAnswers(answers),
    spread: spreadOf(answers.values),
    unknownLevels: unknownLevels(table, model.mapper),
  };
}
