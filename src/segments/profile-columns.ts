import { type CategoricalColumn, type Column, findColumn, type NumericColumn, type Role, type Table } from "../table/table.ts";
import type { CategoricalProfile, ColumnProfile, NumericProfile } from "./compare-report.ts";
import { separation } from "./segment-traits.ts";

/** Levels shown of a category. */
const MAX_LEVELS = 30;
/** A category with more levels than this share of the rows is free text or a name. */
const MAX_LEVEL_SHARE = 0.5;

/** Columns that can be compared: everything but identifiers, free text and what the user ignores. */
export function comparableColumns(table: Table, roleOf: (name: string) => Role): Column[] {
  return table.columns.filter(
    (column) =>
      ["feature", "target"].includes(roleOf(column.name)) &&
      column.type !== "text" &&
      column.type !== "identifier" &&
      (column.kind === "numeric" || column.levels.length <= Math.max(2, MAX_LEVEL_SHARE * table.nRows)),
  );
}

/** Mean, sample standard deviation and quartiles (linear between neighbours) of what is known. */
export function profileNumbers(values: Float64Array): NumericProfile {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const n = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const quantile = (share: number): number => {
    if (n === 0) return Number.NaN;
    const place = share * (n - 1);
    const below = Math.floor(place);
    return known[below] + (place - below) * (known[Math.min(below + 1, n - 1)] - known[below]);
  };
  return {
    nKnown: n,
    mean,
    deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    quartiles: [quantile(0.25), quantile(0.5), quantile(0.75)],
  };
}

function profileNumeric(column: NumericColumn, labels: Uint8Array, k: number): ColumnProfile {
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]++;
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  const next = new Int32Array(k);
  column.values.forEach((value, row) => {
    parts[labels[row]][next[labels[row]]++] = value;
  });
  return {
    kind: "numeric",
    column: column.name,
    separation: separation(column, labels, k),
    whole: profileNumbers(column.values),
    segments: parts.map(profileNumbers),
  };
}

/** How often each level occurs in each segment (k × nLevels). */
export function countLevels(column: CategoricalColumn, labels: Uint8Array, k: number): Float64Array[] {
  const counts = Array.from({ length: k }, () => new Float64Array(column.levels.length));
  column.codes.forEach((code, row) => {
    if (code >= 0) counts[labels[row]][code]++;
  });
  return counts;
}

function profileCategorical(column: CategoricalColumn, labels: Uint8Array, k: number): ColumnProfile {
  const bySegment = countLevels(column, labels, k);
  const whole = column.levels.map((_, code) => bySegment.reduce((sum, counts) => sum + counts[code], 0));
  const present = [...column.levels.keys()].filter((code) => whole[code] > 0);
  const shown = present.sort((a, b) => whole[b] - whole[a]).slice(0, MAX_LEVELS);
  const sharesOf = (counts: ArrayLike<number>): CategoricalProfile => {
    const nKnown = Array.from(counts).reduce((sum, count) => sum + count, 0);
    return { nKnown, shares: shown.map((code) => (nKnown > 0 ? counts[code] / nKnown : 0)) };
  };
  return {
    kind: "categorical",
    column: column.name,
    separation: separation(column, labels, k),
    levels: shown.map((code) => column.levels[code]),
    nLevels: present.length,
    whole: sharesOf(whole),
    segments: bySegment.map(sharesOf),
  };
}

/** Every comparable column in every segment, those in which the segments stand farthest apart first. */
export function profileColumns(table: Table, roleOf: (name: string) => Role, labels: Uint8Array, k: number): ColumnProfile[] {
  return comparableColumns(table, roleOf)
    .map((column) => (column.kind === "numeric" ? profileNumeric(column, labels, k) : profileCategorical(column, labels, k)))
    .sort((a, b) => b.separation - a.separation || indexOf(table, a.column) - indexOf(table, b.column));
}

function indexOf(table: Table, name: string): number {
  const column = findColumn(table, name);
  return column ? table.columns.indexOf(column) : -1;
}
