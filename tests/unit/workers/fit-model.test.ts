import { describe, expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { allRows, type CategoricalColumn, type Table, takeRows } from "../../../src/table/table.ts";
import { fitModel, fitModelOver } from "../../../src/workers/fit-model.ts";
import { predictTreeModel } from "../../../src/workers/fit-tree-model.ts";
import type { ModelLearner } from "../../../src/workers/model.jobs.ts";
import { portShard, serveShard } from "../../../src/workers/shard-port.ts";
import { mixedTable } from "../trees/explained-models.ts";
import { LEARNERS, mixedLearning, SMALL } from "./model-parts.ts";

const learning = mixedLearning("three");
const fit = (learner: ModelLearner, seed = 3, synthetic: Table | null = null, params: Record<string, number> = SMALL[learner]) =>
  finish(fitModel(learning, { learner, params, seed, synthetic }, () => 0));

describe.each(LEARNERS)("fitModel, %s", (learner) => {
  test("answers for every real row, at its place in the open table", () => {
    const { kept, report, answers } = fit(learner);
    expect(report).toMatchObject({ learner, nReal: 300, nSynthetic: 0, fitSeconds: 0 });
    expect(answers.rows[0]).toBe(10);
    const probabilities = predictTreeModel(kept.model, learning.table);
    expect(answers.codes).toHaveLength(300);
    answers.codes.forEach((code, row) => {
      const ofRow = [...probabilities.subarray(3 * row, 3 * row + 3)];
      expect(answers.probability[row]).toBe(Math.max(...ofRow));
      expect(code).toBe(ofRow.indexOf(Math.max(...ofRow)));
    });
    expect(answers.classes).toEqual(["low", "mid", "high"]);
  });

  test("the same seed gives the same model, another seed or generated rows another one", () => {
    const predicted = (seed: number, synthetic: Table | null = null) => {
      const { kept } = fit(learner, seed, synthetic, { ...SMALL[learner], subsample: 0.5 });
      return predictTreeModel(kept.model, learning.table);
    };
    expect(predicted(3)).toEqual(predicted(3));
    expect(predicted(4)).not.toEqual(predicted(3));
    expect(predicted(3, mixedTable(200, createRandom(5)))).not.toEqual(predicted(3));
  });

  test("spread over another thread it is the same model", async () => {
    const { port1, port2 } = new MessageChannel();
    void serveShard(port2);
    try {
      const input = { learner, params: SMALL[learner], seed: 3, synthetic: null };
      const { kept, report, answers } = await finishAsync(fitModelOver([portShard(port1)], learning, input, () => 0));
      const alone = fit(learner);
      expect(kept.model).toEqual(alone.kept.model);
      expect(report).toEqual(alone.report);
      expect(answers).toEqual(alone.answers);
    } finally {
      port1.close();
      port2.close();
    }
  });

  test("generated rows without a known class are left out", () => {
    const made = mixedTable(50, createRandom(5));
    const columns = made.columns.map((column) => {
      if (column.name !== "three") return column;
      const codes = (column as CategoricalColumn).codes.map((code, row) => (row < 5 ? -1 : row < 8 ? 3 : code));
      return { ...column, codes, levels: ["low", "mid", "high", "new"] } as CategoricalColumn;
    });
    expect(fit(learner, 3, { nRows: 50, columns }).report.nSynthetic).toBe(42);
    expect(fit(learner, 3, takeRows(made, allRows(0))).report.nSynthetic).toBe(0);
  });

  test("refuses settings that are out of bounds", () => {
    const params = learner === "xgboost" ? { nRounds: -1 } : { nTrees: 0.5 };
    expect(() => fit(learner, 3, null, params)).toThrow(expect.objectContaining({ code: "parameter-invalid" }));
  });
});

test("a numeric target is answered in its own unit, without probabilities", () => {
  const numbers = mixedLearning("number");
  const request = { learner: "xgboost", params: SMALL.xgboost, seed: 1, synthetic: null } as const;
  const { answers } = finish(fitModel(numbers, request, () => 0));
  expect(answers.probability).toHaveLength(0);
  expect(answers.values).toHaveLength(300);
  expect(answers.values.every(Number.isFinite)).toBe(true);
});
