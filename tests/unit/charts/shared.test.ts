import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sequentialColor } from "../../../src/charts/color-scales.ts";
import {
  jitterOf,
  limitView,
  mapBox,
  nearestCentreBorders,
  placeSegmentLabels,
  segmentCentres,
  WHOLE_VIEW,
  zoomAt,
} from "../../../src/charts/customer-map.ts";
import { spreadHeights, stackLabels } from "../../../src/charts/label-placing.ts";
import { placeReferences } from "../../../src/charts/references.ts";
import { nextTarget } from "../../../src/charts/roving.ts";
import { niceScale, ticksOf } from "../../../src/charts/scales.ts";
import { fitText, textWidth, wrapText } from "../../../src/charts/text-width.ts";

describe("text", () => {
  test("marks of Vietnamese letters take no room, however the text is composed", () => {
    expect(textWidth("Phương thức")).toBe(textWidth("Phuong thuc"));
    expect(textWidth("ệ".normalize("NFD"))).toBe(textWidth("ệ".normalize("NFC")));
  });

  test("what was fitted fits, and what fits is left alone", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 30, max: 300 }), (text, width) => {
        const fitted = fitText(text, width);
        if (textWidth(text) <= width) expect(fitted).toBe(text);
        else expect(fitted.endsWith("…")).toBe(true);
      }),
    );
  });

  test("breaks at spaces and cuts the last line", () => {
    expect(wrapText("Every 3 Months", 50, 2)).toEqual(["Every 3", "Months"]);
    expect(wrapText("one two three four five six seven", 60, 2)).toHaveLength(2);
  });
});

describe("scales", () => {
  test("hold all values, with at most six ticks that read differently", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 20 }), (hundredths) => {
        const values = hundredths.map((each) => each / 100);
        const scale = niceScale(values, [0, 300]);
        for (const value of values) {
          expect(scale(value)).toBeGreaterThanOrEqual(-1e-6);
          expect(scale(value)).toBeLessThanOrEqual(300 + 1e-6);
        }
        const labels = ticksOf(scale, (value) => value.toFixed(2)).map((tick) => tick.label);
        expect(labels.length).toBeLessThanOrEqual(6);
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });

  test("colours end at the first and the last token and are clamped", () => {
    expect([-1, 0, 1, 2].map(sequentialColor)).toEqual(["var(--seq-1)", "var(--seq-1)", "var(--seq-7)", "var(--seq-7)"]);
    expect(sequentialColor(0.25)).toBe("color-mix(in oklab, var(--seq-3) 50%, var(--seq-2))");
  });
});

describe("labels", () => {
  test("labels of references do not touch and stay inside", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }), (values) => {
        const references = values.map((value) => ({ value, label: `chance ${value.toFixed(3)}`, kind: "chance" as const }));
        const boxes = placeReferences(references, (value) => 40 + value * 400, [0, 480]).map((placed) => {
          const width = textWidth(placed.label);
          const from = placed.anchor === "end" ? placed.labelX - width : placed.labelX;
          return { from, to: from + width, row: placed.row };
        });
        boxes.forEach((a, i) => {
          expect(a.from).toBeGreaterThanOrEqual(0);
          expect(a.to).toBeLessThanOrEqual(480);
          for (const b of boxes.slice(i + 1)) expect(a.row !== b.row || a.to < b.from || b.to < a.from).toBe(true);
        });
      }),
    );
  });

  test("stacked labels of one row do not touch", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.integer({ min: 0, max: 400 }), width: fc.integer({ min: 10, max: 120 }) }), { maxLength: 8 }),
        (labels) => {
          const placed = stackLabels(labels, [0, 400]);
          placed.forEach((a, i) => {
            placed.slice(i + 1).forEach((b, j) => {
              const room = (labels[i]!.width + labels[i + 1 + j]!.width) / 2;
              expect(a.row !== b.row || Math.abs(a.x - b.x) >= room).toBe(true);
            });
          });
        },
      ),
    );
  });

  test("heights are moved apart in their order, and not at all where they are apart", () => {
    expect(spreadHeights([10, 60], 15, [0, 100])).toEqual([10, 60]);
    expect(spreadHeights([50, 50, 52], 15, [0, 100])).toEqual([50, 65, 80]);
    expect(spreadHeights([98, 99], 15, [0, 100])).toEqual([85, 100]);
  });
});

describe("keyboard", () => {
  const grid = [0, 1, 2, 3].map((i) => ({ x: (i % 2) * 50, y: Math.floor(i / 2) * 50, width: 10, height: 10 }));

  test("arrows go to the neighbour, and nowhere at the edge", () => {
    expect(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "a"].map((key) => nextTarget(grid, 0, key))).toEqual([
      1,
      2,
      null,
      null,
      null,
    ]);
    expect([nextTarget(grid, 1, "Home"), nextTarget(grid, 1, "End")]).toEqual([0, 3]);
  });
});

describe("customer map", () => {
  const box = mapBox(712);

  test("jitter is below half a unit, the same every time, and fills its range", () => {
    const drawn = Array.from({ length: 4000 }, (_, row) => jitterOf(row, 0));
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThan(0.5);
    const quarter = drawn.filter((each) => each < -0.245).length;
    expect(quarter).toBeGreaterThan(900);
    expect(quarter).toBeLessThan(1100);
    expect(jitterOf(17, 1)).toBe(jitterOf(17, 1));
    expect(jitterOf(17, 1)).not.toBe(jitterOf(17, 0));
  });

  test("zooming keeps the point under the pointer, and never shows beyond the cloud", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.1, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (factor, u, v) => {
          const x = box.left + u * (box.right - box.left);
          const y = box.top + v * (box.bottom - box.top);
          const view = zoomAt(WHOLE_VIEW, factor, x, y, box);
          expect((x - view.x) / view.k).toBeCloseTo(x, 4);
          expect(view.x + box.left * view.k).toBeLessThanOrEqual(box.left + 1e-6);
          expect(view.x + box.right * view.k).toBeGreaterThanOrEqual(box.right - 1e-6);
          expect(view.y + box.bottom * view.k).toBeGreaterThanOrEqual(box.bottom - 1e-6);
        },
      ),
    );
    expect(limitView({ k: 0.2, x: 500, y: -90 }, box)).toEqual({ k: 1, x: 0, y: 0 });
  });

  test("borders lie midway between neighbouring centres, in units of their own scale", () => {
    const extent = { x: [0, 100], y: [0, 50] } as const;
    const [border] = nearestCentreBorders(
      [
        [30, 20],
        [60, 20],
      ],
      [1, 1],
      extent,
    );
    expect(border).toMatchObject({ x1: 45, x2: 45 });
    for (const { x1, y1, x2, y2 } of nearestCentreBorders(
      [
        [30, 10],
        [60, 40],
      ],
      [10, 5],
      extent,
    )) {
      for (const [x, y] of [
        [x1, y1],
        [x2, y2],
      ] as const) {
        const distance = ([cx, cy]: readonly [number, number]) => Math.hypot((x - cx) / 10, (y - cy) / 5);
        expect(distance([30, 10])).toBeCloseTo(distance([60, 40]), 6);
      }
    }
  });

  test("labels of segments do not cover each other where there is room", () => {
    const segments = ["Gold", "Silver"].map((label) => ({ label, note: "10 customers", color: "" }));
    const [a, b] = placeSegmentLabels(
      [
        [300, 200],
        [310, 205],
      ],
      segments,
      box,
    );
    expect(Math.abs(a!.y - b!.y)).toBeGreaterThanOrEqual(46);
  });

  test("a segment without customers has no centre and no label", () => {
    const centres = segmentCentres([1, 3], [2, 4], [0, 0], 2);
    expect(centres[0]).toEqual([2, 3]);
    expect(
      placeSegmentLabels(
        centres,
        [
          { label: "a", note: "", color: "" },
          { label: "b", note: "", color: "" },
        ],
        { left: 0, top: 0, right: 99, bottom: 99 },
      ),
    ).toHaveLength(1);
  });
});
