import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { scoringScript } from "../../../src/export/scoring-script.ts";
import { writeXgboostJson } from "../../../src/export/xgboost-json.ts";
import { categorical, numeric, table } from "../support/make-table.ts";
import { exportCases, fitModel, LEARNERS, predictModel, SMALL } from "./export-cases.ts";
import { messyFile } from "./messy-case.ts";
import { hasPython, runPython, runScripts, temporaryFolder } from "./python-runner.ts";
import { expectAlike, readScored } from "./scored-file.ts";

const folder = temporaryFolder();

describe.skipIf(!hasPython("xgboost", "pandas"))("the scoring script", () => {
  const fitted = [...exportCases, messyFile()].flatMap((exported, at) =>
    LEARNERS.map((learner) => ({
      name: `${at}-${learner}`,
      exported,
      learner,
      model: fitModel(learner, exported, SMALL[learner]),
    })),
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

  test("one row in files of several kinds is read alike", () => {
    const { exported, model } = fitted[fitted.length - 1];
    const forms = {
      "a cell too many": "Since;Spend;Rate;Flag;;Grade;Grade;\n13/2/2020;5;3 %;1;Huế;A+;x;\n",
      "another order and another column": "Grade,Grade,Other,column 5,Flag,Rate,Spend,Since\nA+,x,1,Huế,1.0,3 %,$5.00,2020-02-13",
      "tabs in UTF-16": "\ufeffSince\tSpend\tRate\tFlag\t\tGrade\tGrade\r\n13.2.2020\t5\t3\t1\tHuế\tA+\tx",
      "a line that names the delimiter": "sep=|\nSince|Spend|Rate|Flag||Grade|Grade\n13/2/2020|5|3 %|1|Huế|A+|x\n",
      "line breaks in quotes": 'Since,"Spend",Rate,Flag,,Grade,Grade,"a\nb"\n13/2/2020,5,3,1,Huế,A+,x,"c\nd"\n',
    };
    const jobs = Object.entries(forms).map(([name, text]) => ({
      name,
      files: {
        "model.json": finish(writeXgboostJson(model, exported.task, exported.train)),
        "score.py": scoringScript("model.json"),
        "input.csv": text.startsWith("\ufeff") ? new Uint8Array(Buffer.from(text, "utf16le")) : text,
      },
      runs: [["score.py", "input.csv", "output.csv"]],
    }));
    runScripts(folder, jobs, { cluster: false });
    const row = table(
      numeric("Since", [Date.UTC(2020, 1, 13)]),
      numeric("Spend", [5]),
      numeric("Rate", [3]),
      categorical("Flag", ["1"]),
      categorical("column 5", ["Huế"]),
      categorical("Grade", ["A+"]),
      categorical("Grade (2)", ["x"]),
    );
    for (const { name } of jobs) {
      const { values, labels } = readScored(join(folder, name, "output.csv"), exported.task);
      expectAlike(values, labels, exported.task, predictModel(model, row));
    }
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
