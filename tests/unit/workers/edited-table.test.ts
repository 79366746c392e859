import { expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import type { HandedOver } from "../../../src/rpc/serve.ts";
import { fileLabels } from "../../../src/structure/file-labels.ts";
import { learningTable } from "../../../src/structure/learning-table.ts";
import { recodeTable } from "../../../src/table/recode-levels.ts";
import { getColumn } from "../../../src/table/table.ts";
import type { TableEdits } from "../../../src/table/table-edits.ts";
import type { DataJobs } from "../../../src/workers/data.jobs.ts";
import { segmentHandlers } from "../../../src/workers/segment-jobs.ts";
import { read } from "../table/reading.ts";

const often = ["Weekly", "Bi-Weekly", "Fortnightly", "Monthly"];
const lines = Array.from({ length: 120 }, (_, i) => `${20 + ((i * 7) % 40)},${often[i % 4]},${i % 3 ? "red" : "blue"}`);
const { table: asRead } = read(`age,often,colour\n${lines.join("\n")}\n`);
const edits: TableEdits = {
  types: {},
  levels: { often: { groups: [["Monthly"], ["Every 2 weeks", "Bi-Weekly", "Fortnightly"], ["Weekly"]], isOrdered: true } },
};
const kept = recodeTable(asRead, edits.levels);
const jobs = segmentHandlers(() => ({ kept, edits }));
const settings = { target: "often", roles: {}, mergeSynonyms: true, nFolds: 5 } as const;

test("labels that the user wrote are what is learned, in the user's order, and the model knows the file's words", () => {
  const learning = learningTable(kept, { ...settings, levels: edits.levels });
  expect(learning.task).toMatchObject({ classes: ["Monthly", "Every 2 weeks", "Weekly"], isOrdered: true });
  expect(learning.merged).toEqual([{ column: "often", groups: [["Every 2 weeks", "Bi-Weekly", "Fortnightly"]] }]);
});

test("a second file in the file's own words is assigned to the segments as the first is", async () => {
  const plan = {
    method: "k-means",
    preset: "none",
    columns: ["age", "often"],
    scale: "standard",
    k: 3,
    seed: 1,
    covariance: "diagonal",
    gammaPercent: 0,
    definitions: [],
    rfm: { recency: "", frequency: "", money: "" },
    quick: true,
  } as const;
  const segmenting = jobs.segments({ table: settings, segments: plan }) as Generator<
    unknown,
    HandedOver<DataJobs["segments"]["output"]>,
    void
  >;
  const report = finish(segmenting).output;
  const file = new File([`age,often,colour\n${lines.join("\n")}\n`], "again.csv");
  const names = report.segments.map(({ name }) => name);
  const assigning = jobs.assignSegments({ name: file.name, file, model: report.model, names });
  const { assigned } = await finishAsync(assigning as AsyncGenerator<unknown, DataJobs["assignSegments"]["output"], void>);
  expect([...assigned.labels]).toEqual([...report.labels]);
});

test("the labels of a file are listed as they stand there, with those of one meaning", () => {
  expect(fileLabels(getColumn(asRead, "often"))).toMatchObject({
    labels: often.map((label) => ({ label, count: 30 })),
    nLabels: 4,
    synonyms: [["Bi-Weekly", "Fortnightly"]],
  });
  expect(fileLabels(getColumn(asRead, "age"))).toBeNull();
});
