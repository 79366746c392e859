import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { scoringScript } from "../../../src/export/scoring-script.ts";
import { writeXgboostJson } from "../../../src/export/xgboost-json.ts";
import { exportCases, fitModel, LEARNERS, predictModel } from "./export-cases.ts";
import { messyFile } from "./messy-case.ts";
import { hasPython, runPython, runScripts, temporaryFolder } from "./python-runner.ts";
import { expectAlike, readScored } from "./scored-file.ts";

const folder = temporaryFolder();

describe.skipIf(!hasPython("xgboost", "pandas"))("the scoring script", () => {
  const fitted = [...exportCases, messyFile()].flatMap((exported, at) =>
    LEARNERS.map((learner) => {
      const model = fitModel(learner, exported, { nRounds: 20, nTrees: 20 });
      return { name: `${at}-${learner}`, exported, learner, model };
    }),
  );

  beforeAll(() => {
    const jobs = fitted.map(({ name, exported: { task, train, file }, model }) => ({
      name,
      files: {
        "model.json": finish(writeXgboostJson(model, task, train)),
        "score.py": scoringScript("model.json"),
        "input.csv": file,
      },
      runs: [["score.py", "input.csv", "output.csv"]],
    }));
    runScripts(folder, jobs, { cluster: false });
  }, 120_000);

  test.each(fitted)("$exported.name, $learner: alike on every row of the file", ({ name, exported, model }) => {
    const { values, labels } = readScored(join(folder, name, "output.csv"), exported.task);
    expectAlike(values, labels, exported.task, predictModel(model, exported.rows));
  });

  test("a file without one of the columns is refused by name", () => {
    const { name } = fitted[fitted.length - 1];
    writeFileSync(join(folder, name, "other.csv"), "a,b\n1,2\n");
    expect(() => runPython("score.py", ["other.csv", "x.csv"], join(folder, name))).toThrow("no column named 'Since'");
  });

  test("labels that were merged in training are read as one", () => {
    const { exported, model } = fitted[fitted.length - 1];
    const merged = [{ column: "Grade", groups: [["A+", "a+"]] }];
    const files = {
      "model.json": finish(writeXgboostJson(model, exported.task, exported.train, merged)),
      "score.py": scoringScript("model.json"),
      "input.csv": ["A+", "a+", "A-"].reduce(
        (text, grade) => `${text}13/2/2020;5;3 %;1;Huế;${grade};x\n`,
        "Since;Spend;Rate;Flag;;Grade;Grade\n",
      ),
    };
    runScripts(folder, [{ name: "merged", files, runs: [["score.py", "input.csv", "output.csv"]] }], { cluster: false });
    const { values } = readScored(join(folder, "merged", "output.csv"), exported.task);
    expect(values.slice(0, 2)).toEqual(values.slice(2, 4));
    expect(values.slice(0, 2)).not.toEqual(values.slice(4, 6));
    expect(readFileSync(join(folder, "merged", "output.csv"), "utf8")).toContain("13/2/2020,5,3 %,1,Huế,a+,x,");
  });
});
