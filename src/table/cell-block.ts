/**
 * Rows cut from a file, cell by cell as UTF-8. The cell of a row in a column is `bytes` from `starts[column × capacity + row]` up
 * to `ends` there. Whoever fills a block uses it again, so nothing of it outlives the call that it is given to.
 */
export interface CellBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly capacity: number;
  readonly nRows: number;
}

/** How many bytes of UTF-8 a text takes that a decoder gave: no half of a surrogate pair stands alone. */
function countBytes(text: string): number {
  let n = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    n += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return n;
}

/** Rows of text as a block; cells beyond `nColumns` are left out. */
export function encodeCells(rows: readonly (readonly string[])[], nColumns: number): CellBlock {
  const capacity = rows.length;
  const text = rows.map((row) => (row.length > nColumns ? row.slice(0, nColumns) : row).join("")).join("");
  const bytes = new TextEncoder().encode(text);
  const isAscii = bytes.length === text.length;
  const starts = new Int32Array(capacity * nColumns);
  const ends = new Int32Array(capacity * nColumns);
  let at = 0;
  for (let row = 0; row < capacity; row++) {
    for (let column = 0; column < nColumns; column++) {
      const cell = rows[row][column];
      starts[column * capacity + row] = at;
      at += isAscii ? cell.length : countBytes(cell);
      ends[column * capacity + row] = at;
    }
  }
  return { bytes, starts, ends, capacity, nRows: capacity };
}
