export function fillHistogram(bins: usize, width: i32, rows: usize, begin: i32, end: i32, pairs: usize, histogram: usize): void {
  for (let i = begin; i < end; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2));
    const pair = v128.load(pairs + ((<usize>row) << 4));
    let at = bins + <usize>row * ((<usize>width) << 1);
    const stop = at + ((<usize>width) << 1);
    while (at < stop) {
      const slot = histogram + ((<usize>load<u16>(at)) << 4);
      v128.store(slot, f64x2.add(v128.load(slot), pair));
      at += 2;
    }
  }
}
