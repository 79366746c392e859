// Kernels of k-means and silhouettes. Points stand column by column: value (row, column) at columns + (column · stride + row) · 8.
// The stride is a multiple of 4; rows that fill it up hold zeros.

/**
 * Nearest centre (the first among equals) and squared distance to it of every row; sums and sizes of the clusters so made.
 * Centres and sums are (k × nColumns). Returns how many rows changed their label.
 */
export function assign(
  columns: usize,
  stride: i32,
  nRows: i32,
  nColumns: i32,
  centres: usize,
  k: i32,
  labels: usize,
  distances: usize,
  sums: usize,
  sizes: usize,
): i32 {
  const bytes = (<usize>stride) << 3;
  for (let row = 0; row < nRows; row += 4) {
    const at = columns + ((<usize>row) << 3);
    let nearestA = f64x2.splat(Infinity);
    let nearestB = f64x2.splat(Infinity);
    let bestA = f64x2.splat(0);
    let bestB = f64x2.splat(0);
    let centre = centres;
    for (let cluster = 0; cluster < k; cluster++) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let from = at;
      for (let column = 0; column < nColumns; column++) {
        const middle = v128.load_splat<f64>(centre);
        const differenceA = f64x2.sub(v128.load(from), middle);
        const differenceB = f64x2.sub(v128.load(from, 16), middle);
        a = f64x2.add(a, f64x2.mul(differenceA, differenceA));
        b = f64x2.add(b, f64x2.mul(differenceB, differenceB));
        from += bytes;
        centre += 8;
      }
      const isNearerA = f64x2.lt(a, nearestA);
      const isNearerB = f64x2.lt(b, nearestB);
      const index = f64x2.splat(<f64>cluster);
      bestA = v128.bitselect(index, bestA, isNearerA);
      bestB = v128.bitselect(index, bestB, isNearerB);
      nearestA = f64x2.pmin(nearestA, a);
      nearestB = f64x2.pmin(nearestB, b);
    }
    const target = distances + ((<usize>row) << 3);
    v128.store(target, nearestA);
    v128.store(target, nearestB, 16);
    const best = i8x16.narrow_i16x8_u(
      i16x8.narrow_i32x4_u(
        v128.shuffle<i32>(i32x4.trunc_sat_f64x2_u_zero(bestA), i32x4.trunc_sat_f64x2_u_zero(bestB), 0, 1, 4, 5),
        i32x4.splat(0),
      ),
      i16x8.splat(0),
    );
    // New labels beside the old ones, which count the changes below.
    v128.store32_lane(labels + <usize>stride + <usize>row, best, 0);
  }
  return gather(columns, stride, nRows, nColumns, k, labels, sums, sizes);
}

/** Takes over the new labels and adds up the rows of each cluster, in their order. */
function gather(columns: usize, stride: i32, nRows: i32, nColumns: i32, k: i32, labels: usize, sums: usize, sizes: usize): i32 {
  memory.fill(sums, 0, (<usize>(k * nColumns)) << 3);
  memory.fill(sizes, 0, (<usize>k) << 2);
  let nMoved = 0;
  for (let row = 0; row < nRows; row++) {
    const label = <i32>load<u8>(labels + <usize>stride + <usize>row);
    if (label !== <i32>load<u8>(labels + <usize>row)) nMoved++;
    store<u8>(labels + <usize>row, <u8>label);
    const size = sizes + ((<usize>label) << 2);
    store<i32>(size, load<i32>(size) + 1);
    let sum = sums + ((<usize>(label * nColumns)) << 3);
    let from = columns + ((<usize>row) << 3);
    for (let column = 0; column < nColumns; column++) {
      store<f64>(sum, load<f64>(sum) + load<f64>(from));
      sum += 8;
      from += (<usize>stride) << 3;
    }
  }
  return nMoved;
}

/**
 * The smaller of each row's `nearest` and its squared distance to a point, into `result`. Returns their sum (even rows and
 * odd rows added up apart).
 */
export function nearer(columns: usize, stride: i32, nRows: i32, nColumns: i32, point: usize, nearest: usize, result: usize): f64 {
  const bytes = (<usize>stride) << 3;
  let sum = f64x2.splat(0);
  for (let row = 0; row < nRows; row += 2) {
    const at = (<usize>row) << 3;
    let distance = f64x2.splat(0);
    let from = columns + at;
    for (let column = 0; column < nColumns; column++) {
      const difference = f64x2.sub(v128.load(from), v128.load_splat<f64>(point + ((<usize>column) << 3)));
      distance = f64x2.add(distance, f64x2.mul(difference, difference));
      from += bytes;
    }
    distance = f64x2.pmin(distance, v128.load(nearest + at));
    v128.store(result + at, distance);
    sum = f64x2.add(sum, distance);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * Adds the distances between row `row` and the rows after it to `sums` (k × stride), from each cluster to each row. Rows
 * stand cluster by cluster; cluster c has those from starts[c] to starts[c + 1] − 1, `own` is that of the row.
 */
function addDistances(columns: usize, stride: i32, nColumns: i32, starts: usize, k: i32, own: i32, row: i32, sums: usize): void {
  const bytes = (<usize>stride) << 3;
  const ownSums = sums + <usize>own * bytes;
  const point = columns + ((<usize>row) << 3);
  for (let cluster = own; cluster < k; cluster++) {
    let other = load<i32>(starts + ((<usize>cluster) << 2));
    if (other <= row) other = row + 1;
    const end = load<i32>(starts + ((<usize>cluster) << 2), 4);
    let total = f64x2.splat(0);
    for (; other + 1 < end; other += 2) {
      const at = (<usize>other) << 3;
      let distance = f64x2.splat(0);
      let from: usize = 0;
      for (let column = 0; column < nColumns; column++) {
        const difference = f64x2.sub(v128.load(columns + from + at), v128.load_splat<f64>(point + from));
        distance = f64x2.add(distance, f64x2.mul(difference, difference));
        from += bytes;
      }
      distance = f64x2.sqrt(distance);
      total = f64x2.add(total, distance);
      v128.store(ownSums + at, f64x2.add(v128.load(ownSums + at), distance));
    }
    let sum = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
    if (other < end) {
      const at = (<usize>other) << 3;
      let distance: f64 = 0;
      let from: usize = 0;
      for (let column = 0; column < nColumns; column++) {
        const difference = load<f64>(columns + from + at) - load<f64>(point + from);
        distance += difference * difference;
        from += bytes;
      }
      distance = sqrt(distance);
      sum += distance;
      store<f64>(ownSums + at, load<f64>(ownSums + at) + distance);
    }
    const target = sums + <usize>cluster * bytes + ((<usize>row) << 3);
    store<f64>(target, load<f64>(target) + sum);
  }
}

/** `addDistances` for rows `begin` to `end` − 1. */
export function addAllDistances(
  columns: usize,
  stride: i32,
  nColumns: i32,
  starts: usize,
  k: i32,
  begin: i32,
  end: i32,
  sums: usize,
): void {
  let own = 0;
  for (let row = begin; row < end; row++) {
    while (row >= load<i32>(starts + ((<usize>own) << 2), 4)) own++;
    addDistances(columns, stride, nColumns, starts, k, own, row, sums);
  }
}
