import type { BinMapper } from "./bin-mapper.ts";
import type { Tree } from "./tree.ts";

/** Loss on the rows held back, after each round that was grown: mean log loss in nats, or root mean squared error. */
export interface ValidationCurve {
  readonly nRows: number;
  readonly losses: readonly number[];
  /** Rounds that the model keeps: those up to the least loss. */
  readonly nBestRounds: number;
}

/** A boosted model as plain data: a prediction is the link of baseMargins plus the sum of the rounds' trees. */
export interface GradientBoostingModel {
  readonly kind: "gradient-boosting";
  readonly link: "identity" | "logistic" | "softmax";
  readonly mapper: BinMapper;
  readonly baseMargins: readonly number[];
  /** rounds[r][m] is round r's tree for margin m. */
  readonly rounds: readonly (readonly Tree[])[];
  /** Null where no rows were held back. */
  readonly validation: ValidationCurve | null;
}
