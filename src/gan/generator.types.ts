import type { NumericCodesData } from "../encode/numeric-codes.ts";
import type { CategoricalColumn, NumericColumn } from "../table/table.ts";
import type { Guard } from "./block.types.ts";
import type { DerivedColumn } from "./derived-columns.ts";
import type { EngineName, GanPreset } from "./gan.types.ts";

/** A column that the network makes: its values, or those that are ever emitted, and whether it may be missing. No row. */
export type GeneratorColumn =
  | (Pick<NumericColumn, "kind" | "name" | "type" | "step"> & {
      readonly codes: NumericCodesData | null;
      readonly hasMissing: boolean;
    })
  | (Pick<CategoricalColumn, "kind" | "name" | "type"> & { readonly levels: readonly string[]; readonly hasMissing: boolean });

/** A number that is made from others by a formula and a residual, which `columns` holds in its place. */
export type GeneratorFormula = Pick<DerivedColumn, "formula" | "noise" | "low" | "high"> & {
  readonly column: Pick<NumericColumn, "name" | "type" | "step">;
  /** Absent from generators that were saved before ranges could be asked for. */
  readonly codes?: NumericCodesData | null;
};

/** Where a generator comes from. */
export interface GeneratorOrigin {
  readonly preset: GanPreset;
  readonly steps: number;
  readonly engine: EngineName;
  /** Rows that it was trained on. */
  readonly nRows: number;
  /** Seed of the run, and the name of its stream of random numbers: with them the same rows are drawn again. */
  readonly seed: number;
  readonly stream: string;
}

/** A trained generator as plain data: enough to draw rows, and no row of the table. */
export interface GeneratorData {
  readonly columns: readonly GeneratorColumn[];
  readonly formulas: readonly GeneratorFormula[];
  readonly blocks: readonly {
    /** Positions of the columns that are made together. */
    readonly members: readonly number[];
    /** Codes of the members, combination by combination. */
    readonly combinations: readonly number[];
    readonly frequencies: readonly number[];
  }[];
  readonly guards: readonly Guard[];
  readonly hidden: number;
  readonly latentDim: number;
  /** Parameters of the averaged generator, as they lie in GanWeights. */
  readonly average: Float32Array;
  readonly origin: GeneratorOrigin;
}

/** What the page shows of a generator. */
export interface GeneratorSummary {
  readonly origin: GeneratorOrigin;
  readonly columns: readonly { readonly name: string; readonly kind: "numeric" | "categorical" }[];
}
