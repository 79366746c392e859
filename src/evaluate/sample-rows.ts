import { createRandom } from "../core/random.ts";
import { allRows, takeRows } from "../table/table.ts";
import type { LearningRows } from "./fold-of.ts";

/** At most `limit` rows of a learning table, drawn by seed without replacement, in table order, with their groups. */
export function sampleRows(learning: LearningRows, limit: number, seed: number): LearningRows {
  const { table, task, groups = null } = learning;
  if (table.nRows <= limit) return learning;
  const drawn = createRandom(seed).split("sample of rows").shuffle(allRows(table.nRows)).slice(0, limit).sort();
  return { table: takeRows(table, drawn), task, groups: groups && drawn.map((row) => groups[row]) };
}
