// Softmax inside each block of a row. `blocks` holds four i32 for each: first level, number of levels, first readout, number of
// readouts. Blocks begin anywhere; floats beyond the last whole four are done one by one, with the same arithmetic.

import { exp4 } from "./exp";

// @ts-expect-error: decorator
@inline
function maximum(x: usize, bytes: usize): f32 {
  let best: f32 = -Infinity;
  let k: usize = 0;
  if (bytes >= 16) {
    let four = v128.load(x);
    for (k = 16; k + 16 <= bytes; k += 16) four = f32x4.pmax(four, v128.load(x + k));
    best = max(
      max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
      max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
    );
  }
  for (; k < bytes; k += 4) best = max(best, load<f32>(x + k));
  return best;
}

/** In place. */
export function softmax(x: usize, stride: i32, nRows: i32, blocks: usize, nBlocks: i32): void {
  for (let row = 0; row < nRows; row++) {
    for (let block = 0; block < nBlocks; block++) {
      const entry = blocks + ((<usize>block) << 4);
      const start = x + ((<usize>load<i32>(entry)) << 2);
      const bytes = (<usize>load<i32>(entry, 4)) << 2;
      const largest = f32x4.splat(maximum(start, bytes));
      let sums = f32x4.splat(0);
      let k: usize = 0;
      for (; k + 16 <= bytes; k += 16) {
        const e = exp4(f32x4.sub(v128.load(start + k), largest));
        v128.store(start + k, e);
        sums = f32x4.add(sums, e);
      }
      let sum =
        f32x4.extract_lane(sums, 0) +
        f32x4.extract_lane(sums, 1) +
        (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
      for (; k < bytes; k += 4) {
        const e = f32x4.extract_lane(exp4(f32x4.sub(v128.load_splat<f32>(start + k), largest)), 0);
        store<f32>(start + k, e);
        sum += e;
      }
      const factor = f32x4.splat(1 / sum);
      for (k = 0; k + 16 <= bytes; k += 16) v128.store(start + k, f32x4.mul(v128.load(start + k), factor));
      for (; k < bytes; k += 4) store<f32>(start + k, load<f32>(start + k) / sum);
    }
    x += (<usize>stride) << 2;
  }
}

/** target += scale · p ∘ (d − Σ p ∘ d) block by block: the gradient of the logits, from d, that of the softmax p. */
export function softmaxBackward(
  p: usize,
  d: usize,
  stride: i32,
  nRows: i32,
  blocks: usize,
  nBlocks: i32,
  scale: f32,
  target: usize,
): void {
  const factor = f32x4.splat(scale);
  for (let row = 0; row < nRows; row++) {
    for (let block = 0; block < nBlocks; block++) {
      const entry = blocks + ((<usize>block) << 4);
      const from = (<usize>load<i32>(entry)) << 2;
      const end = from + ((<usize>load<i32>(entry, 4)) << 2);
      let sums = f32x4.splat(0);
      let k = from;
      for (; k + 16 <= end; k += 16) sums = f32x4.add(sums, f32x4.mul(v128.load(p + k), v128.load(d + k)));
      let sum =
        f32x4.extract_lane(sums, 0) +
        f32x4.extract_lane(sums, 1) +
        (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
      for (; k < end; k += 4) sum += load<f32>(p + k) * load<f32>(d + k);
      const middle = f32x4.splat(sum);
      for (k = from; k + 16 <= end; k += 16) {
        const change = f32x4.mul(f32x4.mul(v128.load(p + k), f32x4.sub(v128.load(d + k), middle)), factor);
        v128.store(target + k, f32x4.add(v128.load(target + k), change));
      }
      for (; k < end; k += 4)
        store<f32>(target + k, load<f32>(target + k) + load<f32>(p + k) * (load<f32>(d + k) - sum) * scale);
    }
    const bytes = (<usize>stride) << 2;
    p += bytes;
    d += bytes;
    target += bytes;
  }
}

/** The readouts (nRows × readoutStride) of the likeliest level of each block, the first among equals. */
export function readDrawn(
  p: usize,
  stride: i32,
  nRows: i32,
  blocks: usize,
  nBlocks: i32,
  readout: usize,
  readoutStride: i32,
  target: usize,
): void {
  const readoutBytes = (<usize>readoutStride) << 2;
  memory.fill(target, 0, <usize>nRows * readoutBytes);
  for (let row = 0; row < nRows; row++) {
    for (let block = 0; block < nBlocks; block++) {
      const entry = blocks + ((<usize>block) << 4);
      const first = <usize>load<i32>(entry);
      const start = p + (first << 2);
      const bytes = (<usize>load<i32>(entry, 4)) << 2;
      const best = maximum(start, bytes);
      let at: usize = 0;
      while (at + 4 < bytes && load<f32>(start + at) < best) at += 4;
      const from = readout + (first + (at >> 2)) * readoutBytes;
      const begin = (<usize>load<i32>(entry, 8)) << 2;
      const end = begin + ((<usize>load<i32>(entry, 12)) << 2);
      for (let k = begin; k < end; k += 4) store<f32>(target + k, load<f32>(from + k));
    }
    p += (<usize>stride) << 2;
    target += readoutBytes;
  }
}
