import type { CategoricalColumn, Column, NumericColumn, Table } from "../table/table.ts";

/** A value that fewer training rows have than this tells of single people: it is never emitted. */
export const MIN_ROWS_PER_VALUE = 5;

/** Rows per level; the last number counts the missing ones. */
export function countLevels({ codes, levels }: CategoricalColumn): Float64Array {
  const counts = new Float64Array(levels.length + 1);
  for (const code of codes) counts[code < 0 ? levels.length : code]++;
  return counts;
}

/** The k-th smallest and the k-th largest of ascending numbers; of fewer than 2k numbers, the middle. */
export function kthExtremes(sorted: Float64Array, k: number): { low: number; high: number } {
  const nth = Math.min(k, Math.ceil(sorted.length / 2));
  return { low: sorted[nth - 1], high: sorted[sorted.length - nth] };
}

/** Training rows as a sampler may hand them out. */
export interface LendableRows {
  /** The rows with numeric extremes clipped. A column whose values are all rare is missing throughout. */
  readonly table: Table;
  /** Per column, 1 where a row's value is too rare to be handed out; null where none is. */
  readonly isRare: readonly (Uint8Array | null)[];
}

/** Rows that must not lend their value, or null where all may. */
function marked(codes: { readonly length: number }, isRareAt: (row: number) => boolean): Uint8Array | null {
  const marks = Uint8Array.from({ length: codes.length }, (_, row) => (isRareAt(row) ? 1 : 0));
  return marks.includes(1) ? marks : null;
}

function lendCategories(column: CategoricalColumn, minRows: number): { column: Column; isRare: Uint8Array | null } {
  const counts = countLevels(column);
  if (counts.every((count) => count < minRows)) return { column: { ...column, codes: column.codes.map(() => -1) }, isRare: null };
  const { codes, levels } = column;
  return { column, isRare: marked(codes, (row) => counts[codes[row] < 0 ? levels.length : codes[row]] < minRows) };
}

function lendNumbers(column: NumericColumn, minRows: number): { column: Column; isRare: Uint8Array | null } {
  const { values } = column;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length < minRows) return { column: { ...column, values: values.map(() => Number.NaN) }, isRare: null };
  const { low, high } = kthExtremes(sorted, minRows);
  const clipped = { ...column, values: values.map((value) => Math.min(high, Math.max(low, value))) };
  const nMissing = values.length - sorted.length;
  return { column: clipped, isRare: nMissing < minRows ? marked(values, (row) => Number.isNaN(values[row])) : null };
}

/**
 * Protection of rare values, the same for every sampler: a category (or a missing value) that fewer than `minRows` training
 * rows have is never handed out, numeric extremes are clipped to the minRows-th from either end.
 */
export function protectRareValues(table: Table, minRows = MIN_ROWS_PER_VALUE): LendableRows {
  const lent = table.columns.map((column) =>
    column.kind === "numeric" ? lendNumbers(column, minRows) : lendCategories(column, minRows),
  );
  return {
    table: { nRows: table.nRows, columns: lent.map(({ column }) => column) },
    isRare: lent.map(({ isRare }) => isRare),
  };
}
