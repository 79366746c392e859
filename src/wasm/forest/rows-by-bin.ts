// The rows of a node, sorted by their bin of one feature: chained up, or added up.

import { clearWords, criterion, heads, histogram, N_BINS, nChannels, nexts, nFeatures, used, VARIANCE, values } from "./memory";

/** Nodes of fewer bytes of entries mark the bins they use one by one. */
const MARKED_BYTES: usize = 1024 << 3;
export const END = 0xffff;

/** The first used bin that is not below `from`, or N_BINS. */
export function nextUsed(from: i32): i32 {
  let bin = from;
  while (bin < N_BINS) {
    const bits = load<u64>(used + ((<usize>(bin >> 6)) << 3)) >> <u64>(bin & 63);
    if (bits !== 0) return bin + <i32>ctz(bits);
    bin = (bin | 63) + 1;
  }
  return N_BINS;
}

export function markUsed(bin: usize): void {
  const word = used + ((bin >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>(bin & 63))));
}

export function countUsed(): i32 {
  return <i32>(popcnt(load<u64>(used)) + popcnt(load<u64>(used, 8)) + popcnt(load<u64>(used, 16)) + popcnt(load<u64>(used, 24)));
}

export function collectChains(binsOfFeature: usize, missing: i32, begin: usize, end: usize): void {
  let position = 0;
  if (missing < 64) {
    // One word of marks, which stays in a register.
    let bits: u64 = 0;
    for (let at = begin; at < end; at += 8) {
      const bin = <usize>load<u8>(binsOfFeature + <usize>load<u32>(at) * <usize>nFeatures);
      const bit = (<u64>1) << (<u64>bin);
      const head = heads + (bin << 1);
      store<u16>(nexts + ((<usize>position) << 1), bits & bit ? load<u16>(head) : END);
      store<u16>(head, position++);
      bits |= bit;
    }
    store<u64>(used, bits);
    return;
  }
  for (let at = begin; at < end; at += 8) {
    const bin = <usize>load<u8>(binsOfFeature + <usize>load<u32>(at) * <usize>nFeatures);
    const word = used + ((bin >> 6) << 3);
    const bits = load<u64>(word);
    const bit = (<u64>1) << (<u64>(bin & 63));
    const head = heads + (bin << 1);
    store<u16>(nexts + ((<usize>position) << 1), bits & bit ? load<u16>(head) : END);
    store<u16>(head, position++);
    store<u64>(word, bits | bit);
  }
}

export function collectHistogram(binsOfFeature: usize, missing: i32, begin: usize, end: usize): void {
  const isMarking = end - begin < MARKED_BYTES;
  if (criterion === VARIANCE) {
    for (let at = begin; at < end; at += 8) {
      const row = <usize>load<u32>(at);
      const bin = <usize>load<u8>(binsOfFeature + row * <usize>nFeatures);
      const count = <f64>load<u16>(at, 6);
      const slot = histogram + (bin << 4);
      const pair = f64x2.replace_lane(f64x2.splat(count * load<f64>(values + (row << 3))), 1, count);
      v128.store(slot, f64x2.add(v128.load(slot), pair));
      if (isMarking) markUsed(bin);
    }
    if (!isMarking) for (let bin = 0; bin <= missing; bin++) if (load<f64>(histogram + ((<usize>bin) << 4), 8) > 0) markUsed(bin);
    return;
  }
  for (let at = begin; at < end; at += 8) {
    const bin = <usize>load<u8>(binsOfFeature + <usize>load<u32>(at) * <usize>nFeatures);
    const slot = histogram + ((bin * <usize>nChannels + <usize>load<u16>(at, 4)) << 2);
    store<u32>(slot, load<u32>(slot) + <u32>load<u16>(at, 6));
    if (isMarking) markUsed(bin);
  }
  if (isMarking) return;
  let slot = histogram;
  for (let bin = 0; bin <= missing; bin++) {
    let any: u32 = 0;
    for (let c = 0; c < nChannels; c++) {
      any |= load<u32>(slot);
      slot += 4;
    }
    if (any) markUsed(bin);
  }
}

/** Clears the histogram where it is used, and the marks. */
export function clearHistogram(missing: i32, hasMissing: bool): void {
  const width: usize = criterion === VARIANCE ? 16 : (<usize>nChannels) << 2;
  for (let bin = nextUsed(0); bin < N_BINS; bin = nextUsed(bin + 1)) clearWords(histogram + <usize>bin * width, width);
  if (hasMissing) clearWords(histogram + <usize>missing * width, width);
}
