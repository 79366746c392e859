/** Labels along a line: kept inside the bounds, and a row higher where one would touch another. */
export function stackLabels(
  labels: readonly { readonly x: number; readonly width: number }[],
  bounds: readonly [number, number],
  gap = 8,
): { x: number; row: number }[] {
  const taken: { from: number; to: number; row: number }[] = [];
  return labels.map(({ x, width }) => {
    const middle = Math.max(bounds[0] + width / 2, Math.min(bounds[1] - width / 2, x));
    const [from, to] = [middle - width / 2, middle + width / 2];
    let row = 0;
    while (taken.some((each) => each.row === row && each.from < to + gap && from < each.to + gap)) row++;
    taken.push({ from, to, row });
    return { x: middle, row };
  });
}

/**
 * Moves heights apart until neighbours are `least` pixels from each other, as little as needed and inside the bounds
 * where there is room. The order of the input is kept in the output.
 */
export function spreadHeights(heights: readonly number[], least: number, bounds: readonly [number, number]): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const spread = heights.slice();
  let floor = bounds[0];
  for (const i of order) {
    spread[i] = Math.max(spread[i] ?? 0, floor);
    floor = (spread[i] ?? 0) + least;
  }
  let ceiling = bounds[1];
  for (const i of order.reverse()) {
    spread[i] = Math.min(spread[i] ?? 0, ceiling);
    ceiling = (spread[i] ?? 0) - least;
  }
  return spread;
}
