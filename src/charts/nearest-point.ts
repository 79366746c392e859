import { drawnX, drawnY, type MapPoints } from "./customer-map.ts";

/**
 * The point drawn nearest to a spot and at most `radius` pixels away; of equally near ones the first. Null where there is none.
 * Looks at all of them: of a million within some milliseconds, where sorting them into cells would first block the page.
 *
 * @param at The spot in data units.
 * @param pixels Pixels for a data unit, axis by axis.
 */
export function nearestPoint(
  points: MapPoints,
  [atX, atY]: readonly [number, number],
  pixels: { readonly x: number; readonly y: number },
  radius: number,
): number | null {
  let best: number | null = null;
  let shortest = radius * radius;
  for (let i = 0; i < points.x.length; i++) {
    const across = ((drawnX(points, i) - atX) * pixels.x) ** 2;
    if (!(across <= shortest)) continue;
    const distance = across + ((drawnY(points, i) - atY) * pixels.y) ** 2;
    if (distance < shortest || (distance === shortest && best === null)) {
      shortest = distance;
      best = i;
    }
  }
  return best;
}
