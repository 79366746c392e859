import type { GeneratorData, GeneratorSummary } from "../gan/generator.types.ts";
import type { Condition } from "../samplers/sampler.ts";

export type { GeneratorData, GeneratorSummary } from "../gan/generator.types.ts";

/** Rows that were just drawn. */
export interface SampledRows {
  readonly stage: "sample";
  readonly done: number;
  readonly total: number;
  readonly unit: "row";
  /** The rows as CSV, the first with its heading: pieces of one file. */
  readonly piece: Blob;
}

export interface GeneratorJobs {
  /** Takes over a generator that was trained just now. */
  take: { input: GeneratorData; output: GeneratorSummary };
  /** Reads a saved one. @throws TrendloomError generator-damaged, generator-newer, generator-other-table */
  open: {
    input: {
      readonly file: Blob;
      /** Columns of the open table that the generator must make, no more and no fewer. */
      readonly expected: GeneratorSummary["columns"];
    };
    output: { readonly summary: GeneratorSummary; readonly generator: GeneratorData };
  };
  /** The generator that is held, as a file. */
  save: { input: null; output: Blob };
  /** Draws rows piece by piece; those of the run that trained it come first. @throws TrendloomError condition-impossible */
  sample: {
    input: { readonly nRows: number; readonly conditions: readonly Condition[] };
    progress: SampledRows;
    output: {
      readonly nRows: number;
      readonly effectiveSampleSize: number;
      readonly preview: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
    };
  };
}
