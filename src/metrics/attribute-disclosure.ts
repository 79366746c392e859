import type { CategoricalColumn, Table } from "../table/table.ts";
import { type GowerRows, gowerPart } from "./neighbours.ts";

/** How well one column of training rows is guessed from all their others. */
export interface AttributeGuess {
  readonly column: string;
  /** Share guessed right by copying the value of the nearest generated row. */
  readonly fromMade: number;
  /** The same from real rows that were not trained on, and by always saying the commonest value. */
  readonly fromFresh: number;
  readonly commonest: number;
}

/** Training rows whose attributes are guessed at most. */
const MAX_ASKED = 500;

/**
 * Per column, the share of rows whose value the nearest reference row has, where the column itself is left out of the
 * distance. One pass over the references serves all columns: each column's share is taken off the whole distance.
 */
function guessedShares(rows: GowerRows, nAsked: number, references: GowerRows): Float64Array {
  const { nColumns, isCategory, values } = rows;
  const parts = new Float64Array(nColumns);
  const nRight = new Float64Array(nColumns);
  const best = new Float64Array(nColumns);
  const guess = new Float64Array(nColumns);
  for (let row = 0; row < nAsked; row++) {
    best.fill(Number.POSITIVE_INFINITY);
    for (let reference = 0; reference < references.nRows; reference++) {
      let sum = 0;
      for (let column = 0; column < nColumns; column++) {
        const difference = values[row * nColumns + column] - references.values[reference * nColumns + column];
        parts[column] = gowerPart(isCategory[column], difference);
        sum += parts[column];
      }
      for (let column = 0; column < nColumns; column++) {
        if (sum - parts[column] >= best[column]) continue;
        best[column] = sum - parts[column];
        guess[column] = references.values[reference * nColumns + column];
      }
    }
    for (let column = 0; column < nColumns; column++) if (guess[column] === values[row * nColumns + column]) nRight[column]++;
  }
  return nRight.map((count) => count / nAsked);
}

function commonestShare({ codes, levels }: CategoricalColumn): number {
  const counts = new Float64Array(levels.length + 1);
  for (const code of codes) counts[code < 0 ? levels.length : code]++;
  return counts.reduce((a, b) => Math.max(a, b)) / codes.length;
}

/**
 * Attribute disclosure: somebody who knows all of a training row but one category guesses it from the nearest generated
 * row. It tells of the training only where it succeeds more often than the same guess from fresh real rows. The first 500
 * rows of `table` (given also as `rows`) are asked. O(rows × references × columns).
 */
export function guessAttributes(table: Table, rows: GowerRows, made: GowerRows, fresh: GowerRows): AttributeGuess[] {
  const nAsked = Math.min(MAX_ASKED, table.nRows);
  const fromMade = guessedShares(rows, nAsked, made);
  const fromFresh = guessedShares(rows, nAsked, fresh);
  return table.columns.flatMap((column, at) =>
    column.kind === "categorical"
      ? [{ column: column.name, fromMade: fromMade[at], fromFresh: fromFresh[at], commonest: commonestShare(column) }]
      : [],
  );
}
