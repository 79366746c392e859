import type { Random } from "../core/random.ts";
import { columnShapes, type FidelityReference, pairTrends, prepareReference } from "../metrics/fidelity.ts";
import { brokenRowShare, type EmptyCells } from "../metrics/legal-cells.ts";
import { type Column, cellText, concatTables, type Table } from "../table/table.ts";
import type { ColumnMatch, Fidelity, GanProgress } from "./gan.types.ts";

const PREVIEW_ROWS = 8;

/** Everything about a table of rows against the reference and the rules. */
export function measureFidelity(reference: FidelityReference, rules: readonly EmptyCells[], table: Table): Fidelity {
  const pairs = pairTrends(reference, table);
  return {
    columnShapes: mean(columnShapes(reference, table)),
    pairTrends: pairs.all,
    pairTrendsSignal: pairs.signal,
    brokenRows: brokenRowShare(rules, table),
  };
}

export const UNMEASURED: Fidelity = {
  columnShapes: Number.NaN,
  pairTrends: Number.NaN,
  pairTrendsSignal: Number.NaN,
  brokenRows: Number.NaN,
};

/** Held-out rows as reference; levels, ranges and signal pairs come from all real rows. */
export function referenceOf(heldOut: Table, others: Table): FidelityReference {
  return prepareReference(heldOut, concatTables(heldOut, others));
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The floor: every column in an order of its own, so that all shapes stay and all associations go. */
export function shuffleColumns(table: Table, random: Random): Table {
  const shuffled = (column: Column): Column => {
    const stream = random.split(column.name);
    if (column.kind === "numeric") return { ...column, values: stream.shuffle(column.values.slice()) };
    return { ...column, codes: stream.shuffle(column.codes.slice()) };
  };
  return { nRows: table.nRows, columns: table.columns.map(shuffled) };
}

/** Per-column match of generated rows between the shuffled and the real training rows, all against the same reference. */
export function matchColumns(
  reference: FidelityReference,
  made: Table,
  floor: Float64Array,
  ceiling: Float64Array,
): ColumnMatch[] {
  const match = columnShapes(reference, made);
  return reference.table.columns.map(({ name }, i) => ({ name, match: match[i], floor: floor[i], ceiling: ceiling[i] }));
}

export function previewRows(table: Table): NonNullable<GanProgress["preview"]> {
  const nShown = Math.min(PREVIEW_ROWS, table.nRows);
  return {
    columns: table.columns.map((column) => column.name),
    rows: Array.from({ length: nShown }, (_, row) => table.columns.map((column) => cellText(column, row))),
  };
}
