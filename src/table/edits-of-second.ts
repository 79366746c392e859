import { matchNames } from "./align-table.ts";
import { recodeTable } from "./recode-levels.ts";
import type { Table } from "./table.ts";
import type { SettableType, TableEdits } from "./table-edits.ts";

/** The type that the user gave the column of that heading. */
export function typesIn({ types }: TableEdits): (name: string) => SettableType | null {
  return (name) => (Object.hasOwn(types, name) ? types[name] : null);
}

/** The same for a second file, whose headings may be spelt otherwise (`matchNames`). */
export function typesLike({ types }: TableEdits): (name: string) => SettableType | null {
  const names = Object.keys(types);
  return (name) => {
    const [match] = matchNames(names, [name]);
    return match ? types[match.column] : null;
  };
}

/** A second table with its labels written as the user wants those of the first; headings may be spelt otherwise. */
export function recodeLike(second: Table, { levels }: TableEdits): Table {
  const matched = matchNames(
    Object.keys(levels),
    second.columns.map(({ name }) => name),
  );
  return recodeTable(second, Object.fromEntries(matched.map(({ column, from }) => [from, levels[column]])));
}
