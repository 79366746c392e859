// Layer norm of the generator, and the critic's layers with dropout and gradient penalty. `mask` is 1 in columns that exist and 0
// in those that fill a row up, which stay 0 throughout.

import { leakySlope } from "./elementwise";

// @ts-expect-error: decorator
@inline
function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/**
 * Layer norm, gain and shift, LeakyReLU. Writes the normalised rows, 1 / deviation of each row, and the output. The slope is told
 * by the output's sign.
 */
export function normalise(
  x: usize,
  stride: i32,
  nRows: i32,
  width: i32,
  mask: usize,
  gain: usize,
  shift: usize,
  normal: usize,
  inverseDeviation: usize,
  output: usize,
): void {
  const bytes = (<usize>stride) << 2;
  for (let row = 0; row < nRows; row++) {
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) sum = f32x4.add(sum, v128.load(x + k));
    const mean = f32x4.splat(sumOf(sum) / <f32>width);
    let square = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const centred = f32x4.mul(f32x4.sub(v128.load(x + k), mean), v128.load(mask + k));
      square = f32x4.add(square, f32x4.mul(centred, centred));
    }
    const inverse: f32 = 1 / sqrt(sumOf(square) / <f32>width + 1e-5);
    store<f32>(inverseDeviation, inverse);
    const factor = f32x4.splat(inverse);
    for (let k: usize = 0; k < bytes; k += 16) {
      const y = f32x4.mul(f32x4.mul(f32x4.sub(v128.load(x + k), mean), v128.load(mask + k)), factor);
      v128.store(normal + k, y);
      const shifted = f32x4.add(f32x4.mul(y, v128.load(gain + k)), v128.load(shift + k));
      v128.store(output + k, f32x4.mul(shifted, leakySlope(shifted)));
    }
    x += bytes;
    normal += bytes;
    output += bytes;
    inverseDeviation += 4;
  }
}

/** From the gradient of the output to that of gain · normal + shift (in its place) and to that of the layer's input. */
export function normaliseBackward(
  upstream: usize,
  stride: i32,
  nRows: i32,
  width: i32,
  mask: usize,
  gain: usize,
  normal: usize,
  inverseDeviation: usize,
  output: usize,
  input: usize,
): void {
  const bytes = (<usize>stride) << 2;
  for (let row = 0; row < nRows; row++) {
    let sum = f32x4.splat(0);
    let along = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const dShifted = f32x4.mul(v128.load(upstream + k), leakySlope(v128.load(output + k)));
      v128.store(upstream + k, dShifted);
      const dNormal = f32x4.mul(dShifted, v128.load(gain + k));
      sum = f32x4.add(sum, dNormal);
      along = f32x4.add(along, f32x4.mul(dNormal, v128.load(normal + k)));
    }
    const mean = f32x4.splat(sumOf(sum) / <f32>width);
    const share = f32x4.splat(sumOf(along) / <f32>width);
    const factor = f32x4.splat(load<f32>(inverseDeviation));
    for (let k: usize = 0; k < bytes; k += 16) {
      const dNormal = f32x4.mul(v128.load(upstream + k), v128.load(gain + k));
      const rest = f32x4.sub(f32x4.sub(dNormal, mean), f32x4.mul(v128.load(normal + k), share));
      v128.store(input + k, f32x4.mul(f32x4.mul(rest, factor), v128.load(mask + k)));
    }
    upstream += bytes;
    normal += bytes;
    output += bytes;
    input += bytes;
    inverseDeviation += 4;
  }
}

/** LeakyReLU and dropout: slope = dropout mask (which it replaces) · LeakyReLU′, after = before · slope. */
export function dropLeaky(before: usize, slope: usize, after: usize, count: i32): void {
  for (let k: usize = 0; k < (<usize>count) << 2; k += 16) {
    const x = v128.load(before + k);
    const s = f32x4.mul(leakySlope(x), v128.load(slope + k));
    v128.store(slope + k, s);
    v128.store(after + k, f32x4.mul(x, s));
  }
}

/** Each row of target = row ∘ slope · scale. */
export function spread(row: usize, slope: usize, stride: i32, nRows: i32, scale: f32, target: usize): void {
  const bytes = (<usize>stride) << 2;
  const factor = f32x4.splat(scale);
  for (let i = 0; i < nRows; i++) {
    for (let k: usize = 0; k < bytes; k += 16)
      v128.store(target + k, f32x4.mul(f32x4.mul(v128.load(row + k), factor), v128.load(slope + k)));
    slope += bytes;
    target += bytes;
  }
}

/** target = b + share · (a − b), row by row. */
export function mixRows(a: usize, b: usize, shares: usize, stride: i32, nRows: i32, target: usize): void {
  const bytes = (<usize>stride) << 2;
  for (let i = 0; i < nRows; i++) {
    const share = v128.load_splat<f32>(shares);
    for (let k: usize = 0; k < bytes; k += 16) {
      const from = v128.load(b + k);
      v128.store(target + k, f32x4.add(from, f32x4.mul(share, f32x4.sub(v128.load(a + k), from))));
    }
    a += bytes;
    b += bytes;
    target += bytes;
    shares += 4;
  }
}

/** Turns gradients g of the critic into the derivative of scale / 2 · Σ (‖g‖ − 1)² by them; gives Σ (‖g‖ − 1)². */
export function penalise(gradients: usize, stride: i32, nRows: i32, scale: f32): f64 {
  const bytes = (<usize>stride) << 2;
  let total: f64 = 0;
  for (let i = 0; i < nRows; i++) {
    let square = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const g = v128.load(gradients + k);
      square = f32x4.add(square, f32x4.mul(g, g));
    }
    const norm: f32 = sqrt(sumOf(square) + 1e-12);
    total += <f64>(norm - 1) * <f64>(norm - 1);
    const factor = f32x4.splat(((norm - 1) / norm) * scale);
    for (let k: usize = 0; k < bytes; k += 16) v128.store(gradients + k, f32x4.mul(v128.load(gradients + k), factor));
    gradients += bytes;
  }
  return total;
}
