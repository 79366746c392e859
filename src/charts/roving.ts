import type { Target } from "./chart-types.ts";

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Where the focus goes from one target when a key is pressed: the nearest target in the arrow's direction, distances
 * across it counting three times; the first and last for Home and End; null for other keys or where nothing lies that way.
 */
export function nextTarget(targets: readonly Target[], current: number, key: string): number | null {
  if (key === "Home") return targets.length > 0 ? 0 : null;
  if (key === "End") return targets.length > 0 ? targets.length - 1 : null;
  const direction = DIRECTIONS[key];
  const from = targets[current];
  if (direction === undefined || from === undefined) return null;
  let best: number | null = null;
  let shortest = Number.POSITIVE_INFINITY;
  targets.forEach((target, index) => {
    const dx = target.x + target.width / 2 - from.x - from.width / 2;
    const dy = target.y + target.height / 2 - from.y - from.height / 2;
    const along = dx * direction[0] + dy * direction[1];
    const across = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    if (index === current || along <= 0.5) return;
    const distance = along + 3 * across;
    if (distance < shortest) {
      shortest = distance;
      best = index;
    }
  });
  return best;
}
