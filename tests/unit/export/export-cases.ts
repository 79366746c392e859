import { existsSync, readFileSync } from "node:fs";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import type { Column, Table } from "../../../src/table/table.ts";
import { makeTask, type Task } from "../../../src/table/task.ts";
import { writeCsv } from "../../../src/table/write-csv.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { fitRandomForest, predictRandomForest } from "../../../src/trees/random-forest.ts";
import type { TreeModel } from "../../../src/trees/tree-model.ts";

/** A table, what is learned from it, and rows to score that training may not have seen. */
export interface ExportCase {
  readonly name: string;
  readonly task: Task;
  readonly train: Table;
  readonly rows: Table;
  /** The rows as a CSV file. */
  readonly file: Uint8Array;
}

export const LEARNERS = ["gradient-boosting", "random-forest"] as const;

type LearnerName = (typeof LEARNERS)[number];

/** Settings of models that are quick to fit. */
export const SMALL = { "gradient-boosting": { nRounds: 20 }, "random-forest": { nTrees: 20 } } as const;

/** The settings that a case is fitted with where full size is to be seen: the learners' own for the telco table. */
export const paramsOf = (learner: LearnerName, { name }: ExportCase): Record<string, number> =>
  name === "telco_churn.csv" ? {} : SMALL[learner];

export function fitModel(learner: LearnerName, { train, task }: ExportCase, params: Record<string, number> = {}): TreeModel {
  const fit = learner === "gradient-boosting" ? fitGradientBoosting : fitRandomForest;
  return finish<TreeModel>(fit(trainOnAll(train), task, params, createRandom(11)));
}

export function predictModel(model: TreeModel, table: Table): Float64Array {
  return model.kind === "gradient-boosting" ? predictGradientBoosting(model, table) : predictRandomForest(model, table);
}

function realCase(name: string, target: string, ignored: string): ExportCase | null {
  const path = `../shared/data/${name}`;
  if (!existsSync(path)) {
    console.warn(`${path} is absent: tests on it are skipped`);
    return null;
  }
  const file = new Uint8Array(readFileSync(path));
  const { table } = finish(readCsv(file.buffer));
  const task = makeTask(table, target, (column) => (column === ignored ? "identifier" : "feature"), 5);
  return { name, task, train: table, rows: table, file };
}

const shopping = realCase("shopping_trends.csv", "Frequency of Purchases", "Customer ID");
const telco = realCase("telco_churn.csv", "Churn", "customerID");

const withGaps = (values: Float64Array, every: number): Float64Array =>
  values.map((value, row) => (row % every === 0 ? Number.NaN : value));

/**
 * Made rows: 320 cities, so that the rarest share a bin; a plan, a date, numbers at the ends of what a float holds; gaps in
 * each. The rows to score hold levels that training never saw.
 */
function madeCase(target: "churned" | "spend"): ExportCase {
  const random = createRandom(5);
  const nRows = 1600;
  const draw = (n: number) => Array.from({ length: nRows }, () => random.integer(n));
  const [city, plan] = [draw(320).map((code, row) => (row < 320 ? row : code)), draw(6)];
  const noise = Float64Array.from(draw(1000), (value) => value / 100 + 0.1);
  const wide = Float64Array.from(draw(7), (value) => [-1e39, -3e38, -1e-40, 0, 1e-40, 3e38, 1e39][value]);
  const days = Float64Array.from(draw(700), (day) => Date.UTC(2023, 0, 1) + day * 86_400_000);
  const isChurned = city.map((code, row) => {
    const score = (code % 7) + (plan[row] % 2) * 4 + noise[row] + (wide[row] > 0 ? 3 : 0);
    return score > 11 ? 1 : 0;
  });
  const levels = (prefix: string, n: number) => Array.from({ length: n }, (_, code) => `${prefix} ${code}`);
  const gappy = (codes: readonly number[], every: number) =>
    Int32Array.from(codes, (code, row) => (row % every === 0 ? -1 : code));
  const columns = (cityLevels: string[], planLevels: string[]): Column[] => [
    { kind: "categorical", name: "city [of <birth]", type: "categorical", codes: gappy(city, 41), levels: cityLevels },
    { kind: "categorical", name: 'plan "é\t☃"', type: "categorical", codes: gappy(plan, 37), levels: planLevels },
    { kind: "numeric", name: "noise", type: "numeric", values: withGaps(noise, 29), step: 0.01 },
    { kind: "numeric", name: "wide", type: "numeric", values: withGaps(wide, 31), step: 1 },
    { kind: "numeric", name: "since", type: "date", values: withGaps(days, 43), step: 86_400_000 },
    target === "churned"
      ? { kind: "categorical", name: target, type: "boolean", codes: Int32Array.from(isChurned), levels: ["no", "yes"] }
      : {
          kind: "numeric",
          name: target,
          type: "numeric",
          values: noise.map((v, row) => 250 * v + 900 * isChurned[row]),
          step: 1,
        },
  ];
  const train = { nRows, columns: columns(levels("City", 320), levels("Plan", 6)) };
  const unseen = [...levels("City", 300), ...levels("Town", 20)];
  const rows = { nRows, columns: columns(unseen, [...levels("Plan", 5), "Plan new"]) };
  const task = makeTask(train, target, () => "feature", 2);
  return { name: `made, ${target}`, task, train, rows, file: finish(writeCsv(rows)) };
}

export const exportCases: readonly ExportCase[] = [shopping, telco, madeCase("churned"), madeCase("spend")].filter(
  (found) => found !== null,
);
