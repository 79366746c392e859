import type { Work } from "../core/progress.ts";
import { cramersV } from "../metrics/fidelity.ts";
import type { CodedColumn } from "./coded-column.ts";
import type { Association } from "./structure-report.ts";

export const SIGNAL_CRAMERS_V = 0.3;

/** Association of every pair of columns, in the columns' order. O(nRows × nColumns²). */
export function* associateAll(columns: readonly CodedColumn[]): Work<Association[]> {
  const total = (columns.length * (columns.length - 1)) / 2;
  const associations: Association[] = [];
  for (let i = 0; i < columns.length; i++) {
    const a = columns[i];
    for (const b of columns.slice(i + 1)) {
      const value = cramersV(a.codes, a.nCodes, b.codes, b.nCodes);
      associations.push({ a: a.name, b: b.name, measure: "cramers-v", value });
    }
    yield { stage: "structure", done: associations.length, total, unit: "task" };
  }
  return associations;
}

/** Sets of names that are linked, directly or through others; each set in the order of `names`. Single names are left out. */
export function linkedGroups(names: readonly string[], links: readonly { readonly a: string; readonly b: string }[]): string[][] {
  const root = new Map(names.map((name) => [name, name]));
  const find = (name: string): string => {
    const parent = root.get(name) ?? name;
    return parent === name ? name : find(parent);
  };
  for (const { a, b } of links) root.set(find(b), find(a));
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = find(name);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Linked columns first, group by group, then the others: the order in which a heat map reads best. */
export function orderForMap(names: readonly string[], signalPairs: readonly Association[]): string[] {
  const linked = linkedGroups(names, signalPairs).flat();
  return [...linked, ...names.filter((name) => !linked.includes(name))];
}
