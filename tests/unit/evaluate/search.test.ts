import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitFold } from "../../../src/evaluate/fit-fold.ts";
import { foldOf } from "../../../src/evaluate/fold-of.ts";
import type { LearnerParams } from "../../../src/evaluate/fold-result.ts";
import type { Learner, LearnerId } from "../../../src/evaluate/learner.ts";
import { nTrialsOf, searchFold, searchParams } from "../../../src/evaluate/search.ts";
import type { SearchRequest } from "../../../src/evaluate/search-report.ts";
import { drawParams, type SearchSpace, searchSpace } from "../../../src/evaluate/search-space.ts";
import { type Column, selectColumns, type Table, takeRows } from "../../../src/table/table.ts";
import { classCodes } from "../../../src/table/task.ts";
import { GRADIENT_BOOSTING_PARAMS } from "../../../src/trees/gradient-boosting.params.ts";
import { resolveParams } from "../../../src/trees/number-param.ts";
import { RANDOM_FOREST_PARAMS } from "../../../src/trees/random-forest.params.ts";
import { treeLearner } from "../../../src/workers/tree-learners.ts";
import { loadTable } from "../support/load-table.ts";
import { categorical, numeric, table as tableOf } from "../support/make-table.ts";
import { cellLearner, plant, plantedTask } from "./planted.ts";

const request = (change: Partial<SearchRequest> = {}): SearchRequest => ({
  learner: "random-forest",
  params: { nTrees: 300, minLeafRows: 60 },
  method: "random",
  fold: 1,
  nFolds: 5,
  seed: 4,
  quick: false,
  ...change,
});

interface Fit {
  readonly params: LearnerParams;
  readonly table: Table;
}

type MakeLearner = (id: LearnerId, params: LearnerParams) => Learner;

/** Shares of cells with `minLeafRows` rows spread over the classes, which on a planted table should be few. */
function spyLearner(fits: Fit[] = []): MakeLearner {
  return (_, params) => {
    const learner = cellLearner("random-forest", params.minLeafRows);
    return {
      ...learner,
      fit(train, task, random) {
        fits.push({ params, table: train.table });
        return learner.fit(train, task, random);
      },
    };
  };
}

const planted = plant(1500, 0.9, createRandom(1));
const search = (table: Table, asked: SearchRequest, makeLearner: MakeLearner) =>
  finishAsync(searchFold({ table, task: plantedTask }, asked, makeLearner, createRandom(asked.seed)));

describe("searchFold", () => {
  test.each(["random", "halving"] as const)("%s finds settings that a planted table rewards", async (method) => {
    const found = await search(planted, request({ method }), spyLearner());
    expect(found.params.minLeafRows).toBeLessThan(20);
    expect(found.params.nTrees).toBe(300);
    expect(found.score).toBeLessThan(found.defaultScore - 0.05);
    expect(found).toMatchObject({ learner: "random-forest", fold: 1, method, nTrials: nTrialsOf(method, false) });
  });

  test("sees none of the fold's held-out rows: their features may say anything", async () => {
    const { testIndex } = foldOf({ table: planted, task: plantedTask }, request());
    const isHeld = new Set(testIndex);
    const spoilt: Table = {
      ...planted,
      columns: planted.columns.map((column): Column => {
        if (column.name === "y" || column.kind !== "categorical") return column;
        return { ...column, codes: column.codes.map((code, row) => (isHeld.has(row) ? (code + 7) % 20 : code)) };
      }),
    };
    for (const method of ["random", "halving"] as const) {
      const asked = request({ method, quick: true });
      expect(await search(spoilt, asked, spyLearner())).toEqual(await search(planted, asked, spyLearner()));
    }
  });

  test("fits inner folds of the training rows, two thirds at a time, every setting on the same rows", async () => {
    const fits: Fit[] = [];
    await search(planted, request({ quick: true }), spyLearner(fits));
    const nTrain = foldOf({ table: planted, task: plantedTask }, request()).train.table.nRows;
    expect(fits).toHaveLength(3 * nTrialsOf("random", true));
    for (const [i, fit] of fits.entries()) {
      expect(Math.abs(fit.table.nRows - (2 / 3) * nTrain)).toBeLessThan(4);
      expect(fit.table).toEqual(fits[i % 3].table);
    }
  });

  test("keeps the given settings where nothing is better", async () => {
    const blind: MakeLearner = (id, params) => spyLearner()(id, { ...params, minLeafRows: 1 });
    const found = await search(planted, request({ method: "halving" }), blind);
    expect(found.params).toEqual(request().params);
    expect(found.score).toBe(found.defaultScore);
  });

  test("the same request finds the same", async () => {
    const [first, again, other] = [
      await search(planted, request({ quick: true }), spyLearner()),
      await search(planted, request({ quick: true }), spyLearner()),
      await search(planted, request({ quick: true, seed: 5 }), spyLearner()),
    ];
    expect(again).toEqual(first);
    expect(other.params).not.toEqual(first.params);
  });

  test("a learner without settings is refused", async () => {
    await expect(search(planted, request({ learner: "softmax" }), spyLearner())).rejects.toThrow("softmax");
  });
});

describe("successive halving", () => {
  const job = (resource: SearchSpace["resource"], fits: Fit[]) => ({
    train: foldOf({ table: planted, task: plantedTask }, request()).train,
    task: plantedTask,
    space: { ...searchSpace("random-forest", 2)!, resource },
    base: { nTrees: 270, minLeafRows: 60 },
    method: "halving" as const,
    nTrials: 10,
    makeLearner: (params: LearnerParams) => spyLearner(fits)("random-forest", params),
    random: createRandom(2),
  });

  test("gives a third of the candidates three times the trees, rung by rung", async () => {
    const fits: Fit[] = [];
    await finishAsync(searchParams(job("nTrees", fits)));
    const trees = fits.filter((_, i) => i % 3 === 0).map(({ params }) => params.nTrees);
    expect(trees).toEqual([270, ...Array(9).fill(30), ...Array(3).fill(90), 270]);
    const leafRowsOf = (at: number) => fits[3 * at].params.minLeafRows;
    const tried = Array.from({ length: 9 }, (_, i) => leafRowsOf(1 + i)).sort((a, b) => a - b);
    expect([10, 11, 12].map(leafRowsOf).sort((a, b) => a - b)).toEqual(tried.slice(0, 3));
    expect(leafRowsOf(13)).toBe(tried[0]);
  });

  test("or three times the rows, but never begins with too few to tell anything", async () => {
    const fits: Fit[] = [];
    await finishAsync(searchParams(job("rows", fits)));
    const rows = fits.filter((_, i) => i % 3 === 0).map(({ table }) => table.nRows);
    const [full] = rows;
    expect(rows[1]).toBeCloseTo(full / 3, -1);
    expect(rows).toHaveLength(1 + 9 + 3);
    expect(rows.at(-1)).toBe(full);
    const few: Fit[] = [];
    const small = foldOf(
      {
        table: takeRows(
          planted,
          Int32Array.from({ length: 200 }, (_, row) => row),
        ),
        task: plantedTask,
      },
      request(),
    ).train;
    await finishAsync(searchParams({ ...job("rows", few), train: small }));
    expect(new Set(few.map(({ table }) => Math.round(table.nRows / 10)))).toHaveLength(1);
  });
});

test("drawn settings lie in their ranges and are legal ones, whole numbers reaching both ends", () => {
  const forest = searchSpace("random-forest", 17)!;
  const boosting = searchSpace("xgboost", 17)!;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      for (const [space, declared] of [
        [forest, RANDOM_FOREST_PARAMS],
        [boosting, GRADIENT_BOOSTING_PARAMS],
      ] as const) {
        const drawn = drawParams(space, {}, createRandom(seed));
        for (const { param, low, high } of space.ranges) {
          expect(drawn[param]).toBeGreaterThanOrEqual(low);
          expect(drawn[param]).toBeLessThanOrEqual(high);
          expect(declared).toHaveProperty(param);
        }
        expect(() => resolveParams(declared, drawn)).not.toThrow();
      }
    }),
  );
  const seen = new Set(Array.from({ length: 400 }, (_, seed) => drawParams(forest, {}, createRandom(seed)).nFeaturesPerSplit));
  expect([Math.min(...seen), Math.max(...seen)]).toEqual([1, 17]);
});

const telco = loadTable("../shared/data/telco_churn.csv");

test.skipIf(!telco)("on real customers the settings found do better on held-out rows than the given ones", async () => {
  const names = telco!.columns.map(({ name }) => name).filter((name) => name !== "customerID");
  const learning = selectColumns(telco!, names);
  const task = { kind: "classification", target: "Churn", features: names.slice(0, -1), classes: ["No", "Yes"] } as const;
  const base = { nTrees: 100 };
  const asked = request({ method: "halving", fold: 0, quick: true, params: base });
  const found = await finishAsync(searchFold({ table: learning, task }, asked, treeLearner, createRandom(4)));
  const lossOf = async (params: LearnerParams): Promise<number> => {
    const fit = { ...asked, params, mode: "real-only", synthetic: { train: null, test: null } } as const;
    const learner = treeLearner("random-forest", params);
    return (await finishAsync(fitFold({ table: learning, task, learner, request: fit, now: () => 0 }))).real.logLoss;
  };
  expect(found.score).toBeLessThan(found.defaultScore);
  expect(await lossOf(found.params)).toBeLessThan(await lossOf(base));
});

test("a search on pure noise flatters itself inside, but gains nothing on held-out rows", async () => {
  const random = createRandom(11);
  const nRows = 400;
  const words = (n: number) => Array.from({ length: nRows }, () => `v${random.integer(n)}`);
  const noise = tableOf(
    numeric(
      "a",
      Array.from({ length: nRows }, () => random.normal()),
    ),
    numeric(
      "b",
      Array.from({ length: nRows }, () => random.normal()),
    ),
    categorical("c", words(6)),
    categorical("y", words(2), ["v0", "v1"]),
  );
  const task = { kind: "classification", target: "y", features: ["a", "b", "c"], classes: ["v0", "v1"] } as const;
  const codes = classCodes(noise, task);
  const share = codes.reduce((sum, code) => sum + code, 0) / nRows;
  const priorLoss = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
  const base = { nRounds: 15, maxDepth: 3 };
  let tunedLoss = 0;
  let inner = 0;
  for (let fold = 0; fold < 5; fold++) {
    const asked = request({ learner: "xgboost", method: "random", fold, quick: true, params: base });
    const found = await finishAsync(searchFold({ table: noise, task }, asked, treeLearner, createRandom(4)));
    const { params } = found;
    const fit = { ...asked, params, mode: "real-only", synthetic: { train: null, test: null } } as const;
    const learner = treeLearner("xgboost", params);
    const result = await finishAsync(fitFold({ table: noise, task, learner, request: fit, now: () => 0 }));
    tunedLoss += result.real.logLoss / 5;
    inner += (found.defaultScore - found.score) / 5;
  }
  expect(inner).toBeGreaterThan(0);
  expect(tunedLoss).toBeGreaterThan(priorLoss - 0.01);
});
