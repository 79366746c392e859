import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawnX, drawnY, limitView, stepByKey, WHOLE_VIEW, zoomAt } from "../../../src/charts/customer-map.ts";
import { type CloudPoints, discStamps, paintCloud, paintInTurns } from "../../../src/charts/customer-map-raster.ts";
import { fadedPoints } from "../../../src/charts/faded-points.ts";
import { isInside, pointsInShape, rectangleBetween } from "../../../src/charts/map-shape.ts";
import { nearestPoint } from "../../../src/charts/nearest-point.ts";

const box = { left: 40, top: 20, right: 440, bottom: 320 };
const coordinate = fc.oneof(fc.float({ min: -50, max: 450, noNaN: true }), fc.constant(Number.NaN), fc.constant(100));
const cloud = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 60 });

const asDrawn = (x: ArrayLike<number>, y: ArrayLike<number>) => ({ x, y, xStep: 0, yStep: 0 });

describe("the nearest point", () => {
  test("is the one that a list of all distances finds, in pixels and as the points are strewn", () => {
    const step = fc.constantFrom(0, 1, 7);
    const scale = fc.constantFrom(-3, -0.5, 1, 2);
    const radius = fc.float({ min: 1, max: 300, noNaN: true });
    fc.assert(
      fc.property(cloud, fc.tuple(coordinate, coordinate), radius, step, scale, (spots, at, within, xStep, kx) => {
        const points = { x: spots.map(([x]) => x), y: spots.map(([, y]) => y), xStep, yStep: 2 };
        const distances = spots.map((_, i) => ((drawnX(points, i) - at[0]) * kx) ** 2 + (drawnY(points, i) - at[1]) ** 2);
        const least = Math.min(...distances.filter((distance) => distance <= within ** 2));
        const wanted = distances.indexOf(least);
        expect(nearestPoint(points, at, { x: kx, y: 1 }, within)).toBe(wanted < 0 ? null : wanted);
      }),
    );
  });

  test("is none on an empty map", () => {
    expect(nearestPoint(asDrawn([], []), [0, 0], { x: 1, y: 1 }, 10)).toBeNull();
  });
});

describe("strewn points", () => {
  test("stay nearer to their place than to the next, and equal ones part", () => {
    const points = { x: new Float32Array(500).fill(3), y: new Float32Array(500).fill(-2), xStep: 1, yStep: 0 };
    const drawn = Array.from(points.x, (_, i) => drawnX(points, i));
    expect(Math.max(...drawn.map((x) => Math.abs(x - 3)))).toBeLessThan(0.5);
    expect(new Set(drawn).size).toBe(500);
    expect(drawnY(points, 7)).toBe(-2);
  });
});

describe("points that stand back", () => {
  test("are those that were not chosen, else those of other segments", () => {
    const labels = [0, 1, 1, 2];
    const chosen = Uint8Array.of(0, 1, 0, 1);
    expect(fadedPoints(labels, { chosen: null, highlighted: null })).toBeNull();
    expect(fadedPoints(labels, { chosen: null, highlighted: 1 })).toEqual(Uint8Array.of(1, 0, 0, 1));
    expect(fadedPoints(labels, { chosen, highlighted: 1 })).toEqual(Uint8Array.of(1, 0, 1, 0));
  });
});

describe("a shape", () => {
  test("as a lasso round a rectangle holds what the rectangle holds", () => {
    const side = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(side, side, side, side, cloud, (ax, ay, bx, by, points) => {
        const rectangle = rectangleBetween([ax + 0.5, ay + 0.5], [bx + 0.5, by + 0.5]);
        if (rectangle.kind !== "rectangle") throw new Error("two corners make a rectangle");
        const [x0, x1] = rectangle.x;
        const [y0, y1] = rectangle.y;
        const corners = [
          [x0, y0],
          [x1, y0],
          [x1, y1],
          [x0, y1],
        ] as const;
        const x = points.map(([px]) => Math.round(px));
        const y = points.map(([, py]) => Math.round(py));
        const drawn = asDrawn(x, y);
        expect(pointsInShape(drawn, { kind: "lasso", corners })).toEqual(pointsInShape(drawn, rectangle));
      }),
    );
  });

  test("of any line holds the points that looking at all its edges finds inside", () => {
    const whole = fc.integer({ min: 0, max: 400 });
    const corner = fc.tuple(whole, whole);
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 30 }), cloud, (corners, points) => {
        const drawn = asDrawn(
          points.map(([px]) => Math.round(px) + 0.3),
          points.map(([, py]) => Math.round(py) + 0.3),
        );
        const slow = points.map((_, i) => (isInside(corners, drawn.x[i], drawn.y[i]) ? 1 : 0));
        expect([...pointsInShape(drawn, { kind: "lasso", corners })]).toEqual(slow);
      }),
    );
  });

  test("with a notch leaves out what lies in it", () => {
    const notched = [
      [0, 0],
      [4, 0],
      [4, 4],
      [2, 1],
      [0, 4],
    ] as const;
    expect(isInside(notched, 2, 0.5)).toBe(true);
    expect(isInside(notched, 2, 3)).toBe(false);
  });
});

describe("an arrow key", () => {
  const middle = { x: 240, y: 170 };

  test("moves the reading point on the whole view, and the map once it is zoomed", () => {
    expect(stepByKey({ view: WHOLE_VIEW, cursor: middle }, { x: 24, y: 0 }, box)).toEqual({
      view: WHOLE_VIEW,
      cursor: { x: 264, y: 170 },
    });
    const zoomed = zoomAt(WHOLE_VIEW, 4, middle.x, middle.y, box);
    const next = stepByKey({ view: zoomed, cursor: middle }, { x: 24, y: 0 }, box);
    expect(next.cursor).toEqual(middle);
    expect(next.view.x).toBe(zoomed.x - 24);
  });

  test("and its opposite lead back, and never out of the plot", () => {
    const step = fc.constantFrom({ x: 24, y: 0 }, { x: -24, y: 0 }, { x: 0, y: 24 }, { x: 0, y: -24 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(step, { maxLength: 40 }), (k, steps) => {
        let at = { view: zoomAt(WHOLE_VIEW, k, 200, 150, box), cursor: middle };
        for (const by of steps) {
          at = stepByKey(at, by, box);
          expect(at.cursor.x).toBeGreaterThanOrEqual(box.left);
          expect(at.cursor.x).toBeLessThanOrEqual(box.right);
          expect(at.cursor.y).toBeGreaterThanOrEqual(box.top);
          expect(at.cursor.y).toBeLessThanOrEqual(box.bottom);
          expect(limitView(at.view, box)).toEqual(at.view);
        }
      }),
    );
  });
});

/** The same picture, one channel and one point at a time, in numbers with a fraction. */
function paintSlowly(
  width: number,
  height: number,
  spots: readonly (readonly [number, number])[],
  color: number,
  radius: number,
) {
  const pixels = Array.from({ length: width * height }, () => [255, 255, 255]);
  for (const [x, y] of spots) {
    const [px, py] = [Math.floor(x), Math.floor(y)];
    const stamp = discStamps(radius, 0.66)[Math.min(3, Math.floor((y - py) * 4)) * 4 + Math.min(3, Math.floor((x - px) * 4))];
    stamp.weights.forEach((weight, s) => {
      const [atX, atY] = [px + stamp.dx[s], py + stamp.dy[s]];
      if (atX < 0 || atY < 0 || atX >= width || atY >= height) return;
      const pixel = pixels[atY * width + atX];
      for (let channel = 0; channel < 3; channel++) {
        const above = (color >> (8 * channel)) & 255;
        pixel[channel] += ((above - pixel[channel]) * weight) / 256;
      }
    });
  }
  return pixels;
}

const PLAIN = { x: { k: 1, shift: 0 }, y: { k: 1, shift: 0 } };

describe("the raster", () => {
  test("shows what blending channel by channel shows, to a few steps of 255", () => {
    const spot = fc.tuple(fc.float({ min: -2, max: 22, noNaN: true }), fc.float({ min: -2, max: 22, noNaN: true }));
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 0xffffff }), (spots, color) => {
        const raster = { width: 20, height: 20, pixels: new Uint32Array(400) };
        const [x, y] = [0, 1].map((axis) => Float32Array.from(spots, (each) => each[axis]));
        const points = { ...asDrawn(x, y), labels: new Uint8Array(spots.length), isFaded: null };
        paintCloud(raster, points, PLAIN, { colors: [color], paper: 0xffffff, radius: 1.4 });
        const slow = paintSlowly(
          20,
          20,
          [...x].map((across, i) => [across, y[i]] as const),
          color,
          1.4,
        );
        raster.pixels.forEach((pixel, i) => {
          expect(pixel >>> 24).toBe(255);
          for (let channel = 0; channel < 3; channel++) {
            expect(Math.abs(((pixel >> (8 * channel)) & 255) - slow[i][channel])).toBeLessThanOrEqual(spots.length * 2);
          }
        });
      }),
    );
  });

  test("lets faded points stand back", () => {
    const draw = (isFaded: Uint8Array | null) => {
      const raster = { width: 9, height: 9, pixels: new Uint32Array(81) };
      const points = { ...asDrawn([4.5], [4.5]), labels: [0], isFaded };
      paintCloud(raster, points, PLAIN, { colors: [0], paper: 0xffffff, radius: 1.4 });
      return raster.pixels[4 * 9 + 4] & 255;
    };
    expect(draw(Uint8Array.of(1))).toBeGreaterThan(draw(null));
    expect(draw(Uint8Array.of(0))).toBe(draw(null));
  });

  test("drawn in turns is the same picture, and a part of it where only every third point is drawn", () => {
    const points: CloudPoints = {
      x: Array.from({ length: 50 }, (_, i) => (i * 7) % 20),
      y: Array.from({ length: 50 }, (_, i) => (i * 3) % 20),
      xStep: 1,
      yStep: 1,
      labels: Array.from({ length: 50 }, (_, i) => i % 2),
      isFaded: Uint8Array.from({ length: 50 }, (_, i) => (i % 5 === 0 ? 1 : 0)),
    };
    const draw = (paint: (raster: { width: number; height: number; pixels: Uint32Array }) => void) => {
      const raster = { width: 20, height: 20, pixels: new Uint32Array(400) };
      paint(raster);
      return [...raster.pixels];
    };
    const look = { colors: [0xff0000, 0x00ff00], paper: 0xffffff, radius: 1.4 };
    const every = (n: number) => ({
      ...points,
      x: Array.from(points.x, (x, i) => (i % n === 0 ? x : Number.NaN)),
    });
    const whole = draw((raster) => paintCloud(raster, points, PLAIN, look));
    expect(draw((raster) => [...paintInTurns(raster, points, PLAIN, look, 7)])).toEqual(whole);
    const third = draw((raster) => paintCloud(raster, points, PLAIN, { ...look, every: 3 }));
    expect(third).toEqual(draw((raster) => paintCloud(raster, every(3), PLAIN, look)));
    expect(third).not.toEqual(whole);
    expect(draw((raster) => [...paintInTurns(raster, points, PLAIN, { ...look, every: 3 }, 7)])).toEqual(third);
  });
});
