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

/** 1 for each point inside the shape, edges of a rectangle included; 0 for others and for points without a place. */
export function pointsInShape(x: ArrayLike<number>, y: ArrayLike<number>, shape: MapShape): Uint8Array {
  const inside = new Uint8Array(x.length);
  const lasso = shape.kind === "lasso" ? shape.corners : null;
  const [x0, x1] = shape.kind === "rectangle" ? shape.x : extent(shape.corners, 0);
  const [y0, y1] = shape.kind === "rectangle" ? shape.y : extent(shape.corners, 1);
  for (let i = 0; i < x.length; i++) {
    const isNear = x[i] >= x0 && x[i] <= x1 && y[i] >= y0 && y[i] <= y1;
    inside[i] = isNear && (lasso === null || isInside(lasso, x[i], y[i])) ? 1 : 0;
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
