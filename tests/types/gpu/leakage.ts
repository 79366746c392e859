import type { Random } from "../../../src/core/random.ts";
import { fitBlocks } from "../../../src/gan/blocks-encoding.ts";
import { fitNotebookGan } from "../../../src/gan/notebook-recipe.ts";
import type { Fold } from "../../../src/table/split-rows.ts";
import type { Table } from "../../../src/table/table.ts";

/** The generator's encoding is fitted on training rows alone. Compiled, not run. */
export function generatorsTakeTrainRowsAlone(fold: Fold, table: Table, random: Random): void {
  fitBlocks(fold.train, random);
  // @ts-expect-error Held-out rows.
  fitBlocks(fold.test, random);
  // @ts-expect-error A table that was never split.
  fitBlocks(table, random);
  fitNotebookGan(fold.train, 1, random);
  // @ts-expect-error Held-out rows.
  fitNotebookGan(fold.test, 1, random);
}
