import type { Random } from "../core/random.ts";
import { type LendableRows, protectRareValues } from "../encode/rare-values.ts";
import type { TrainRows } from "../table/split-rows.ts";
import { allRows, type Column, takeColumn } from "../table/table.ts";
import { conditionImpossible, rowCondition, rowsMeeting } from "./conditions.ts";
import type { Condition, Sampler } from "./sampler.ts";

/** Columns that are drawn together, and the training rows they may be drawn from. */
interface Group {
  readonly columns: readonly Column[];
  readonly donors: Int32Array;
}

/** The group of columns at these positions: rows with a rare value in any of them lend none. */
function makeGroup({ table, isRare }: LendableRows, positions: readonly number[]): Group {
  return {
    columns: positions.map((position) => table.columns[position]),
    donors: allRows(table.nRows).filter((row) => positions.every((position) => isRare[position]?.[row] !== 1)),
  };
}

/** Donors of a group that meet the conditions on its columns. @throws TrendloomError condition-impossible, condition-too-rare */
function donorsMeeting({ columns, donors }: Group, conditions: readonly Condition[]): Int32Array {
  const asked = conditions.flatMap(({ column, value }) => {
    const found = columns.find(({ name }) => name === column);
    return found ? [rowCondition(found, value)] : [];
  });
  return asked.length === 0 ? donors : rowsMeeting(donors, asked, conditions);
}

/**
 * A sampler that draws each group of columns from the training rows by itself, with replacement: within a group the
 * values of one row stay together, between groups nothing is kept. Conditions are exact: a group is drawn from the rows
 * that meet those on its columns. Rare values are protected (`protectRareValues`); a group of which every row has one is
 * drawn column by column. `groups` holds every column once, by name.
 */
export function resampleGroups(train: TrainRows, groups: readonly (readonly string[])[]): Sampler {
  const lendable = protectRareValues(train.table);
  const { columns: all } = lendable.table;
  const members = groups.flatMap((names) => {
    const positions = [...all.keys()].filter((position) => names.includes(all[position].name));
    const group = makeGroup(lendable, positions);
    return group.donors.length > 0 ? [group] : positions.map((position) => makeGroup(lendable, [position]));
  });
  return {
    sample(nRows: number, conditions: readonly Condition[], random: Random) {
      if (conditions.some(({ column }) => !all.some(({ name }) => name === column))) throw conditionImpossible(conditions);
      const drawn = new Map<string, Column>();
      for (const group of members) {
        const rows = donorsMeeting(group, conditions);
        const stream = random.split(group.columns[0].name);
        const chosen = Int32Array.from({ length: nRows }, () => rows[stream.integer(rows.length)]);
        for (const column of group.columns) drawn.set(column.name, takeColumn(column, chosen));
      }
      const columns = all.map(({ name }) => drawn.get(name) as Column);
      return { table: { nRows, columns }, effectiveSampleSize: nRows };
    },
  };
}
