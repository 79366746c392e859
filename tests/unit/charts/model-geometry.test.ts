import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layoutCalibrationChart } from "../../../src/charts/calibration-chart.ts";
import { layoutImportanceBars } from "../../../src/charts/importance-bars.ts";
import { discPath } from "../../../src/charts/marks-canvas.ts";
import { dependenceExtent, layoutCategoryDependence, layoutDependence } from "../../../src/charts/partial-dependence.ts";
import { layoutPredictionScatter } from "../../../src/charts/prediction-scatter.ts";
import { colorOfRank, layoutShapBeeswarm, SWARM_COLORS } from "../../../src/charts/shap-beeswarm.ts";
import { largestSteps, layoutShapWaterfall, type WaterfallStep } from "../../../src/charts/shap-waterfall.ts";
import { layoutThresholdLines } from "../../../src/charts/threshold-lines.ts";
import { layoutUnitCurve } from "../../../src/charts/unit-curve.ts";

const asText = (value: number) => value.toFixed(2);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const width = fc.integer({ min: 280, max: 1100 });

describe("curves of shares", () => {
  test("targets lie on the curve, inside the plot, both ends among them, none too near to the next", () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 2, maxLength: 60 }), width, (values, across) => {
        const x = [...values].sort((a, b) => a - b);
        const layout = layoutUnitCurve({ id: "a", x, y: x }, [], { width: across, format: asText });
        expect(layout.stops.at(-1)?.index).toBe(x.length - 1);
        for (const stop of layout.stops) {
          expect(stop.x).toBeGreaterThanOrEqual(layout.left - 0.01);
          expect(stop.x).toBeLessThanOrEqual(layout.right + 0.01);
        }
        const inner = layout.stops.slice(0, -1);
        for (let i = 1; i < inner.length; i++) {
          const [a, b] = [inner[i - 1]!, inner[i]!];
          expect(Math.hypot(b.x - a.x, b.y - a.y)).toBeGreaterThanOrEqual(36);
        }
      }),
    );
  });

  test("the axes of a calibration end together, so that a kept promise lies on the diagonal", () => {
    const bin = { predicted: 0.12, observed: 0.12, low: 0.1, high: 0.14 };
    const layout = layoutCalibrationChart([bin, { ...bin, observed: 0.3, low: 0.25, high: 0.35 }], {
      width: 344,
      format: asText,
    });
    const [kept, broken] = layout.dots;
    const along = (kept!.x - layout.left) / (layout.right - layout.left);
    expect((layout.bottom - kept!.y) / (layout.bottom - layout.top)).toBeCloseTo(along, 9);
    expect([kept!.isOff, broken!.isOff]).toEqual([false, true]);
  });

  test("labels of cuts keep off each other, whatever the scores", () => {
    fc.assert(
      fc.property(share, share, share, (a, b, c) => {
        const series = [a, b, c].map((value, i) => ({ id: String(i), label: "score", color: "red", values: [value] }));
        const layout = layoutThresholdLines([0.5], series, {
          width: 400,
          height: 320,
          chosen: 0,
          cheapest: null,
          format: asText,
        });
        const ys = layout.lines.map((line) => line.textY).sort((p, q) => p - q);
        for (let i = 1; i < ys.length; i++) expect(ys[i]! - ys[i - 1]!).toBeGreaterThanOrEqual(15.9);
      }),
    );
  });
});

describe("importance", () => {
  test("a row is quiet where its interval reaches 0, and never without an interval", () => {
    const row = (low: number | null, high: number | null) => ({ label: "a", value: 0.2, low, high });
    const { rows } = layoutImportanceBars([row(0.1, 0.3), row(-0.1, 0.5), row(-0.3, -0.1), row(null, null)], {
      width: 400,
      format: asText,
    });
    expect(rows.map((each) => each.isQuiet)).toEqual([false, true, true, false]);
  });

  test("bars begin at 0, which is always on the scale", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 20 }),
        width,
        (values, across) => {
          const rows = values.map((value, i) => ({ label: `column ${i}`, value, low: null, high: null }));
          const layout = layoutImportanceBars(rows, { width: across, format: asText });
          expect(layout.zeroX).toBeGreaterThanOrEqual(layout.left);
          expect(layout.zeroX).toBeLessThanOrEqual(across);
          const isOnItsSide = layout.rows.map((row, i) => (row.x - layout.zeroX) * values[i]! >= 0);
          expect(isOnItsSide).not.toContain(false);
        },
      ),
    );
  });
});

describe("the swarm", () => {
  test("draws every known value once, inside its own row", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3 }), { minLength: 1, maxLength: 300 }), width, (values, across) => {
        const feature = { label: "a", values, ranks: values.map(() => 0.5) };
        const layout = layoutShapBeeswarm([feature, feature], { width: across, format: asText });
        const known = values.filter(Number.isFinite).length;
        expect(layout.x.length).toBe(2 * known);
        layout.y.forEach((y, i) => {
          const row = layout.rows[i < known ? 0 : 1]!;
          expect(Math.abs(y - row.y)).toBeLessThanOrEqual(row.half + 0.01);
        });
      }),
    );
  });

  test("ranks go from the first colour to the last but one; what has no order has its own", () => {
    expect([0, 0.5, 1, Number.NaN].map(colorOfRank)).toEqual([0, 2, SWARM_COLORS.length - 2, SWARM_COLORS.length - 1]);
  });

  test("a path of discs holds those of one colour", () => {
    const marks = { x: [10, 20, 30], y: [5, 5, 5], colors: [0, 1, 0] };
    expect(discPath(marks, 0, 2).match(/M/g)?.length).toBe(2);
    expect(discPath(marks, 2, 2)).toBe("");
  });
});

describe("the waterfall", () => {
  const steps = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 30 });

  test("what is left over adds up to the same score", () => {
    fc.assert(
      fc.property(steps, (amounts) => {
        const all: WaterfallStep[] = amounts.map((amount, i) => ({ label: `c${i}`, value: "1", amount }));
        const shown = largestSteps(all, 8, (n) => `${n} others`);
        expect(shown.length).toBe(Math.min(9, all.length));
        const sum = (list: readonly WaterfallStep[]) => list.reduce((total, step) => total + step.amount, 0);
        expect(sum(shown)).toBeCloseTo(sum(all), 9);
      }),
    );
  });

  test("each step begins where the one before ends; the last ends at the score", () => {
    const amounts = [0.3, -0.2, 0.1];
    const layout = layoutShapWaterfall(
      0.5,
      amounts.map((amount, i) => ({ label: `c${i}`, value: "", amount })),
      { width: 700, format: asText, formatStep: asText },
    );
    expect(layout.steps[0]?.fromX).toBe(layout.baseX);
    expect(layout.steps[1]?.fromX).toBe(layout.steps[0]?.toX);
    expect(layout.totalX).toBe(layout.steps[2]?.toX);
  });
});

describe("dependence", () => {
  const dependence = { mean: [0.2, 0.4], curves: [0.1, 0.3, 0.3, 0.5, Number.NaN, 0.9] };

  test("the extent holds means and single customers, and leaves out what is not known", () => {
    expect(dependenceExtent([dependence])).toEqual([0.1, 0.9]);
  });

  test("one line for each customer, and eight in ten of them for a category", () => {
    const lines = layoutDependence([1, 2], dependence, {
      width: 344,
      height: 240,
      extent: [0, 1],
      formatX: asText,
      formatY: asText,
    });
    expect(lines.curves.length).toBe(3);
    const dots = layoutCategoryDependence(["a", "b"], dependence, { width: 344, extent: [0, 1], format: asText });
    for (const row of dots.rows) {
      expect(row.lowX).toBeLessThan(row.highX ?? 0);
      expect(row.x).not.toBeNull();
    }
  });
});

test("an exact prediction lies on the diagonal", () => {
  const layout = layoutPredictionScatter([10, 40, Number.NaN], [10, 40, 3], { width: 500, format: asText });
  expect(layout.x0.length).toBe(2);
  layout.x0.forEach((x, i) => {
    const along = (x - layout.left) / (layout.right - layout.left);
    expect((layout.bottom - (layout.y0[i] ?? 0)) / (layout.bottom - layout.top)).toBeCloseTo(along, 5);
  });
});
