import { conditionImpossible, hasValue } from "../samplers/conditions.ts";
import type { Condition } from "../samplers/sampler.ts";
import type { BlocksEncoding, ColumnCodes } from "./blocks-encoding.ts";

/** What conditions mean for the blocks. */
export interface BlockConditions {
  /** Per block: 1 for each combination that meets the conditions, or null where there is none. */
  readonly allowed: readonly (Uint8Array | null)[];
  /** Numbers that a column must have exactly, by position: a bin holds more values than the one asked for. */
  readonly exact: ReadonlyMap<number, number>;
}

/** Code of a value written as in the CSV, and its number; null where no training row may be shown with it. */
function codeOf(codes: ColumnCodes, value: string): { code: number; exact: number | null } | null {
  const { column, numeric, levels, hasMissing, nCodes } = codes;
  if (value === "") return hasMissing ? { code: nCodes - 1, exact: null } : null;
  if (column.kind === "categorical") {
    const code = levels?.indexOf(column.levels.indexOf(value)) ?? -1;
    return code >= 0 ? { code, exact: null } : null;
  }
  const row = column.values.findIndex((_, i) => hasValue(column, i, value));
  if (!numeric || row < 0) return null;
  const exact = column.values[row];
  const code = numeric.codeOf(exact);
  if (numeric.kind === "values") return numeric.centres[code] === exact ? { code, exact: null } : null;
  const isInRange = numeric.valueOf(0, 0) <= exact && exact <= numeric.valueOf(numeric.nCodes - 1, 1);
  return isInRange ? { code, exact } : null;
}

/**
 * Reads conditions on columns as conditions on blocks.
 * @throws TrendloomError condition-impossible for an unknown column or value, and for a combination within one block never seen
 */
export function readConditions(encoding: BlocksEncoding, conditions: readonly Condition[]): BlockConditions {
  const wanted = new Map<number, number>();
  const exact = new Map<number, number>();
  for (const condition of conditions) {
    const position = encoding.columns.findIndex((codes) => codes.column.name === condition.column);
    const found = position < 0 ? null : codeOf(encoding.columns[position], condition.value);
    if (!found || (wanted.get(position) ?? found.code) !== found.code) throw conditionImpossible(conditions);
    wanted.set(position, found.code);
    if (found.exact !== null) exact.set(position, found.exact);
  }
  const allowed = encoding.blocks.map((block) => {
    const asked = block.members.flatMap((member, m) => {
      const code = wanted.get(member);
      return code === undefined ? [] : [{ m, code }];
    });
    if (asked.length === 0) return null;
    const mask = Uint8Array.from({ length: block.nCombinations }, (_, k) =>
      asked.every(({ m, code }) => block.combinations[k * block.members.length + m] === code) ? 1 : 0,
    );
    if (!mask.includes(1)) throw conditionImpossible(conditions);
    return mask;
  });
  return { allowed, exact };
}
