import type { TableSettings } from "../../workers/data.jobs.ts";

/** `wanted`, with as many strokes behind it as it takes for no other column to be called so. */
export function freeName(wanted: string, taken: readonly string[]): string {
  return taken.includes(wanted) ? freeName(`${wanted}'`, taken) : wanted;
}

/** The same settings with another column to predict; the one that was to be predicted becomes a feature. */
export function targetedAt(table: TableSettings, target: string): TableSettings {
  return { ...table, target, roles: { ...table.roles, [table.target]: "feature" } };
}
