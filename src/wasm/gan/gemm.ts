// Matrix products. Rows of A stand packed 5 at a time (panel · depth · 5 floats), columns of B 8 at a time (panel · depth · 8),
// so that both are read straight through and nothing is packed twice. Each panel of B names the stretch of the depth in which it is
// not zero: block-diagonal matrices cost what their blocks do. 5 × 8 sums fill 10 of the 16 registers that a processor has at least.

const TILE_ROWS = 5;
const TILE_COLUMNS = 8;

// @ts-expect-error: decorator
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

// @ts-expect-error: decorator
function put(at: usize, left: v128, right: v128, adds: bool): void {
  if (adds) {
    v128.store(at, f32x4.add(v128.load(at), left));
    v128.store(at, f32x4.add(v128.load(at, 16), right), 16);
  } else {
    v128.store(at, left);
    v128.store(at, right, 16);
  }
}

/** One tile: C (5 × 8) = A·B over `depth`, or C += A·B. */
function tile(a: usize, b: usize, depth: i32, c: usize, rowBytes: usize, adds: bool): void {
  let l0 = f32x4.splat(0);
  let r0 = l0;
  let l1 = l0;
  let r1 = l0;
  let l2 = l0;
  let r2 = l0;
  let l3 = l0;
  let r3 = l0;
  let l4 = l0;
  let r4 = l0;
  const end = b + ((<usize>depth) << 5);
  while (b < end) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    l0 = madd(x, left, l0);
    r0 = madd(x, right, r0);
    x = v128.load_splat<f32>(a, 4);
    l1 = madd(x, left, l1);
    r1 = madd(x, right, r1);
    x = v128.load_splat<f32>(a, 8);
    l2 = madd(x, left, l2);
    r2 = madd(x, right, r2);
    x = v128.load_splat<f32>(a, 12);
    l3 = madd(x, left, l3);
    r3 = madd(x, right, r3);
    x = v128.load_splat<f32>(a, 16);
    l4 = madd(x, left, l4);
    r4 = madd(x, right, r4);
    a += 20;
    b += 32;
  }
  put(c, l0, r0, adds);
  c += rowBytes;
  put(c, l1, r1, adds);
  c += rowBytes;
  put(c, l2, r2, adds);
  c += rowBytes;
  put(c, l3, r3, adds);
  c += rowBytes;
  put(c, l4, r4, adds);
}

/**
 * C = A·B or, with `adds`, C += A·B, with C row by row, `columnStride` floats apart. `panels` holds for each panel of B where it
 * begins in the depth and how far it goes (two i32 each); B holds that much of each. C's rows and columns are filled up to whole
 * tiles.
 */
export function multiply(
  a: usize,
  nRows: i32,
  depth: i32,
  b: usize,
  panels: usize,
  nPanels: i32,
  c: usize,
  columnStride: i32,
  adds: bool,
): void {
  const rowBytes = (<usize>columnStride) << 2;
  const panelBytes = <usize>(depth * TILE_ROWS * 4);
  for (let panel = 0; panel < nPanels; panel++) {
    const from = load<i32>(panels);
    const length = load<i32>(panels, 4);
    let rows = a + <usize>(from * TILE_ROWS * 4);
    let target = c;
    for (let row = 0; row < nRows; row += TILE_ROWS) {
      tile(rows, b, length, target, rowBytes, adds);
      rows += panelBytes;
      target += rowBytes * TILE_ROWS;
    }
    b += (<usize>length) << 5;
    panels += 8;
    c += TILE_COLUMNS * 4;
  }
}

/** Four floats of each of four rows, transposed in registers; the results go `step` bytes apart. */
function transposeFour(source: usize, rowBytes: usize, target: usize, step: usize): void {
  const r0 = v128.load(source);
  const r1 = v128.load(source + rowBytes);
  const r2 = v128.load(source + 2 * rowBytes);
  const r3 = v128.load(source + 3 * rowBytes);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(target + step, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(target + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(target + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
}

/** Packs A (nRows × depth); rows that are missing in the last panel are zero. */
export function packRows(source: usize, stride: i32, nRows: i32, depth: i32, target: usize): void {
  const rowBytes = (<usize>stride) << 2;
  for (let row = 0; row < nRows; row += TILE_ROWS) {
    const n = min(TILE_ROWS, nRows - row);
    const s0 = source + <usize>row * rowBytes;
    if (n === TILE_ROWS) {
      const s1 = s0 + rowBytes;
      const s2 = s1 + rowBytes;
      const s3 = s2 + rowBytes;
      const s4 = s3 + rowBytes;
      const bytes = (<usize>depth) << 2;
      let k: usize = 0;
      for (; k + 16 <= bytes; k += 16) {
        transposeFour(s0 + k, rowBytes, target, 20);
        store<f32>(target, load<f32>(s4 + k), 16);
        store<f32>(target, load<f32>(s4 + k, 4), 36);
        store<f32>(target, load<f32>(s4 + k, 8), 56);
        store<f32>(target, load<f32>(s4 + k, 12), 76);
        target += 80;
      }
      for (; k < bytes; k += 4) {
        store<f32>(target, load<f32>(s0 + k));
        store<f32>(target, load<f32>(s1 + k), 4);
        store<f32>(target, load<f32>(s2 + k), 8);
        store<f32>(target, load<f32>(s3 + k), 12);
        store<f32>(target, load<f32>(s4 + k), 16);
        target += 20;
      }
    } else {
      for (let k = 0; k < depth; k++) {
        for (let i = 0; i < TILE_ROWS; i++)
          store<f32>(target + ((<usize>i) << 2), i < n ? load<f32>(s0 + <usize>i * rowBytes + ((<usize>k) << 2)) : 0);
        target += 20;
      }
    }
  }
}

/** Packs Aᵀ as the left operand, with A (depth × nRows) row by row. */
export function packRowsTransposed(source: usize, stride: i32, nRows: i32, depth: i32, target: usize): void {
  const rowBytes = (<usize>stride) << 2;
  for (let row = 0; row < nRows; row += TILE_ROWS) {
    const n = min(TILE_ROWS, nRows - row);
    let from = source + ((<usize>row) << 2);
    for (let k = 0; k < depth; k++) {
      if (n === TILE_ROWS) {
        v128.store(target, v128.load(from));
        store<f32>(target, load<f32>(from, 16), 16);
      } else {
        for (let i = 0; i < TILE_ROWS; i++)
          store<f32>(target + ((<usize>i) << 2), i < n ? load<f32>(from + ((<usize>i) << 2)) : 0);
      }
      target += 20;
      from += rowBytes;
    }
  }
}

/** Packs B (depth × 8·nPanels), row by row, over the whole depth. */
export function packColumns(source: usize, stride: i32, depth: i32, nPanels: i32, target: usize): void {
  const rowBytes = (<usize>stride) << 2;
  for (let panel = 0; panel < nPanels; panel++) {
    let from = source + <usize>(panel * TILE_COLUMNS * 4);
    for (let k = 0; k < depth; k++) {
      v128.store(target, v128.load(from));
      v128.store(target, v128.load(from, 16), 16);
      target += 32;
      from += rowBytes;
    }
  }
}

/** Packs Bᵀ as the right operand, with B (nColumns × depth) row by row; columns that are missing in the last panel are zero. */
export function packColumnsTransposed(source: usize, stride: i32, depth: i32, nColumns: i32, target: usize): void {
  const rowBytes = (<usize>stride) << 2;
  for (let column = 0; column < nColumns; column += TILE_COLUMNS) {
    const n = min(TILE_COLUMNS, nColumns - column);
    const first = source + <usize>column * rowBytes;
    let k = 0;
    if (n === TILE_COLUMNS) {
      for (; k + 4 <= depth; k += 4) {
        const from = first + ((<usize>k) << 2);
        const to = target + ((<usize>k) << 5);
        transposeFour(from, rowBytes, to, 32);
        transposeFour(from + 4 * rowBytes, rowBytes, to + 16, 32);
      }
    }
    for (; k < depth; k++) {
      for (let i = 0; i < TILE_COLUMNS; i++) {
        const value: f32 = i < n ? load<f32>(first + <usize>i * rowBytes + ((<usize>k) << 2)) : 0;
        store<f32>(target + ((<usize>k) << 5) + ((<usize>i) << 2), value);
      }
    }
    target += (<usize>depth) << 5;
  }
}
