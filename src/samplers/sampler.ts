import type { Random } from "../core/random.ts";
import type { Table } from "../table/table.ts";

/** A condition on generated rows: column = value, the value written as in the CSV, or as a range of numbers `from..to`. */
export interface Condition {
  readonly column: string;
  readonly value: string;
}

/** A fitted generator of rows. */
export interface Sampler {
  /** `nRows` new rows with the columns it was fitted on. @throws TrendloomError condition-impossible, condition-too-rare */
  sample(nRows: number, conditions: readonly Condition[], random: Random): Promise<SampleResult> | SampleResult;
  dispose?(): void;
}

export interface SampleResult {
  readonly table: Table;
  /** Effective sample size of the weights used for conditional sampling; nRows when there is no condition. */
  readonly effectiveSampleSize: number;
}
