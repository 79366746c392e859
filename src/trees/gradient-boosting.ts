import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import { allRows, type Table } from "../table/table.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";
import { type BinMapper, binTable, fitBinMapper } from "./bin-mapper.ts";
import { GRADIENT_BOOSTING_PARAMS, type GradientBoostingParams } from "./gradient-boosting.params.ts";
import { Grower } from "./grower.ts";
import { type Loss, logistic, sigmoid, softmax, softmaxInPlace, squaredError } from "./losses.ts";
import { resolveParams } from "./number-param.ts";
import { addOutputs } from "./predict.ts";
import type { Tree } from "./tree.ts";

/** A boosted model as plain data: a prediction is the link of baseMargins plus the sum of the rounds' trees. */
export interface GradientBoostingModel {
  readonly kind: "gradient-boosting";
  readonly link: "identity" | "logistic" | "softmax";
  readonly mapper: BinMapper;
  readonly baseMargins: readonly number[];
  /** rounds[r][m] is round r's tree for margin m. */
  readonly rounds: readonly (readonly Tree[])[];
}

function lossOf(table: Table, task: Task): { link: GradientBoostingModel["link"]; loss: Loss } {
  if (task.kind === "regression") return { link: "identity", loss: squaredError(targetValues(table, task)) };
  const codes = classCodes(table, task);
  if (task.classes.length === 2) return { link: "logistic", loss: logistic(codes) };
  return { link: "softmax", loss: softmax(codes, task.classes.length) };
}

/** ⌈share · n⌉ of the numbers 0 … n − 1, drawn without replacement, ascending. */
function drawShare(n: number, share: number, random: Random): Int32Array {
  const all = allRows(n);
  return share === 1
    ? all
    : random
        .shuffle(all)
        .slice(0, Math.ceil(share * n))
        .sort();
}

/**
 * Gradient-boosted trees (Friedman 2001) with second-order gains and shrunken leaves (Chen & Guestrin 2016), grown on
 * binned features: squared error for numbers, logistic loss for two classes, softmax with a tree per class and round for
 * more. Yields before every tree. O(nRounds × nMargins × nRows × nFeatures × maxDepth).
 * @throws TrendloomError parameter-invalid
 */
export function* fitGradientBoosting(
  train: TrainRows,
  task: Task,
  overrides: Partial<GradientBoostingParams>,
  random: Random,
): Work<GradientBoostingModel> {
  const params = resolveParams(GRADIENT_BOOSTING_PARAMS, overrides);
  const mapper = fitBinMapper(train, task.features);
  const binned = binTable(mapper, train.table);
  const { link, loss } = lossOf(train.table, task);
  const { nRows } = binned;
  const nMargins = loss.baseMargins.length;
  const grower = new Grower(mapper, binned, params);
  // (nMargins × nRows)
  const margins = new Float64Array(nMargins * nRows).map((_, at) => loss.baseMargins[Math.floor(at / nRows)]);
  const gradients = new Float64Array(margins.length);
  const hessians = new Float64Array(margins.length);
  const rounds: Tree[][] = [];
  for (let round = 0; round < params.nRounds; round++) {
    const drawn = random.split(`round-${round}`);
    const rows = drawShare(nRows, params.subsample, drawn.split("rows"));
    const trees: Tree[] = [];
    loss.derive(margins, gradients, hessians);
    for (let margin = 0; margin < nMargins; margin++) {
      yield { stage: "boosting", done: round, total: params.nRounds, unit: "round" };
      const part = (values: Float64Array) => values.subarray(margin * nRows, (margin + 1) * nRows);
      const features = drawShare(binned.nFeatures, params.colsampleByTree, drawn.split(`features-${margin}`));
      const tree = grower.grow(rows.slice(), features, part(gradients), part(hessians));
      addOutputs(tree, binned, part(margins), 1, 0);
      trees.push(tree);
    }
    rounds.push(trees);
  }
  return { kind: "gradient-boosting", link, mapper, baseMargins: loss.baseMargins, rounds };
}

/** Class probabilities (nRows × nClasses), row-major, or values (nRows). */
export function predictGradientBoosting(model: GradientBoostingModel, table: Table): Float64Array {
  const binned = binTable(model.mapper, table);
  const nMargins = model.baseMargins.length;
  const margins = new Float64Array(table.nRows * nMargins).map((_, at) => model.baseMargins[at % nMargins]);
  for (const trees of model.rounds) {
    for (const [margin, tree] of trees.entries()) addOutputs(tree, binned, margins, nMargins, margin);
  }
  if (model.link === "identity") return margins;
  if (model.link === "softmax") {
    for (let row = 0; row < table.nRows; row++) softmaxInPlace(margins, row * nMargins, 1, nMargins);
    return margins;
  }
  const probabilities = new Float64Array(table.nRows * 2);
  margins.forEach((margin, row) => {
    const probability = sigmoid(margin);
    probabilities[2 * row] = 1 - probability;
    probabilities[2 * row + 1] = probability;
  });
  return probabilities;
}
