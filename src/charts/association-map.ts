import { inkOnSequential, sequentialColor } from "./color-scales.ts";
import { fitText, textWidth, wrapText } from "./text-width.ts";

export interface AssociationPair {
  readonly a: string;
  readonly b: string;
  /** Strength in [0, 1]. */
  readonly value: number;
}

export interface AssociationColumn {
  readonly name: string;
  /** The name in the current language. */
  readonly label: string;
  /** An identifier is not compared: its row is hatched. */
  readonly isIdentifier?: boolean;
  /** What the signal pairs of this row mean, written beside the diagonal. */
  readonly notes?: readonly string[];
}

export interface MapCell {
  readonly x: number;
  readonly y: number;
  readonly row: number;
  readonly column: number;
  /** Null where the pair was not compared. */
  readonly value: number | null;
  readonly kind: "signal" | "quiet" | "hatched";
  readonly fill: string;
  /** The value, where the cell is large enough to hold it. */
  readonly ink: string;
}

export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly cell: number;
  readonly cells: readonly MapCell[];
  readonly rows: readonly { readonly y: number; readonly label: string; readonly isStrong: boolean }[];
  readonly diagonal: readonly { readonly x: number; readonly y: number }[];
  readonly notes: readonly { readonly x: number; readonly y: number; readonly text: string }[];
  readonly columnLabels: readonly { readonly x: number; readonly y: number; readonly label: string }[];
  readonly field: { readonly x: number; readonly y: number; readonly lines: readonly string[] };
  readonly legend: { readonly x: number; readonly y: number; readonly width: number };
}

const LARGEST_CELL = 26;
const SMALLEST_CELL = 17;
const LEGEND_WIDTH = 154;
const FIELD_WIDTH = 164;
const LEAN = (58 * Math.PI) / 180;

function labelWidthOf(columns: readonly AssociationColumn[], most: number): number {
  const widest = columns.reduce((width, each) => Math.max(width, textWidth(each.label, 12, true)), 40);
  return Math.min(most, widest + 10);
}

/** Narrowest drawing in which the cells stay large enough to read and to touch. */
export function associationMapMinWidth(columns: readonly AssociationColumn[]): number {
  const nAcross = Math.max(1, columns.length - 1);
  return Math.round(Math.min(140, labelWidthOf(columns, 140)) + nAcross * SMALLEST_CELL + SMALLEST_CELL + 24);
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`;
}

/**
 * Lower triangle of the associations of all columns, in the order given. Pairs from `signalFrom` upwards are coloured,
 * the others form a quiet field; the diagonal is a dot, with one of the row's notes beside it.
 */
export function layoutAssociationMap(
  columns: readonly AssociationColumn[],
  pairs: readonly AssociationPair[],
  options: { readonly width: number; readonly signalFrom: number; readonly fieldNote: readonly string[] },
): MapLayout {
  const { signalFrom, fieldNote } = options;
  const width = Math.max(options.width, associationMapMinWidth(columns));
  const left = labelWidthOf(columns, Math.min(180, width * 0.3));
  const nAcross = Math.max(1, columns.length - 1);
  const cell = Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, (width - left - 24) / (nAcross + 1)));
  const values = new Map(pairs.map((pair) => [pairKey(pair.a, pair.b), pair.value]));
  const top = 8;
  const cells: MapCell[] = [];
  columns.forEach((rowColumn, row) => {
    for (let column = 0; column < row; column++) {
      const other = columns[column];
      if (other === undefined) continue;
      const isIdentifier = rowColumn.isIdentifier === true || other.isIdentifier === true;
      const value = isIdentifier ? null : (values.get(pairKey(rowColumn.name, other.name)) ?? null);
      const kind = value === null ? "hatched" : value >= signalFrom ? "signal" : "quiet";
      const fill = value !== null && kind === "signal" ? sequentialColor(value) : "";
      cells.push({
        x: left + column * cell,
        y: top + row * cell,
        row,
        column,
        value,
        kind,
        fill,
        ink: inkOnSequential(value ?? 0),
      });
    }
  });
  const strong = new Set(cells.filter((each) => each.kind === "signal").flatMap((each) => [each.row, each.column]));
  const middle = (row: number) => top + row * cell + cell / 2;
  const notes = columns.flatMap((column, row) => {
    const x = left + (row + 1) * cell + 6;
    const text = column.notes?.find((note) => textWidth(note, 12, true) <= width - x);
    return text === undefined ? [] : [{ x, y: middle(row) + 4, text }];
  });
  const lastNote = columns.reduce((last, column, row) => (column.notes?.length ? row : last), -1);
  const gridBottom = top + columns.length * cell;
  const tallest = columns.slice(0, -1).reduce((most, each) => Math.max(most, textWidth(each.label)), 0);
  const namesHeight = columns.length > 1 ? Math.min(170, tallest) * Math.sin(LEAN) + 16 : 8;
  const place = placeField(columns.length, { left, cell, width, fieldNote, fromRow: lastNote + 2, gridBottom, namesHeight, top });
  return {
    width,
    height: Math.ceil(Math.max(gridBottom + namesHeight, place.legend.y + 30)),
    cell,
    cells,
    rows: columns.map((column, row) => ({
      y: middle(row) + 4,
      label: fitText(column.label, left - 8, 12, strong.has(row)),
      isStrong: strong.has(row),
    })),
    diagonal: columns.map((_, row) => ({ x: left + row * cell + cell / 2, y: middle(row) })),
    notes,
    columnLabels: columns.slice(0, -1).map((column, index) => ({
      x: left + index * cell + cell / 2 + 4,
      y: gridBottom + 8,
      label: fitText(column.label, 170),
    })),
    ...place,
  };
}

interface FieldRoom {
  left: number;
  cell: number;
  width: number;
  fieldNote: readonly string[];
  fromRow: number;
  gridBottom: number;
  namesHeight: number;
  top: number;
}

/** The words about the quiet field and the legend stand in the empty upper triangle where they fit, else below. */
function placeField(nRows: number, room: FieldRoom): Pick<MapLayout, "field" | "legend"> {
  const lines = room.fieldNote.flatMap((line, index) => wrapText(line, FIELD_WIDTH, 3, 12, index === 0));
  const height = lines.length * 16 + 44;
  const x = room.width - FIELD_WIDTH;
  const row = Math.max(0, room.fromRow);
  const besideY = room.top + row * room.cell;
  const lastRow = Math.ceil((besideY + height - room.top) / room.cell);
  if (row < nRows && room.left + (lastRow + 1) * room.cell + 8 <= x) {
    return { field: { x, y: besideY + 12, lines }, legend: { x, y: besideY + lines.length * 16 + 10, width: LEGEND_WIDTH } };
  }
  const y = room.gridBottom + room.namesHeight + 12;
  return { field: { x: 0, y, lines }, legend: { x: 0, y: y + lines.length * 16, width: LEGEND_WIDTH } };
}
