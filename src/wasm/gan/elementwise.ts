// Passes over matrices whose rows stand a multiple of 4 floats apart. `count` is a number of floats, a multiple of 4, too.

// @ts-expect-error: decorator
@inline
export function leakySlope(x: v128): v128 {
  return v128.bitselect(f32x4.splat(1), f32x4.splat(0.2), f32x4.gt(x, f32x4.splat(0)));
}

/** Adds one row to each of nRows rows. */
export function addRow(x: usize, stride: i32, nRows: i32, row: usize): void {
  const bytes = (<usize>stride) << 2;
  for (let i = 0; i < nRows; i++) {
    for (let k: usize = 0; k < bytes; k += 16) v128.store(x + k, f32x4.add(v128.load(x + k), v128.load(row + k)));
    x += bytes;
  }
}

/** target += source. */
export function addTo(target: usize, source: usize, count: i32): void {
  for (let k: usize = 0; k < (<usize>count) << 2; k += 16)
    v128.store(target + k, f32x4.add(v128.load(target + k), v128.load(source + k)));
}

/** target = a ∘ b · scale. */
export function product(a: usize, b: usize, scale: f32, target: usize, count: i32): void {
  const factor = f32x4.splat(scale);
  for (let k: usize = 0; k < (<usize>count) << 2; k += 16)
    v128.store(target + k, f32x4.mul(f32x4.mul(v128.load(a + k), v128.load(b + k)), factor));
}

/** target = (a + b) · scale. */
export function scaledSum(a: usize, b: usize, scale: f32, target: usize, count: i32): void {
  const factor = f32x4.splat(scale);
  for (let k: usize = 0; k < (<usize>count) << 2; k += 16)
    v128.store(target + k, f32x4.mul(f32x4.add(v128.load(a + k), v128.load(b + k)), factor));
}

/** x = (x · scale − expected) ∘ mask. */
export function excess(x: usize, scale: f32, expected: usize, mask: usize, count: i32): void {
  const factor = f32x4.splat(scale);
  for (let k: usize = 0; k < (<usize>count) << 2; k += 16)
    v128.store(x + k, f32x4.mul(f32x4.sub(f32x4.mul(v128.load(x + k), factor), v128.load(expected + k)), v128.load(mask + k)));
}

/** Σ a ∘ b, added up in double precision. */
export function dot(a: usize, b: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  for (let k: usize = 0; k < (<usize>count) << 2; k += 8)
    sum = f64x2.add(
      sum,
      f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(a + k)), f64x2.promote_low_f32x4(v128.load64_zero(b + k))),
    );
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** target += the sum of each column. */
export function addColumnSums(x: usize, stride: i32, nRows: i32, target: usize): void {
  const bytes = (<usize>stride) << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = f32x4.splat(0);
    let from = x + k;
    for (let row = 0; row < nRows; row++) {
      sum = f32x4.add(sum, v128.load(from));
      from += bytes;
    }
    v128.store(target + k, f32x4.add(v128.load(target + k), sum));
  }
}

/** target += the sum of each column of x ∘ y. */
export function addColumnProducts(x: usize, y: usize, stride: i32, nRows: i32, target: usize): void {
  const bytes = (<usize>stride) << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = f32x4.splat(0);
    let at = k;
    for (let row = 0; row < nRows; row++) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(x + at), v128.load(y + at)));
      at += bytes;
    }
    v128.store(target + k, f32x4.add(v128.load(target + k), sum));
  }
}

/**
 * One step of Adam (Kingma and Ba 2015), β = (0.5, 0.9): values −= rate · m / (√v + epsilon), with weightDecay · values added to
 * the gradient. Bias corrections are in `rate` and `epsilon`.
 */
export function adam(
  values: usize,
  gradient: usize,
  moment1: usize,
  moment2: usize,
  count: i32,
  rate: f32,
  epsilon: f32,
  weightDecay: f32,
): void {
  for (let k: usize = 0; k < (<usize>count) << 2; k += 16) {
    const x = v128.load(values + k);
    const g = f32x4.add(v128.load(gradient + k), f32x4.mul(x, f32x4.splat(weightDecay)));
    const m = f32x4.add(f32x4.mul(v128.load(moment1 + k), f32x4.splat(0.5)), f32x4.mul(g, f32x4.splat(0.5)));
    const v = f32x4.add(
      f32x4.mul(v128.load(moment2 + k), f32x4.splat(0.9)),
      f32x4.mul(f32x4.mul(g, g), f32x4.splat(<f32>(1 - 0.9))),
    );
    v128.store(moment1 + k, m);
    v128.store(moment2 + k, v);
    const change = f32x4.div(f32x4.mul(m, f32x4.splat(rate)), f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon)));
    v128.store(values + k, f32x4.sub(x, change));
  }
}

/** average = decay · average + (1 − decay) · values. */
export function blend(average: usize, values: usize, decay: f32, count: i32): void {
  const keep = f32x4.splat(decay);
  const take = f32x4.splat(1 - decay);
  for (let k: usize = 0; k < (<usize>count) << 2; k += 16)
    v128.store(average + k, f32x4.add(f32x4.mul(v128.load(average + k), keep), f32x4.mul(v128.load(values + k), take)));
}
