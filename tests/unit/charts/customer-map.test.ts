import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitView, stepByKey, WHOLE_VIEW, zoomAt } from "../../../src/charts/customer-map.ts";
import { discStamps, paintCloud } from "../../../src/charts/customer-map-raster.ts";
import { isInside, pointsInShape, rectangleBetween } from "../../../src/charts/map-shape.ts";
import { nearestPoint, pointGrid } from "../../../src/charts/point-grid.ts";

const box = { left: 40, top: 20, right: 440, bottom: 320 };
const coordinate = fc.oneof(fc.float({ min: -50, max: 450, noNaN: true }), fc.constant(Number.NaN), fc.constant(100));
const cloud = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 60 });

describe("the nearest point", () => {
  test("is the one that looking at all of them finds", () => {
    fc.assert(
      fc.property(cloud, fc.tuple(coordinate, coordinate), fc.float({ min: 1, max: 300, noNaN: true }), (points, at, radius) => {
        const x = Float32Array.from(points, ([px]) => px);
        const y = Float32Array.from(points, ([, py]) => py);
        let best: number | null = null;
        let shortest = radius * radius;
        x.forEach((px, row) => {
          const distance = (px - at[0]) ** 2 + (y[row] - at[1]) ** 2;
          if (distance < shortest || (distance === shortest && best === null)) [best, shortest] = [row, distance];
        });
        expect(nearestPoint(pointGrid(x, y), at[0], at[1], radius)).toBe(best);
      }),
    );
  });

  test("is none on an empty map", () => {
    expect(nearestPoint(pointGrid(new Float32Array(), new Float32Array()), 0, 0, 10)).toBeNull();
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
        expect(pointsInShape(x, y, { kind: "lasso", corners })).toEqual(pointsInShape(x, y, rectangle));
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

describe("the raster", () => {
  test("shows what blending channel by channel shows, to a few steps of 255", () => {
    const spot = fc.tuple(fc.float({ min: -2, max: 22, noNaN: true }), fc.float({ min: -2, max: 22, noNaN: true }));
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 0xffffff }), (spots, color) => {
        const raster = { width: 20, height: 20, pixels: new Uint32Array(400) };
        const points = {
          x: Float32Array.from(spots, ([x]) => x),
          y: Float32Array.from(spots, ([, y]) => y),
          labels: new Uint8Array(spots.length),
          isFaded: null,
        };
        paintCloud(raster, points, WHOLE_VIEW, { colors: [color], paper: 0xffffff, radius: 1.4, scale: 1 });
        const slow = paintSlowly(
          20,
          20,
          [...points.x].map((x, i) => [x, points.y[i]] as const),
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
      const points = { x: Float32Array.of(4.5), y: Float32Array.of(4.5), labels: [0], isFaded };
      paintCloud(raster, points, WHOLE_VIEW, { colors: [0], paper: 0xffffff, radius: 1.4, scale: 1 });
      return raster.pixels[4 * 9 + 4] & 255;
    };
    expect(draw(Uint8Array.of(1))).toBeGreaterThan(draw(null));
    expect(draw(Uint8Array.of(0))).toBe(draw(null));
  });
});
