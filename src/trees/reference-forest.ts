import { RandomForestClassifier, RandomForestRegression } from "ml-random-forest";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import { allRows, getColumn, type Table, takeRows } from "../table/table.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";
import { resolveParams } from "./number-param.ts";
import { REFERENCE_FOREST_PARAMS, type ReferenceForestParams } from "./reference-forest.params.ts";

/** ml-random-forest knows numbers only: this one stands for every missing value and for levels unseen in training. */
const MISSING = -1;

interface ReferenceFeature {
  readonly name: string;
  /** Place of each level in training; null for a numeric feature. */
  readonly codeOfLevel: ReadonlyMap<string, number> | null;
}

/** Trees of the package ml-random-forest, kept one to a forest so that their votes can be counted here. */
export interface ReferenceForestModel {
  readonly kind: "ml-random-forest";
  readonly features: readonly ReferenceFeature[];
  /** Number of classes; 1 for regression. */
  readonly nOutputs: number;
  readonly isClassifier: boolean;
  readonly trees: readonly { predict(rows: number[][]): number[] }[];
}

function describeFeature(table: Table, name: string): ReferenceFeature {
  const column = getColumn(table, name);
  if (column.kind === "numeric") return { name, codeOfLevel: null };
  return { name, codeOfLevel: new Map(column.levels.map((level, code) => [level, code])) };
}

function toNumbers(table: Table, feature: ReferenceFeature): number[] {
  const column = getColumn(table, feature.name);
  if (column.kind === "numeric") return Array.from(column.values, (value) => (Number.isNaN(value) ? MISSING : value));
  const codes = column.levels.map((level) => feature.codeOfLevel?.get(level) ?? MISSING);
  return Array.from(column.codes, (code) => (code < 0 ? MISSING : codes[code]));
}

function toRows(table: Table, features: readonly ReferenceFeature[]): number[][] {
  const columns = features.map((feature) => toNumbers(table, feature));
  return Array.from({ length: table.nRows }, (_, row) => columns.map((column) => column[row]));
}

function sampleRows(table: Table, maxRows: number, random: Random): Table {
  if (table.nRows <= maxRows) return table;
  return takeRows(table, random.shuffle(allRows(table.nRows)).slice(0, maxRows).sort());
}

/**
 * The forest of the package ml-random-forest, as a yard-stick. Its limits: numbers only (here categories are ordinal codes
 * and missing values −1), features drawn per tree and not per split (√nFeatures for classes, a third for numbers), no class
 * weights, no progress. Its `predictProbability` loses the first tree's vote, so trees are fitted one to a forest and their
 * votes counted here. A node is split only for a Gini gain above 0.01, so on a target without signal a tree may be a bare
 * root that votes for the commonest class. O(nRows²) per tree and drawn feature: about 186 s for 100 trees on 3,900 rows
 * of 17 features. A seeded sample of at most `maxRows` rows is used. Yields
 * before every tree.
 * @throws TrendloomError parameter-invalid
 */
export function* fitReferenceForest(
  train: TrainRows,
  task: Task,
  overrides: Partial<ReferenceForestParams>,
  random: Random,
): Work<ReferenceForestModel> {
  const { nTrees, maxRows } = resolveParams(REFERENCE_FOREST_PARAMS, overrides);
  const table = sampleRows(train.table, maxRows, random.split("rows"));
  const features = task.features.map((name) => describeFeature(table, name));
  const rows = toRows(table, features);
  const isClassifier = task.kind === "classification";
  const targets = Array.from(isClassifier ? classCodes(table, task) : targetValues(table, task));
  const nDrawn = isClassifier ? Math.sqrt(features.length) : features.length / 3;
  const trees: { predict(rows: number[][]): number[] }[] = [];
  while (trees.length < nTrees) {
    yield { stage: "reference-forest", done: trees.length, total: nTrees, unit: "tree" };
    const options = {
      nEstimators: 1,
      maxFeatures: Math.max(1, Math.floor(nDrawn)),
      replacement: false,
      useSampleBagging: true,
      noOOB: true,
      seed: random.split(`tree-${trees.length}`).integer(2 ** 31),
    };
    const tree = isClassifier ? new RandomForestClassifier(options) : new RandomForestRegression(options);
    tree.train(rows, targets);
    trees.push(tree);
  }
  return { kind: "ml-random-forest", features, nOutputs: isClassifier ? task.classes.length : 1, isClassifier, trees };
}

/** Shares of the trees' votes (nRows × nClasses), row-major, or mean values (nRows). */
export function predictReferenceForest(model: ReferenceForestModel, table: Table): Float64Array {
  const rows = toRows(table, model.features);
  const outputs = new Float64Array(table.nRows * model.nOutputs);
  for (const tree of model.trees) {
    for (const [row, predicted] of tree.predict(rows).entries()) {
      if (model.isClassifier) outputs[row * model.nOutputs + predicted] += 1 / model.trees.length;
      else outputs[row] += predicted / model.trees.length;
    }
  }
  return outputs;
}
