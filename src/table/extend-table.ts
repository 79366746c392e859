import { UniqueNames } from "./header-names.ts";
import { type CategoricalColumn, type Column, concatTables, selectColumns, type Table } from "./table.ts";

/** A column of words from one text per row; "" is missing. */
export function textColumn(name: string, values: readonly string[]): CategoricalColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === "") return -1;
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    return code;
  });
  return { kind: "categorical", name, type: "text", codes, levels: [...codeOf.keys()] };
}

/** A column of words from the place of each row's word in a list. */
export const codedColumn = (name: string, codes: ArrayLike<number>, levels: readonly string[]): CategoricalColumn => ({
  kind: "categorical",
  name,
  type: "categorical",
  codes: Int32Array.from(codes),
  levels,
});

/** A column that holds one and the same word. */
export function repeatedColumn(name: string, value: string, nRows: number): CategoricalColumn {
  return { kind: "categorical", name, type: "categorical", codes: new Int32Array(nRows), levels: [value] };
}

/** The table with further columns before or behind its own. A new name that is taken gets a number: `segment (2)`. */
export function extendTable(table: Table, extra: readonly Column[], place: "first" | "last"): Table {
  const unique = new UniqueNames();
  for (const column of table.columns) unique.take(column.name);
  const added = extra.map((column): Column => ({ ...column, name: unique.take(column.name) }));
  return { nRows: table.nRows, columns: place === "first" ? [...added, ...table.columns] : [...table.columns, ...added] };
}

/**
 * Generated rows as they are handed out. With `origin`, a first column says `real` or `synthetic`; with `real`, those rows
 * come first, in the columns that the generated ones have.
 */
export function labelOrigin(synthetic: Table, options: { origin: "synthetic" | null; real: Table | null }): Table {
  const label = (table: Table, origin: string): Table =>
    options.origin ? extendTable(table, [repeatedColumn("origin", origin, table.nRows)], "first") : table;
  const made = label(synthetic, "synthetic");
  if (!options.real) return made;
  const names = synthetic.columns.map((column) => column.name);
  return concatTables(label(selectColumns(options.real, names), "real"), made);
}
