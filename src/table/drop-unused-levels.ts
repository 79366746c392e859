import type { CategoricalColumn } from "./table.ts";

/** The column with only the levels that occur, in their order; itself where all do. */
export function dropUnusedLevels(column: CategoricalColumn): CategoricalColumn {
  const isUsed = new Uint8Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) isUsed[code] = 1;
  if (!isUsed.includes(0)) return column;
  let next = 0;
  const recode = column.levels.map((_, code) => (isUsed[code] ? next++ : -1));
  return {
    ...column,
    levels: column.levels.filter((_, code) => isUsed[code]),
    codes: column.codes.map((code) => (code < 0 ? -1 : recode[code])),
  };
}
