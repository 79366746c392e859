/**
 * Kernels of gradient boosting, in AssemblyScript. Pointers are byte addresses. A pair is a row's (gradient, hessian)
 * or the sum of such, two 64-bit floats side by side, added in one instruction; a histogram is a pair per slot.
 */

/** What subtraction leaves of a bin below this share of the parent's is its rounding, and is cleared. */
const RESIDUE: f64 = 1e-12;
/** No hessian falls below this, as in XGBoost. */
const MIN_HESSIAN: f64 = 1e-16;
/** A gain below this is rounding noise (XGBoost's kRtEps). */
const MIN_GAIN: f64 = 1e-6;

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const INVERSE_LN2: f64 = 1.4426950408889634;
/** Added to a whole number, it leaves that number in the low bits. */
const TO_BITS: f64 = 6755399441055744;

/** Rows fetched ahead at a time: enough to wait for memory once and not row by row. */
const AHEAD: i32 = 32;
/** Rows of a node that lie further apart than this on average, in numbers of rows, are fetched ahead. */
const FAR_APART: i32 = 3;
const LINE_BYTES: usize = 64;
/** Keeps loads whose only purpose is to fetch: an export is not optimised away. */
export let fetched: u32 = 0;

/** Loads what a few rows need, all at once. */
function fetch(bins: usize, rowBytes: usize, rows: usize, begin: i32, end: i32, pairs: usize): void {
  let sum: u32 = 0;
  for (let i = begin; i < end; i++) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    sum += load<u32>(pairs + (row << 4));
    const last = bins + (row + 1) * rowBytes - 2;
    for (let at = bins + row * rowBytes; at < last; at += LINE_BYTES) sum += <u32>load<u16>(at);
    sum += <u32>load<u16>(last);
  }
  fetched = sum;
}

/**
 * Adds the pairs of rows[begin, end), ascending, to a histogram. bins: (rows × width) slots, row-major. Rows far apart
 * are fetched ahead: measured 1.9 ns a sum and not 4.8 in nodes with a 32nd of a million rows.
 */
export function fillHistogram(bins: usize, width: i32, rows: usize, begin: i32, end: i32, pairs: usize, histogram: usize): void {
  if (end <= begin) return;
  const span = load<u32>(rows + ((<usize>(end - 1)) << 2)) - load<u32>(rows + ((<usize>begin) << 2));
  if (<i32>span <= FAR_APART * (end - begin)) {
    addRows(bins, width, rows, begin, end, pairs, histogram);
    return;
  }
  for (let from = begin; from < end; from += AHEAD) {
    const to = min(from + AHEAD, end);
    fetch(bins, (<usize>width) << 1, rows, from, to, pairs);
    addRows(bins, width, rows, from, to, pairs, histogram);
  }
}

/** Two rows by two features at a time: neighbours in a row hit different slots, so that no addition waits for another. */
function addRows(bins: usize, width: i32, rows: usize, begin: i32, end: i32, pairs: usize, histogram: usize): void {
  const rowBytes = (<usize>width) << 1;
  const evenBytes = rowBytes & ~3;
  let i = begin;
  for (; i + 1 < end; i += 2) {
    const row0 = <usize>load<u32>(rows + ((<usize>i) << 2));
    const row1 = <usize>load<u32>(rows + ((<usize>i) << 2), 4);
    const pair0 = v128.load(pairs + (row0 << 4));
    const pair1 = v128.load(pairs + (row1 << 4));
    let at0 = bins + row0 * rowBytes;
    let at1 = bins + row1 * rowBytes;
    const stop = at0 + evenBytes;
    while (at0 < stop) {
      const a = histogram + ((<usize>load<u16>(at0)) << 4);
      const b = histogram + ((<usize>load<u16>(at0, 2)) << 4);
      const sumA = v128.load(a);
      const sumB = v128.load(b);
      v128.store(a, f64x2.add(sumA, pair0));
      v128.store(b, f64x2.add(sumB, pair0));
      const c = histogram + ((<usize>load<u16>(at1)) << 4);
      const d = histogram + ((<usize>load<u16>(at1, 2)) << 4);
      const sumC = v128.load(c);
      const sumD = v128.load(d);
      v128.store(c, f64x2.add(sumC, pair1));
      v128.store(d, f64x2.add(sumD, pair1));
      at0 += 4;
      at1 += 4;
    }
    if (width & 1) {
      const a = histogram + ((<usize>load<u16>(at0)) << 4);
      v128.store(a, f64x2.add(v128.load(a), pair0));
      const c = histogram + ((<usize>load<u16>(at1)) << 4);
      v128.store(c, f64x2.add(v128.load(c), pair1));
    }
  }
  if (i < end) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    const pair = v128.load(pairs + (row << 4));
    let at = bins + row * rowBytes;
    const stop = at + rowBytes;
    for (; at < stop; at += 2) {
      const a = histogram + ((<usize>load<u16>(at)) << 4);
      v128.store(a, f64x2.add(v128.load(a), pair));
    }
  }
}

export function clear(at: usize, nBytes: i32): void {
  memory.fill(at, 0, nBytes);
}

/** Takes a child's histogram off its parent's, which leaves the other child's. Bins that it empties hold exactly nothing. */
export function subtractHistogram(parent: usize, child: usize, nSlots: i32): void {
  for (let i = 0; i < nSlots; i++) {
    const at = parent + ((<usize>i) << 4);
    const whole = v128.load(at);
    const part = v128.load(child + ((<usize>i) << 4));
    let rest = f64x2.sub(whole, part);
    const wholeHessian = f64x2.extract_lane(whole, 1);
    if (f64x2.extract_lane(rest, 1) <= RESIDUE * wholeHessian) {
      const scale = Math.abs(f64x2.extract_lane(part, 0)) + wholeHessian;
      if (Math.abs(f64x2.extract_lane(rest, 0)) <= RESIDUE * scale) rest = f64x2.splat(0);
    }
    v128.store(at, rest);
  }
}

/** Address of a row's pair. */
function pairOf(pairs: usize, rows: usize, i: i32): usize {
  return pairs + ((<usize>load<u32>(rows + ((<usize>i) << 2))) << 4);
}

/** Sum of the pairs of rows[begin, end): of every fourth, then of these four sums, so that additions overlap. */
export function sumPairs(pairs: usize, rows: usize, begin: i32, end: i32, out: usize): void {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  let i = begin;
  for (; i + 3 < end; i += 4) {
    a = f64x2.add(a, v128.load(pairOf(pairs, rows, i)));
    b = f64x2.add(b, v128.load(pairOf(pairs, rows, i + 1)));
    c = f64x2.add(c, v128.load(pairOf(pairs, rows, i + 2)));
    d = f64x2.add(d, v128.load(pairOf(pairs, rows, i + 3)));
  }
  for (; i < end; i++) a = f64x2.add(a, v128.load(pairOf(pairs, rows, i)));
  v128.store(out, f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
}

/** Writes from, from + 1, … */
export function countUp(rows: usize, from: i32, n: i32): void {
  for (let i = 0; i < n; i++) store<u32>(rows + ((<usize>i) << 2), from + i);
}

/**
 * Reorders rows[begin, end) so that those come first whose bin has its flag set, each side keeping its order; gives their
 * number. Every row is written to both sides, and one of the two is kept: there is no branch to mispredict.
 */
export function partition(rows: usize, begin: i32, end: i32, column: usize, flags: usize, scratch: usize): i32 {
  let left = rows + ((<usize>begin) << 2);
  const start = left;
  const stop = rows + ((<usize>end) << 2);
  let right = scratch;
  for (let at = start; at < stop; at += 4) {
    const row = load<u32>(at);
    const isLeft = <usize>load<u8>(flags + load<u8>(column + row));
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft << 2;
    right += (1 - isLeft) << 2;
  }
  memory.copy(left, scratch, right - scratch);
  return <i32>((left - start) >> 2);
}

/** One bit per row of rows[begin, end), lowest first: whether its bin has its flag set. */
export function writeSides(rows: usize, begin: i32, end: i32, column: usize, flags: usize, bits: usize): void {
  const n = end - begin;
  const start = rows + ((<usize>begin) << 2);
  for (let i = 0; i < n; i += 8) {
    let byte: u32 = 0;
    const last = min(8, n - i);
    for (let k = 0; k < last; k++) {
      const row = load<u32>(start + ((<usize>(i + k)) << 2));
      byte |= (<u32>load<u8>(flags + load<u8>(column + row))) << k;
    }
    store<u8>(bits + (i >> 3), byte);
  }
}

/** `partition` by bits that `writeSides` wrote elsewhere. */
export function partitionBySides(rows: usize, begin: i32, end: i32, bits: usize, scratch: usize): i32 {
  let left = rows + ((<usize>begin) << 2);
  const start = left;
  const n = end - begin;
  let right = scratch;
  for (let i = 0; i < n; i++) {
    const row = load<u32>(start + ((<usize>i) << 2));
    const isLeft = <usize>((load<u8>(bits + (i >> 3)) >> (i & 7)) & 1);
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft << 2;
    right += (1 - isLeft) << 2;
  }
  memory.copy(left, scratch, right - scratch);
  return <i32>((left - start) >> 2);
}

/** Adds a leaf's value to the margins of its rows. */
export function addToRows(margins: usize, rows: usize, begin: i32, end: i32, value: f64): void {
  for (let i = begin; i < end; i++) {
    const at = margins + ((<usize>load<u32>(rows + ((<usize>i) << 2))) << 3);
    store<f64>(at, load<f64>(at) + value);
  }
}

/** One step of Horner's scheme. */
function step(sum: v128, x: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(coefficient));
}

/**
 * e^x of two numbers as in core/exp-log.ts, the series' even and odd terms side by side; beyond ±708 the value at ±708.
 */
function exp2(x: v128): v128 {
  const bounded = f64x2.max(f64x2.min(x, f64x2.splat(708)), f64x2.splat(-708));
  const whole = f64x2.floor(f64x2.add(f64x2.mul(bounded, f64x2.splat(INVERSE_LN2)), f64x2.splat(0.5)));
  let rest = f64x2.sub(bounded, f64x2.mul(whole, f64x2.splat(LN2_HIGH)));
  rest = f64x2.sub(rest, f64x2.mul(whole, f64x2.splat(LN2_LOW)));
  const square = f64x2.mul(rest, rest);
  let even = f64x2.splat(1.0 / 479001600.0);
  let odd = f64x2.splat(1.0 / 6227020800.0);
  even = step(even, square, 1.0 / 3628800.0);
  odd = step(odd, square, 1.0 / 39916800.0);
  even = step(even, square, 1.0 / 40320.0);
  odd = step(odd, square, 1.0 / 362880.0);
  even = step(even, square, 1.0 / 720.0);
  odd = step(odd, square, 1.0 / 5040.0);
  even = step(even, square, 1.0 / 24.0);
  odd = step(odd, square, 1.0 / 120.0);
  even = step(even, square, 0.5);
  odd = step(odd, square, 1.0 / 6.0);
  even = step(even, square, 1.0);
  odd = step(odd, square, 1.0);
  const sum = f64x2.add(even, f64x2.mul(odd, rest));
  const exponent = i64x2.shl(i64x2.add(f64x2.add(whole, f64x2.splat(TO_BITS)), i64x2.splat(1023)), 52);
  return f64x2.mul(sum, exponent);
}

/** Stores the pairs of two rows, weighted where there are weights. */
function storePairs(at: usize, gradients: v128, hessians: v128, weights: usize): void {
  let g = gradients;
  let h = hessians;
  if (weights) {
    const weight = v128.load(weights);
    g = f64x2.mul(g, weight);
    h = f64x2.mul(h, weight);
  }
  v128.store(at, v128.shuffle<f64>(g, h, 0, 2));
  v128.store(at, v128.shuffle<f64>(g, h, 1, 3), 16);
}

/** ½ (margin − target)². All arrays of the losses are padded to an even number of rows. */
export function deriveSquaredError(margins: usize, targets: usize, weights: usize, pairs: usize, nRows: i32): void {
  for (let row: usize = 0; row < <usize>nRows; row += 2) {
    const gradients = f64x2.sub(v128.load(margins + (row << 3)), v128.load(targets + (row << 3)));
    storePairs(pairs + (row << 4), gradients, f64x2.splat(1), weights ? weights + (row << 3) : 0);
  }
}

/** Log loss of two classes; target 0 or 1. */
export function deriveLogistic(margins: usize, targets: usize, weights: usize, pairs: usize, nRows: i32): void {
  const one = f64x2.splat(1);
  for (let row: usize = 0; row < <usize>nRows; row += 2) {
    const share = f64x2.div(one, f64x2.add(one, exp2(f64x2.neg(v128.load(margins + (row << 3))))));
    const hessians = f64x2.max(f64x2.mul(share, f64x2.sub(one, share)), f64x2.splat(MIN_HESSIAN));
    const gradients = f64x2.sub(share, v128.load(targets + (row << 3)));
    storePairs(pairs + (row << 4), gradients, hessians, weights ? weights + (row << 3) : 0);
  }
}

/** Log loss of several classes with XGBoost's doubled hessian; margins and pairs (nClasses × stride), target a class code. */
export function deriveSoftmax(
  margins: usize,
  targets: usize,
  weights: usize,
  pairs: usize,
  nRows: i32,
  stride: i32,
  nClasses: i32,
  scratch: usize,
): void {
  const marginBytes = (<usize>stride) << 3;
  const pairBytes = (<usize>stride) << 4;
  const one = f64x2.splat(1);
  for (let row: usize = 0; row < <usize>nRows; row += 2) {
    const first = margins + (row << 3);
    let largest = v128.load(first);
    for (let c: usize = 1; c < <usize>nClasses; c++) largest = f64x2.max(largest, v128.load(first + c * marginBytes));
    let sum = f64x2.splat(0);
    for (let c: usize = 0; c < <usize>nClasses; c++) {
      const grown = exp2(f64x2.sub(v128.load(first + c * marginBytes), largest));
      v128.store(scratch + (c << 4), grown);
      sum = f64x2.add(sum, grown);
    }
    const target = v128.load(targets + (row << 3));
    const weight = weights ? weights + (row << 3) : 0;
    for (let c: usize = 0; c < <usize>nClasses; c++) {
      const share = f64x2.div(v128.load(scratch + (c << 4)), sum);
      const twice = f64x2.mul(f64x2.add(share, share), f64x2.sub(one, share));
      const hessians = f64x2.max(twice, f64x2.splat(MIN_HESSIAN));
      const isTarget = f64x2.eq(target, f64x2.splat(<f64>(<i32>c)));
      const gradients = f64x2.sub(share, v128.and(isTarget, one));
      storePairs(pairs + c * pairBytes + (row << 4), gradients, hessians, weight);
    }
  }
}

// The best split of a node so far, and what the search for it needs.
let lambda: f64 = 0;
let alpha: f64 = 0;
let minChildWeight: f64 = 0;
let nodeGradients: f64 = 0;
let nodeHessians: f64 = 0;
let nodeScored: f64 = 0;
let bestGain: f64 = 0;
let bestGradients: f64 = 0;
let bestHessians: f64 = 0;
let bestPosition: i32 = 0;
let bestMissingLeft: bool = false;

function softThreshold(gradients: f64): f64 {
  return gradients - Math.max(-alpha, Math.min(alpha, gradients));
}

function score(gradients: f64, hessians: f64): f64 {
  const pull = softThreshold(gradients);
  const denominator = hessians + lambda;
  return denominator > 0 ? (pull * pull) / denominator : 0;
}

/** Takes this left side if it is legal and wins more than the best so far. Both sides are scored at once. */
function tryLeft(left: v128, position: i32, missingLeft: bool): void {
  const hessians = f64x2.extract_lane(left, 1);
  const rightHessians = nodeHessians - hessians;
  if (hessians < minChildWeight || rightHessians < minChildWeight) return;
  const gradients = f64x2.extract_lane(left, 0);
  const both = f64x2.replace_lane(f64x2.splat(gradients), 1, nodeGradients - gradients);
  const pull = f64x2.sub(both, f64x2.max(f64x2.splat(-alpha), f64x2.min(f64x2.splat(alpha), both)));
  const weight = f64x2.replace_lane(f64x2.splat(hessians), 1, rightHessians);
  const denominator = f64x2.add(weight, f64x2.splat(lambda));
  const quotient = f64x2.div(f64x2.mul(pull, pull), denominator);
  const scored = v128.and(quotient, f64x2.gt(denominator, f64x2.splat(0)));
  const gain = f64x2.extract_lane(scored, 0) + f64x2.extract_lane(scored, 1) - nodeScored;
  if (gain > bestGain) {
    bestGain = gain;
    bestGradients = gradients;
    bestHessians = hessians;
    bestPosition = position;
    bestMissingLeft = missingLeft;
  }
}

/**
 * Sorts bins[0, n), ascending, by (key, bin) into `order`; keys, n of them and room for one more, stand in the order of
 * the bins. A bin's place is the number of keys before its own: all pairs are compared, but without a branch.
 */
function sortBins(bins: usize, n: i32, keys: usize, order: usize): void {
  const keyEnd = keys + ((<usize>n) << 3);
  store<f64>(keyEnd, NaN);
  for (let i = 0; i < n; i++) {
    const own = keys + ((<usize>i) << 3);
    const key = v128.load64_splat(own);
    // Pairs of keys up to the own pair count where not above, those after it where below.
    const ownPair = keys + ((<usize>i >> 1) << 4);
    let before = i64x2.splat(0);
    for (let at = keys; at < ownPair; at += 16) before = i64x2.sub(before, f64x2.le(v128.load(at), key));
    for (let at = ownPair + 16; at < keyEnd; at += 16) before = i64x2.sub(before, f64x2.lt(v128.load(at), key));
    let place = <usize>(i64x2.extract_lane(before, 0) + i64x2.extract_lane(before, 1));
    if (i & 1) place += <usize>(load<f64>(own - 8) <= load<f64>(own));
    else place += <usize>(load<f64>(own, 8) < load<f64>(own));
    store<u8>(order + place, load<u8>(bins + i));
  }
}

const NUMERIC: i32 = 0;
const ONE_HOT: i32 = 1;

/**
 * Writes the best split of a node to `found`, or a feature of −1. Features are tried in the order listed and the first of
 * equals wins; what a list holds are places in the table of features: (first slot, number of bins with values, kind, –) as
 * 32-bit integers, its missing bin being the last. penalties: λ, α, γ, least child weight.
 * found: gain, gradients and hessians of the left side (64-bit); feature, bin, whether missing values go left, whether the
 * split is a set (32-bit); from byte 40 on a flag per bin. work: 258 keys, then twice 256 bins.
 */
export function findSplit(
  histogram: usize,
  features: usize,
  list: usize,
  nListed: i32,
  gradients: f64,
  hessians: f64,
  penalties: usize,
  work: usize,
  found: usize,
): void {
  lambda = load<f64>(penalties);
  alpha = load<f64>(penalties, 8);
  minChildWeight = load<f64>(penalties, 24);
  nodeGradients = gradients;
  nodeHessians = hessians;
  nodeScored = score(gradients, hessians);
  bestGain = Math.max(MIN_GAIN, load<f64>(penalties, 16));
  const order = work + 2064;
  const unsorted = order + 256;
  store<i32>(found, -1, 24);
  for (let i = 0; i < nListed; i++) {
    const place = load<u32>(list + ((<usize>i) << 2));
    const feature = features + ((<usize>place) << 4);
    const bins = histogram + ((<usize>load<u32>(feature)) << 4);
    const nBins = load<i32>(feature, 4);
    const kind = load<i32>(feature, 8);
    let nPresent = 0;
    for (let bin = 0; bin < nBins; bin++) {
      store<u8>(order + nPresent, <u8>bin);
      nPresent += i32(load<f64>(bins + ((<usize>bin) << 4), 8) > 0);
    }
    if (kind > ONE_HOT) {
      for (let at = 0; at < nPresent; at++) {
        const bin = <usize>load<u8>(order + at);
        const g = load<f64>(bins + (bin << 4));
        const h = load<f64>(bins + (bin << 4), 8);
        const key = h < minChildWeight || h + lambda <= 0 ? 0 : -softThreshold(g) / (h + lambda);
        store<f64>(work + ((<usize>at) << 3), key);
      }
      memory.copy(unsorted, order, nPresent);
      sortBins(unsorted, nPresent, work, order);
    }
    bestPosition = -1;
    const missing = v128.load(bins + ((<usize>nBins) << 4));
    const hasMissing = f64x2.extract_lane(missing, 1) > 0;
    let left = f64x2.splat(0);
    for (let at = 0; at < nPresent; at++) {
      const bin = v128.load(bins + ((<usize>load<u8>(order + at)) << 4));
      left = kind === ONE_HOT ? bin : f64x2.add(bin, left);
      const isRest = at + 1 === nPresent && (kind !== ONE_HOT || nPresent === 1);
      if (hasMissing || !isRest) tryLeft(left, at, false);
      if (hasMissing && !isRest) tryLeft(f64x2.add(left, missing), at, true);
    }
    if (bestPosition >= 0) describe(found, place, order, nBins, nPresent, hasMissing, kind);
  }
}

function describe(found: usize, place: i32, order: usize, nBins: i32, nPresent: i32, hasMissing: bool, kind: i32): void {
  const isHeavierLeft = 2 * bestHessians >= nodeHessians;
  const missingLeft = hasMissing ? bestMissingLeft : isHeavierLeft;
  store<f64>(found, bestGain);
  store<f64>(found, bestGradients, 8);
  store<f64>(found, bestHessians, 16);
  store<i32>(found, place, 24);
  store<i32>(found, load<u8>(order + bestPosition), 28);
  store<i32>(found, i32(missingLeft), 32);
  store<i32>(found, i32(kind !== NUMERIC), 36);
  if (kind === NUMERIC) return;
  memory.fill(found + 40, u8(isHeavierLeft), nBins);
  for (let at = 0; at < nPresent; at++) {
    const isLeft = at === bestPosition || (kind !== ONE_HOT && at < bestPosition);
    store<u8>(found + 40 + load<u8>(order + at), u8(isLeft));
  }
  store<u8>(found + 40 + nBins, u8(missingLeft));
}
