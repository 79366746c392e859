import { extendTable } from "../table/extend-table.ts";
import type { CategoricalColumn, Table } from "../table/table.ts";
import type { OwnClusters, SegmentColumn } from "./segment-model.ts";

/** The table with the segments as its last column. A name that is taken gets a number. */
export function addSegmentColumn(table: Table, { name, labels, names }: SegmentColumn): Table {
  const column: CategoricalColumn = {
    kind: "categorical",
    name,
    type: "categorical",
    codes: Int32Array.from(labels),
    levels: names,
  };
  return extendTable(table, [column], "last");
}

/** What to warn of: a target that is the segments themselves, predicted from columns that made them; null where it is not so. */
export function ownClusters(
  segmentColumn: SegmentColumn,
  columnName: string,
  target: string,
  features: readonly string[],
): OwnClusters | null {
  const from = segmentColumn.from.filter((name) => features.includes(name));
  return target === columnName && from.length > 0 ? { column: columnName, from } : null;
}
