import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { daskScript } from "../../../src/export/dask-script.ts";
import { writeXgboostJson } from "../../../src/export/xgboost-json.ts";
import { writeCsv } from "../../../src/table/write-csv.ts";
import { type ExportCase, exportCases, fitModel, LEARNERS, predictModel, SMALL } from "./export-cases.ts";
import { hasPython, runScripts, temporaryFolder } from "./python-runner.ts";
import { expectAlike, readScored } from "./scored-file.ts";

const folder = temporaryFolder();
const SCORE = ["dask_model.py", "score", "input.csv", "output.csv", "--blocksize", "200kB"];
const TRAIN = [
  ["dask_model.py", "train", "train.csv", "trained.json", "--blocksize", "200kB"],
  ["dask_model.py", "score", "input.csv", "trained.csv", "--model", "trained.json"],
];
/** Where there is nothing to learn, two fits have nothing in common. */
const hasSignal = ({ name }: ExportCase): boolean => name !== "shopping_trends.csv";

describe.skipIf(!hasPython("xgboost", "dask", "distributed"))("the Dask script on two workers", () => {
  const fitted = exportCases.flatMap((exported, at) =>
    LEARNERS.map((learner) => {
      const onAllRows = learner === "gradient-boosting" ? { earlyStoppingRounds: 0 } : {};
      const params = { ...SMALL[learner], ...onAllRows, balanceClasses: exported.name === "made, churned" ? 1 : 0 };
      return { name: `${at}-${learner}`, exported, learner, params, model: fitModel(learner, exported, params) };
    }),
  );

  beforeAll(() => {
    const jobs = fitted.map(({ name, exported, params, model }) => {
      const { task, train, file } = exported;
      return {
        name,
        files: {
          "model.json": finish(writeXgboostJson(model, task, train)),
          "dask_model.py": daskScript(model, task, params, "model.json"),
          "input.csv": file,
          "train.csv": finish(writeCsv(train)),
        },
        runs: [SCORE, ...(hasSignal(exported) ? TRAIN : [])],
      };
    });
    runScripts(folder, jobs, { cluster: true });
  }, 120_000);

  test.each(fitted)("$exported.name, $learner: alike on every row", ({ name, exported, model }) => {
    const { values, labels } = readScored(join(folder, name, "output.csv"), exported.task);
    expectAlike(values, labels, exported.task, predictModel(model, exported.rows));
  });

  const trained = fitted.filter(({ exported }) => hasSignal(exported));
  test.each(trained)("$exported.name, $learner: a model trained anew answers much as ours", ({ name, exported, model }) => {
    const { values } = readScored(join(folder, name, "trained.csv"), exported.task);
    const ours = predictModel(model, exported.rows);
    const centre = ours.reduce((sum, value) => sum + value, 0) / ours.length;
    const spread = ours.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    const error = ours.reduce((sum, value, i) => sum + (value - values[i]) ** 2, 0);
    expect(error).toBeLessThan(0.1 * spread);
  });
});
