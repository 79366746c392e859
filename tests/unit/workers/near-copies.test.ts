import { expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { assess } from "../../../src/evaluate/assess.ts";
import { fitFold } from "../../../src/evaluate/fit-fold.ts";
import type { LearningRows } from "../../../src/evaluate/fold-of.ts";
import { learningTable } from "../../../src/structure/learning-table.ts";
import type { Table } from "../../../src/table/table.ts";
import { treeLearner } from "../../../src/workers/tree-learners.ts";
import { categorical, table } from "../support/make-table.ts";

const N_FOLDS = 3;
const N_COLUMNS = 9;

/** A table of noise, every row of which stands there several times with one of its columns changed. */
function nearCopies(nOriginals: number, nCopies: number, random: Random): Table {
  const rows: number[][] = [];
  const answers: number[] = [];
  for (let original = 0; original < nOriginals; original++) {
    const cells = Array.from({ length: N_COLUMNS }, () => random.integer(10));
    const answer = random.integer(4);
    for (let copy = 0; copy < nCopies; copy++) {
      const own = [...cells];
      own[random.integer(N_COLUMNS)] = random.integer(10);
      rows.push(own);
      answers.push(answer);
    }
  }
  const columns = Array.from({ length: N_COLUMNS }, (_, at) =>
    categorical(
      `c${at}`,
      rows.map((row) => `l${row[at]}`),
    ),
  );
  const target = categorical(
    "y",
    answers.map((answer) => `answer ${answer}`),
  );
  return table(...columns, target);
}

async function report(learning: LearningRows) {
  const learner = treeLearner("random-forest", { nTrees: 30 });
  const results = [];
  for (let fold = 0; fold < N_FOLDS; fold++) {
    const request = {
      learner: learner.id,
      fold,
      nFolds: N_FOLDS,
      seed: 1,
      quick: true,
      mode: "real-only" as const,
      synthetic: { train: null, test: null },
    };
    results.push(await finishAsync(fitFold({ ...learning, learner, request, now: () => 0 })));
  }
  return finish(assess({ ...learning, results, columns: [], nFolds: N_FOLDS, seed: 1 }));
}

test("the accuracy that near-copies lend a target without signal falls to chance once they stay together", async () => {
  const rows = nearCopies(150, 4, createRandom(11));
  const settings = { target: "y", roles: {}, mergeSynonyms: false, nFolds: N_FOLDS };
  const learning = learningTable(rows, settings);
  const grouped = await report(learning);
  const parted = await report({ ...learning, groups: null });
  expect(grouped.nNearDuplicates).toBeGreaterThan(590);
  expect(parted.signal).toMatchObject({ verdict: "predictable", pValue: 0.0005 });
  expect(parted.signal.score).toBeGreaterThan(0.6);
  expect(grouped.signal.verdict).toBe("none");
  expect(grouped.signal.score).toBeLessThan(0.35);
  expect(grouped.runLog.every((fit) => fit.nSharedRows === 0 && fit.nSharedGroups === 0)).toBe(true);
  expect(grouped.runLog.map(({ nTrain, nTest }) => nTrain + nTest)).toEqual([600, 600, 600]);
});
