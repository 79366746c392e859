import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import { allRows, type Column, type Table, takeColumn } from "../table/table.ts";
import { conditionImpossible, hasValue } from "./conditions.ts";
import type { Condition, Sampler } from "./sampler.ts";

/** Rows of a group's columns that meet the conditions on them. */
function rowsMeeting(table: Table, columns: readonly Column[], conditions: readonly Condition[]): Int32Array {
  const asked = conditions.flatMap(({ column, value }) => {
    const found = columns.find(({ name }) => name === column);
    return found ? [{ column: found, value }] : [];
  });
  if (asked.length === 0) return allRows(table.nRows);
  return allRows(table.nRows).filter((row) => asked.every(({ column, value }) => hasValue(column, row, value)));
}

/**
 * A sampler that draws each group of columns from the training rows by itself, with replacement: within a group the
 * values of one row stay together, between groups nothing is kept. Conditions are exact: a group is drawn from the rows
 * that meet those on its columns. `groups` holds every column once, by name.
 */
export function resampleGroups(train: TrainRows, groups: readonly (readonly string[])[]): Sampler {
  const { table } = train;
  const members = groups.map((names) => table.columns.filter(({ name }) => names.includes(name)));
  return {
    sample(nRows: number, conditions: readonly Condition[], random: Random) {
      if (conditions.some(({ column }) => !table.columns.some(({ name }) => name === column)))
        throw conditionImpossible(conditions);
      const drawn = new Map<string, Column>();
      for (const columns of members) {
        const rows = rowsMeeting(table, columns, conditions);
        if (rows.length === 0) throw conditionImpossible(conditions);
        const stream = random.split(columns[0].name);
        const chosen = Int32Array.from({ length: nRows }, () => rows[stream.integer(rows.length)]);
        for (const column of columns) drawn.set(column.name, takeColumn(column, chosen));
      }
      const columns = table.columns.map(({ name }) => drawn.get(name) as Column);
      return { table: { nRows, columns }, effectiveSampleSize: nRows };
    },
  };
}
