// Random numbers: SplitMix64 (Steele, Lea and Flood 2014).

let state: u64 = 0;
const INCREMENT = ((<u64>0x9e3779b9) << 32) | <u64>0x7f4a7c15;
const FACTOR_A = ((<u64>0xbf58476d) << 32) | <u64>0x1ce4e5b9;
const FACTOR_B = ((<u64>0x94d049bb) << 32) | <u64>0x133111eb;

/** The upper half of the next number, scaled to [0, limit). */
export function drawBelow(limit: u32): u32 {
  state += INCREMENT;
  let z = state;
  z = (z ^ (z >> 30)) * FACTOR_A;
  z = (z ^ (z >> 27)) * FACTOR_B;
  z = z ^ (z >> 31);
  return <u32>(((z >> 32) * <u64>limit) >> 32);
}

export function seed(low: u32, high: u32): void {
  state = ((<u64>high) << 32) | <u64>low;
}
