import type { EmptyCells } from "../metrics/legal-cells.ts";
import type { ColumnCodes } from "./column-codes.ts";
import type { DerivedColumn } from "./derived-columns.ts";

/** Cells that stay empty although their columns belong to different blocks, because joining these would be too large. */
export interface Guard {
  /** Two blocks, and in each the member whose codes are compared. */
  readonly blockA: number;
  readonly memberA: number;
  readonly blockB: number;
  readonly memberB: number;
  /** Pairs of codes that no row may hold. */
  readonly banned: readonly (readonly [number, number])[];
}

/** Columns that are made together, as one categorical variable over the combinations seen in training rows. */
export interface Block {
  /** Positions of the member columns. */
  readonly members: readonly number[];
  /** Codes of the members, (nCombinations × nMembers). */
  readonly combinations: Int32Array;
  readonly nCombinations: number;
  /** Share of training rows per combination. */
  readonly frequencies: Float64Array;
}

export interface BlocksEncoding {
  readonly columns: readonly ColumnCodes[];
  readonly blocks: readonly Block[];
  /** Rules of the training rows that the blocks keep. */
  readonly rules: readonly EmptyCells[];
  /** Numbers that others determine; in `columns` their residuals stand for them. */
  readonly derived: readonly DerivedColumn[];
  /** Pairs of combinations of different blocks that no row may hold. */
  readonly guards: readonly Guard[];
}
