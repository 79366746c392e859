import { describe, expect, test } from "vitest";
import { scorePredictions } from "../../../src/evaluate/score-predictions.ts";
import { learningTable } from "../../../src/structure/learning-table.ts";
import type { TableSettings } from "../../../src/structure/structure-report.ts";
import { recodeTable } from "../../../src/table/recode-levels.ts";
import { read, texts } from "../table/reading.ts";

const answers = ["Weekly", "Quarterly", "Every 3 Months", ""];
const body = Array.from({ length: 80 }, (_, i) => `K${i}X,${i % 7},${i % 3 ? "red" : "blue"},same,${answers[i % 4]}`).join("\n");
const { table } = read(`key,n,colour,constant,often\n${body}\n`);

const learn = (settings: Partial<TableSettings & { nFolds: number }>) =>
  learningTable(table, { target: "often", roles: {}, mergeSynonyms: false, nFolds: 5, ...settings });

describe("learningTable", () => {
  test("keeps features and target, drops rows without an answer", () => {
    const { table: learning, task, rows } = learn({});
    expect(task).toEqual({ kind: "classification", target: "often", features: ["n", "colour"], classes: answers.slice(0, 3) });
    expect(learning.columns.map((column) => column.name)).toEqual(["n", "colour", "often"]);
    expect(learning.nRows).toBe(60);
    expect([...rows.slice(0, 4)]).toEqual([0, 1, 2, 4]);
    expect(texts(learning, "often").slice(0, 4)).toEqual(["Weekly", "Quarterly", "Every 3 Months", "Weekly"]);
  });

  test("merges labels of one meaning where asked for, and says which", () => {
    const { task, merged } = learn({ mergeSynonyms: true });
    expect(task).toMatchObject({ classes: ["Weekly", "Quarterly"] });
    expect(merged).toEqual([{ column: "often", groups: [["Quarterly", "Every 3 Months"]] }]);
    expect(learn({}).merged).toEqual([]);
    expect(learn({ mergeSynonyms: true, target: "n", roles: { often: "ignore" } }).merged).toEqual([]);
  });

  test("says which labels of the file were renamed; a column set by hand is not merged as well", () => {
    const levels = {
      often: { groups: [["Each quarter", "Quarterly"], ["Weekly"]], isOrdered: false },
      colour: { groups: [], isOrdered: false },
    };
    const renamed = recodeTable(table, levels);
    const settings = { target: "often", roles: {}, nFolds: 5, levels };
    expect(learningTable(renamed, { ...settings, mergeSynonyms: false }).merged).toEqual([
      { column: "often", groups: [["Each quarter", "Quarterly"]] },
    ]);
    const merged = learningTable(renamed, { ...settings, mergeSynonyms: true });
    expect(merged.merged).toEqual([{ column: "often", groups: [["Each quarter", "Quarterly"]] }]);
    expect(merged.task).toMatchObject({ classes: ["Weekly", "Each quarter", "Every 3 Months"] });
  });

  test("an order of the target's levels is the order of the classes, and is scored as one", () => {
    const order = { often: { groups: [["Weekly"], ["Every 3 Months"], ["Quarterly"]], isOrdered: true } };
    const { table: learning, task } = learningTable(recodeTable(table, order), {
      target: "often",
      roles: {},
      mergeSynonyms: false,
      nFolds: 5,
    });
    expect(task).toMatchObject({ classes: ["Weekly", "Every 3 Months", "Quarterly"], isOrdered: true });
    // The last class for every row: Weekly is then two places off. By words alone the other two classes would be one.
    const predictions = Float64Array.from({ length: learning.nRows * 3 }, (_, at) => (at % 3 === 2 ? 1 : 0));
    const kappaOf = (isOrdered: boolean) => {
      const asked = task.kind === "classification" && isOrdered ? task : { ...task, isOrdered: undefined };
      return scorePredictions(asked as typeof task, learning, predictions);
    };
    expect(kappaOf(true)).not.toEqual(kappaOf(false));
  });

  test("follows the user's roles; the former target is a feature again", () => {
    const { task } = learn({ target: "n", roles: { colour: "ignore", often: "target", constant: "feature" } });
    expect(task).toEqual({ kind: "regression", target: "n", features: ["constant", "often"] });
  });

  test("classes that no row holds are dropped", () => {
    const rare = table.columns.map((column) =>
      column.name === "often" && column.kind === "categorical"
        ? { ...column, levels: ["Never", ...column.levels], codes: column.codes.map((code) => (code < 0 ? -1 : code + 1)) }
        : column,
    );
    const settings = { target: "often", roles: {}, mergeSynonyms: false, nFolds: 5 };
    const { table: learning, task } = learningTable({ ...table, columns: rare }, settings);
    expect(task).toMatchObject({ classes: answers.slice(0, 3) });
    expect(texts(learning, "often")[0]).toBe("Weekly");
  });

  test.each([
    [{ target: "absent" }, "target-missing"],
    [{ target: "constant" }, "target-one-class"],
    [{ target: "key" }, "target-too-many-classes"],
    [{ roles: { n: "ignore", colour: "identifier" } }, "no-features"],
    [{ nFolds: 21 }, "target-rare-class"],
  ] as const)("%j is refused", (settings, code) => {
    expect(() => learn(settings)).toThrow(expect.objectContaining({ code }));
  });
});
