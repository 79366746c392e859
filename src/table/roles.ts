import { describeColumns } from "./column-summary.ts";
import type { Role, Table } from "./table.ts";

/**
 * The role of each column: the one given, else the suggested one. Only `target` is the target; another column that was
 * one before is a feature again.
 */
export function resolveRoles(table: Table, target: string, given: Readonly<Record<string, Role>>): (name: string) => Role {
  const isGiven = table.columns.every((column) => Object.hasOwn(given, column.name));
  const columns = isGiven ? table.columns.map(({ name }) => ({ name, role: given[name] })) : describeColumns(table).columns;
  const suggested = columns.map((column): [string, Role] => {
    const role = Object.hasOwn(given, column.name) ? given[column.name] : column.role;
    return [column.name, column.name === target ? "target" : role === "target" ? "feature" : role];
  });
  const roles = new Map(suggested);
  return (name) => roles.get(name) ?? "ignore";
}
