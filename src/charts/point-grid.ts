/** Points sorted into square cells, so that those near a spot are found without looking at the others. */
export interface PointGrid {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly cell: number;
  readonly left: number;
  readonly top: number;
  readonly nAcross: number;
  readonly nDown: number;
  /** Where each cell's points begin in `rows`; one longer than the number of cells. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

const POINTS_A_CELL = 4;

/** Sorts finite points of the plane into cells of about four, by counting; O(n). Others are left out. */
export function pointGrid(x: Float32Array, y: Float32Array): PointGrid {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  let n = 0;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i] + y[i])) continue;
    left = Math.min(left, x[i]);
    right = Math.max(right, x[i]);
    top = Math.min(top, y[i]);
    bottom = Math.max(bottom, y[i]);
    n++;
  }
  if (n === 0) [left, right, top, bottom] = [0, 0, 0, 0];
  const across = right - left;
  const down = bottom - top;
  const cell = Math.max(Math.sqrt((across * down * POINTS_A_CELL) / Math.max(1, n)), Math.max(across, down) / 1024, 1e-9);
  const nAcross = Math.floor(across / cell) + 1;
  const nDown = Math.floor(down / cell) + 1;
  const starts = new Uint32Array(nAcross * nDown + 1);
  const cellOf = new Int32Array(x.length).fill(-1);
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i] + y[i])) continue;
    cellOf[i] = Math.floor((y[i] - top) / cell) * nAcross + Math.floor((x[i] - left) / cell);
    starts[cellOf[i] + 1]++;
  }
  for (let c = 1; c < starts.length; c++) starts[c] += starts[c - 1];
  const next = starts.slice();
  const rows = new Uint32Array(n);
  for (let i = 0; i < x.length; i++) if (cellOf[i] >= 0) rows[next[cellOf[i]]++] = i;
  return { x, y, cell, left, top, nAcross, nDown, starts, rows };
}

/** The point nearest to a spot and at most `radius` away; of equally near ones the first. Null where there is none. */
export function nearestPoint(grid: PointGrid, atX: number, atY: number, radius: number): number | null {
  const { x, y, cell, left, top, nAcross, nDown, starts, rows } = grid;
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, Math.floor(value)));
  const fromX = clamp((atX - radius - left) / cell, nAcross - 1);
  const toX = clamp((atX + radius - left) / cell, nAcross - 1);
  const fromY = clamp((atY - radius - top) / cell, nDown - 1);
  const toY = clamp((atY + radius - top) / cell, nDown - 1);
  let best: number | null = null;
  let shortest = radius * radius;
  for (let cy = fromY; cy <= toY; cy++) {
    for (let i = starts[cy * nAcross + fromX]; i < starts[cy * nAcross + toX + 1]; i++) {
      const row = rows[i];
      const distance = (x[row] - atX) ** 2 + (y[row] - atY) ** 2;
      if (distance < shortest || (distance === shortest && (best === null || row < best))) {
        shortest = distance;
        best = row;
      }
    }
  }
  return best;
}
