import { alignTable } from "../table/align-table.ts";
import { countLevels } from "../table/column-summary.ts";
import { getColumn, selectColumns, type Table } from "../table/table.ts";
import type { BinMapper } from "../trees/bin-mapper.ts";
import type { KeptModel } from "./fit-model.ts";
import { predictTreeModel } from "./fit-tree-model.ts";
import type { ScoredRows } from "./model.jobs.ts";
import { predictedRows } from "./predicted-rows.ts";

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

/**
 * Predictions of the model for use for the rows of another table. Columns are matched by name; one that is absent counts as
 * missing in every row.
 * @throws TrendloomError columns-missing, where none is there
 */
export function scoreTable({ model, learning }: KeptModel, given: Table): ScoredRows {
  const { task } = learning;
  const { table } = alignTable(given, selectColumns(learning.table, task.features), (label) => label);
  const output = predictTreeModel(model, table);
  const { predicted } = predictedRows(task, output);
  return {
    predicted,
    probabilities: task.kind === "classification" ? output : new Float64Array(0),
    unknownLevels: unknownLevels(table, model.mapper),
  };
}
