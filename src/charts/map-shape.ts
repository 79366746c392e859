import { drawnX, drawnY, type MapPoints } from "./customer-map.ts";

/** What is drawn on a map to choose customers, in data units. */
export type MapShape =
  | { readonly kind: "rectangle"; readonly x: readonly [number, number]; readonly y: readonly [number, number] }
  | { readonly kind: "lasso"; readonly corners: readonly (readonly [number, number])[] };

/** The rectangle between two corners given in any order. */
export function rectangleBetween(a: readonly [number, number], b: readonly [number, number]): MapShape {
  return {
    kind: "rectangle",
    x: [Math.min(a[0], b[0]), Math.max(a[0], b[0])],
    y: [Math.min(a[1], b[1]), Math.max(a[1], b[1])],
  };
}

/** Whether a spot lies inside a closed line, by the number of edges to its right (even-odd rule). */
export function isInside(corners: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [xi, yi] = corners[i];
    const [xj, yj] = corners[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

const N_SLABS = 256;

/** Whether spots lie inside a closed line, as `isInside`: only those edges are looked at that pass a spot's height. */
function insideTest(corners: readonly (readonly [number, number])[]): (x: number, y: number) => boolean {
  const [low, high] = extent(corners, 1);
  const slabOf = (y: number): number => Math.min(N_SLABS - 1, Math.max(0, Math.floor(((y - low) / (high - low || 1)) * N_SLABS)));
  const slabs: (readonly [number, number])[][][] = Array.from({ length: N_SLABS }, () => []);
  corners.forEach((corner, i) => {
    const edge = [corner, corners[(i + corners.length - 1) % corners.length]];
    const [from, to] = [slabOf(Math.min(edge[0][1], edge[1][1])), slabOf(Math.max(edge[0][1], edge[1][1]))];
    for (let slab = from; slab <= to; slab++) slabs[slab].push(edge);
  });
  return (x, y) => {
    let inside = false;
    for (const [[xi, yi], [xj, yj]] of slabs[slabOf(y)])
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    return inside;
  };
}

/** 1 for each point drawn inside the shape, edges of a rectangle included; 0 for others and for points without a place. */
export function pointsInShape(points: MapPoints, shape: MapShape): Uint8Array {
  const inside = new Uint8Array(points.x.length);
  const isIn = shape.kind === "lasso" ? insideTest(shape.corners) : () => true;
  const [x0, x1] = shape.kind === "rectangle" ? shape.x : extent(shape.corners, 0);
  const [y0, y1] = shape.kind === "rectangle" ? shape.y : extent(shape.corners, 1);
  for (let i = 0; i < inside.length; i++) {
    const x = drawnX(points, i);
    if (!(x >= x0 && x <= x1)) continue;
    const y = drawnY(points, i);
    inside[i] = y >= y0 && y <= y1 && isIn(x, y) ? 1 : 0;
  }
  return inside;
}

function extent(corners: readonly (readonly [number, number])[], axis: 0 | 1): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const corner of corners) {
    low = Math.min(low, corner[axis]);
    high = Math.max(high, corner[axis]);
  }
  return [low, high];
}
