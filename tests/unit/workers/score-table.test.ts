import { describe, expect, test } from "vitest";
import { predictTreeModel } from "../../../src/workers/fit-tree-model.ts";
import { predictedRows } from "../../../src/workers/predicted-rows.ts";
import { scoreTable } from "../../../src/workers/score-table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";
import { keptModel, LEARNERS, mixedLearning } from "./model-parts.ts";

describe.each(LEARNERS)("scoreTable, %s", (learner) => {
  const learning = mixedLearning("three");
  const kept = keptModel(learner, learning);

  test("the learning table gets its own predictions, columns in any order", () => {
    const columns = [...learning.table.columns].reverse();
    const scored = scoreTable(kept, { ...learning.table, columns });
    const own = predictedRows(learning.task, predictTreeModel(kept.model, learning.table));
    expect(scored.answers).toEqual(own);
    expect(scored.counts).toEqual([0, 1, 2].map((code) => own.codes.filter((each) => each === code).length));
    expect([scored.nRows, scored.spread]).toEqual([300, null]);
    expect(scored.unknownLevels).toEqual([]);
  });

  test("unknown levels are counted, most rows first, and count as missing", () => {
    const given = (words: (string | null)[]) =>
      table(
        numeric("x", [1, 1, 1, 1]),
        numeric("z", [0, 0, 0, 0]),
        categorical("word", words),
        categorical("flag", ["no", "no", "no", "no"]),
      );
    const scored = scoreTable(kept, given(["new", "a", "other", "new"]));
    expect(scored.unknownLevels).toEqual([
      { column: "word", level: "new", nRows: 2 },
      { column: "word", level: "other", nRows: 1 },
    ]);
    expect(scored.answers).toEqual(scoreTable(kept, given([null, "a", null, null])).answers);
  });

  test("an absent column counts as missing in every row; without any there is nothing to go by", () => {
    const rows = table(numeric("x", [1, 2]), categorical("flag", ["no", "yes"]));
    const whole = table(
      numeric("x", [1, 2]),
      categorical("flag", ["no", "yes"]),
      numeric("z", [null, null]),
      categorical("word", [null, null]),
    );
    expect(scoreTable(kept, rows)).toEqual(scoreTable(kept, whole));
    expect(() => scoreTable(kept, table(numeric("elsewhere", [1])))).toThrow(
      expect.objectContaining({ code: "columns-missing" }),
    );
  });
});

test("a numeric target has values and no probabilities", () => {
  const learning = mixedLearning("number");
  const scored = scoreTable(keptModel("random-forest", learning), learning.table);
  const { values, probability, codes } = scored.answers;
  expect([values.length, probability.length, codes.length]).toEqual([300, 0, 0]);
  expect(scored.counts).toEqual([]);
  expect(scored.spread?.least).toBe(Math.min(...values));
  expect(scored.spread?.most).toBe(Math.max(...values));
  expect(scored.spread?.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 300, 10);
});
