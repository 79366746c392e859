import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layoutAssociationMap } from "../../../src/charts/association-map.ts";
import { layoutBarList } from "../../../src/charts/bar-list.ts";
import { matchOrder } from "../../../src/charts/column-match.ts";
import { layoutConfusionMatrix } from "../../../src/charts/confusion-matrix.ts";
import { layoutEngineRace } from "../../../src/charts/engine-race.ts";
import { layoutFloorCeiling, positionOnTrack } from "../../../src/charts/floor-ceiling.ts";
import { layoutLedgerDotPlot } from "../../../src/charts/ledger-dot-plot.ts";
import { layoutLineWithBand } from "../../../src/charts/line-with-band.ts";
import { thinLine } from "../../../src/charts/loss-lines.ts";
import { layoutModelDotPlot } from "../../../src/charts/model-dot-plot.ts";
import { layoutOriginSplit } from "../../../src/charts/origin-split.ts";
import { layoutRowOrder } from "../../../src/charts/row-order.ts";
import { layoutSparkline } from "../../../src/charts/sparkline.ts";
import { layoutTraitDots } from "../../../src/charts/trait-dots.ts";

const asText = (value: number) => value.toFixed(2);
const around = (value: number, sd: number) => ({ value, low: value - sd, high: value + sd });

describe("sparkline", () => {
  test("the tallest bar reaches the top and heights are proportional", () => {
    const bars = layoutSparkline([10, 20, 40], { isNumeric: true, width: 132, height: 26 });
    expect(bars.map((bar) => bar.height)).toEqual([6, 12, 24]);
  });

  test("stays inside its width with any number of counts, and loses none", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 400 }), fc.nat(500), fc.boolean(), (counts, nMissing, isNumeric) => {
        const bars = layoutSparkline(counts, { isNumeric, nMissing, width: 132, height: 26 });
        for (const bar of bars) {
          expect(bar.x).toBeGreaterThanOrEqual(0);
          expect(bar.x + bar.width).toBeLessThanOrEqual(132.01);
          expect(bar.y).toBeGreaterThanOrEqual(0);
        }
        expect(bars.filter((bar) => bar.isMissing).length).toBe(nMissing > 0 ? 1 : 0);
      }),
    );
  });
});

describe("association map", () => {
  const columns = ["a", "b", "c", "d"].map((name) => ({ name, label: name, isIdentifier: name === "d" }));

  test("draws each pair once, below the diagonal, whichever way it was given", () => {
    const { cells } = layoutAssociationMap(
      columns,
      [
        { a: "c", b: "a", value: 0.8 },
        { a: "a", b: "b", value: 0.1 },
      ],
      { width: 600, signalFrom: 0.3, fieldNote: [] },
    );
    expect(cells.map(({ row, column, kind }) => [row, column, kind])).toEqual([
      [1, 0, "quiet"],
      [2, 0, "signal"],
      [2, 1, "hatched"],
      [3, 0, "hatched"],
      [3, 1, "hatched"],
      [3, 2, "hatched"],
    ]);
  });

  test("words about the field never lie on a cell", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 280, max: 900 }), (n, width) => {
        const many = Array.from({ length: n }, (_, i) => ({ name: `c${i}`, label: `Column ${i}` }));
        const { cells, cell, field, legend } = layoutAssociationMap(many, [], {
          width,
          signalFrom: 0.3,
          fieldNote: ["The others", "at most 0.05"],
        });
        const isOn = cells.some((each) => each.x + cell > field.x && each.y < legend.y + 26 && each.y + cell > field.y - 12);
        expect(isOn).toBe(false);
      }),
    );
  });
});

test("bar list: lengths start at 0, values never leave the drawing", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 20 }), fc.integer({ min: 240, max: 900 }), (values, width) => {
      const { rows, barX } = layoutBarList(
        values.map((value, i) => ({ label: `Row ${i}`, value })),
        { width, format: String },
      );
      const longest = Math.max(...rows.map((row) => row.barWidth));
      rows.forEach((row, i) => {
        expect(row.barWidth).toBeCloseTo((longest * (values[i] ?? 0)) / Math.max(1, ...values), 6);
        expect(barX + row.barWidth).toBeLessThanOrEqual(width);
      });
    }),
  );
});

describe("line with band", () => {
  const points = [2, 3, 4].map((x) => ({ x, value: x / 10, low: x / 10 - 0.01, high: x / 10 + 0.01, centre: x / 10 }));
  const options = { width: 344, height: 400, chosen: 3, formatX: String, formatY: asText, valueLabel: "here", bandWords: [] };

  test("greater values stand higher and the chosen point is marked", () => {
    const { dots } = layoutLineWithBand(points, options);
    expect(dots.map((dot) => dot.isChosen)).toEqual([false, true, false]);
    expect(dots[0]!.y).toBeGreaterThan(dots[2]!.y);
  });

  test("a missing value interrupts the line and has no dot", () => {
    const holed = points.map((point, i) => (i === 1 ? { ...point, value: Number.NaN } : point));
    const { dots, line } = layoutLineWithBand(holed, options);
    expect(dots.map((dot) => dot.index)).toEqual([0, 2]);
    expect(line.split("M").length - 1).toBe(2);
  });
});

test("traits: an interval that holds the reference is quiet, one that does not is not", () => {
  const { rows, referenceX } = layoutTraitDots(
    [
      { label: "quiet", value: 102, low: 99, high: 105 },
      { label: "loud", value: 71, low: 69, high: 73 },
      { label: "touches", value: 110, low: 100, high: 120 },
    ],
    { width: 288, reference: 100, referenceLabel: "all", format: asText, fullRange: null },
  );
  expect(rows.map((row) => row.isQuiet)).toEqual([true, false, true]);
  expect(rows[1]!.x).toBeLessThan(referenceX);
});

describe("models", () => {
  const rows = [
    { label: "Guess", detail: "", kind: "guess" as const, scores: [around(0.15, 0), null], aside: ["", ""] as const },
    {
      label: "Forest",
      detail: "",
      kind: "model" as const,
      scores: [around(0.2, 0.01), around(2, 0.1)],
      aside: ["CPU", "why"] as const,
    },
  ];
  const panels = [
    {
      title: "Accuracy",
      format: asText,
      formatTick: asText,
      references: [{ value: 0.14, label: "chance", kind: "chance" as const }],
    },
    { title: "Log loss", format: asText, formatTick: asText, references: [] },
  ];
  const words = { asideTitle: "Trained on", absentText: "none" };

  test("marks of one model share their height on a wide page, panels do not overlap", () => {
    const { panels: laid } = layoutModelDotPlot(rows, panels, { width: 1080, ...words });
    expect(laid[0]!.marks[1]!.y).toBe(laid[1]!.marks[0]!.y);
    expect(laid[0]!.right).toBeLessThan(laid[1]!.left);
    expect(laid[1]!.absent.map((each) => each.row)).toEqual([0]);
  });

  test("panels stand below each other on a narrow page", () => {
    const { panels: laid, height } = layoutModelDotPlot(rows, panels, { width: 328, ...words });
    expect(laid[0]!.bottom).toBeLessThan(laid[1]!.top);
    expect(laid[1]!.bottom).toBeLessThan(height);
  });
});

test("ledger: real, mixed and synthetic stand below each other, and every interval lies in the plot", () => {
  const arm = {
    label: "Real rows only",
    scores: { synthetic: around(0.2, 0.05), real: around(0.13, 0.01), mixed: around(0.15, 0.02) },
    gain: null,
  };
  for (const width of [328, 1080]) {
    const layout = layoutLedgerDotPlot([arm], [{ value: 1 / 7, label: "chance", kind: "chance" }], {
      width,
      gainTitle: "gain",
      formatTick: asText,
    });
    const { marks } = layout.arms[0]!;
    expect(marks.map((mark) => mark.kind)).toEqual(["real", "mixed", "synthetic"]);
    expect(marks.map((mark) => mark.y)).toEqual([...marks.map((mark) => mark.y)].sort((a, b) => a - b));
    for (const mark of marks) {
      expect(mark.lowX).toBeGreaterThanOrEqual(layout.left);
      expect(mark.highX).toBeLessThanOrEqual(layout.right);
    }
  }
});

test("confusion matrix: shares are of the row, and a class without rows has none", () => {
  const { cells } = layoutConfusionMatrix(
    ["a", "b"],
    [
      [3, 1],
      [0, 0],
    ],
    { width: 400 },
  );
  expect(cells.map((cell) => cell.share)).toEqual([0.75, 0.25, Number.NaN, Number.NaN]);
  expect(cells.map((cell) => cell.isRight)).toEqual([true, false, false, true]);
});

describe("loss lines", () => {
  test("a thinned line keeps the lowest and the highest loss and the order of steps", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 1, max: 300 }),
        (losses, nColumns) => {
          const kept = thinLine(
            losses.map((_, i) => i),
            losses,
            nColumns,
          );
          expect(kept.length).toBeLessThanOrEqual(Math.max(losses.length <= 2 * nColumns ? losses.length : 0, 2 * nColumns));
          expect(Math.min(...kept.map(([, loss]) => loss))).toBe(Math.min(...losses));
          expect(Math.max(...kept.map(([, loss]) => loss))).toBe(Math.max(...losses));
          expect(kept.every(([step], i) => i === 0 || step > kept[i - 1]![0])).toBe(true);
        },
      ),
    );
  });

  test("a spike in a column that begins with a missing value is kept", () => {
    const losses = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? Number.NaN : i === 55 ? 9 : 0));
    const kept = thinLine(
      losses.map((_, i) => i),
      losses,
      10,
    );
    expect(kept.some(([step, loss]) => step === 55 && loss === 9)).toBe(true);
  });
});

describe("column match", () => {
  const row = (name: string, match: number) => ({ name, label: name, match, floor: 0.7, ceiling: 1, isShort: false });

  test("sorts by match, and keeps the order while it runs", () => {
    const first = matchOrder([row("a", 0.9), row("b", 0.8)], [], true);
    expect(first).toEqual(["b", "a"]);
    expect(matchOrder([row("a", 0.7), row("b", 0.8)], first, true)).toEqual(["b", "a"]);
    expect(matchOrder([row("a", 0.7), row("b", 0.8)], first, false)).toEqual(["a", "b"]);
  });

  test("a new column comes last and a vanished one leaves", () => {
    expect(matchOrder([row("c", 0.1), row("a", 0.9)], ["b", "a"], true)).toEqual(["a", "c"]);
  });
});

describe("floor to ceiling", () => {
  test("the floor is 0 and the ceiling 1, also where less is better", () => {
    expect(positionOnTrack(0.93, 0.93, 0.5)).toBeCloseTo(0, 12);
    expect(positionOnTrack(0.5, 0.93, 0.5)).toBe(1);
    expect(positionOnTrack(0.99, 0.93, 0.5)).toBeLessThan(0);
  });

  test("marks stay in the drawing and say when they were cut", () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), fc.integer({ min: 200, max: 900 }), (value, width) => {
        const layout = layoutFloorCeiling(
          { width, floor: { value: 0.6, label: "floor" }, ceiling: { value: 1, label: "ceiling" }, aim: null },
          [{ kind: "synthetic", value, label: "now" }],
        );
        const [mark] = layout.marks;
        expect(mark!.x).toBeGreaterThanOrEqual(12);
        expect(mark!.x).toBeLessThanOrEqual(width - 8);
        if (value > 0.6 && value < 1) expect(mark!.isCut).toBe(false);
        if (value < 0 || value > 1.5) expect(mark!.isCut).toBe(true);
      }),
    );
  });
});

test("engine race: ten times as long is equally far everywhere, an engine not run has no mark", () => {
  const rows = [1, 10, 100].map((ms) => ({ label: `${ms}`, msPerStep: ms as number | null, note: "", isChosen: false }));
  const { rows: laid } = layoutEngineRace([...rows, { label: "absent", msPerStep: null, note: "absent", isChosen: false }], {
    width: 620,
    formatTick: String,
  });
  expect(laid[1]!.x! - laid[0]!.x!).toBeCloseTo(laid[2]!.x! - laid[1]!.x!, 6);
  expect(laid[3]!.x).toBeNull();
});

test("row order: a strip covers its share of the file, notes stay inside", () => {
  const { rows, left, right } = layoutRowOrder(
    [
      { label: "Half", firstRow: 1, lastRow: 50, note: "row 50" },
      { label: "All", firstRow: 1, lastRow: 100, note: "all rows" },
    ],
    { width: 436, nRows: 100 },
  );
  expect(rows[0]!.toX - rows[0]!.fromX).toBeCloseTo((right - left) / 2, 6);
  expect(rows[1]!.isNoteInside).toBe(true);
});

test("split by origin: equal differences are equal slopes, labels keep apart", () => {
  const score = (value: number) => ({ value, lines: ["", ""] as const });
  const layout = layoutOriginSplit(
    { mixed: 0.5, real: score(0.4), synthetic: score(0.6), chance: 0.1 },
    { width: 440, formatTick: asText },
  );
  const [synthetic, real] = layout.ends;
  expect(layout.mixedY - synthetic!.y).toBeCloseTo(real!.y - layout.mixedY, 6);
  const close = layoutOriginSplit(
    { mixed: 0.5, real: score(0.5), synthetic: score(0.5), chance: 0.1 },
    { width: 440, formatTick: asText },
  );
  expect(Math.abs(close.ends[0]!.labelY - close.ends[1]!.labelY)).toBeGreaterThanOrEqual(44);
});
