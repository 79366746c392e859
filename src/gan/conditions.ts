import { roundToStep } from "../encode/numeric-codes.ts";
import { conditionImpossible } from "../samplers/conditions.ts";
import type { Condition } from "../samplers/sampler.ts";
import type { NumericColumn } from "../table/table.ts";
import type { BlocksEncoding } from "./blocks-encoding.ts";
import type { ColumnCodes } from "./column-codes.ts";

/** What conditions mean for the blocks. */
export interface BlockConditions {
  /** Per block: 1 for each combination that meets the conditions, or null where there is none. */
  readonly allowed: readonly (Uint8Array | null)[];
  /** Numbers that a column must have exactly, by position: a bin holds more values than the one asked for. */
  readonly exact: ReadonlyMap<number, number>;
  /** Numbers that a derived column must have exactly, by its place among the derived ones. */
  readonly derived: ReadonlyMap<number, number>;
}

/** A number or a date as written in the CSV, on the column's grid; null where it is none. */
function parseNumber(column: NumericColumn, text: string): number | null {
  const value = column.type === "date" ? Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`) : Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return null;
  const rounded = roundToStep(value, column.step);
  return Math.abs(rounded - value) <= 1e-9 * Math.max(1, Math.abs(value)) ? rounded : null;
}

/** Code of a value written as in the CSV, and its number; null where no training row may be shown with it. */
function codeOf(codes: ColumnCodes, value: string): { code: number; exact: number | null } | null {
  const { column, numeric, levels, hasMissing, nCodes } = codes;
  if (value === "") return hasMissing ? { code: nCodes - 1, exact: null } : null;
  if (column.kind === "categorical") {
    const code = levels?.indexOf(column.levels.indexOf(value)) ?? -1;
    return code >= 0 ? { code, exact: null } : null;
  }
  const exact = parseNumber(column, value);
  if (!numeric || exact === null) return null;
  const code = numeric.codeOf(exact);
  if (numeric.kind === "values") return numeric.centres[code] === exact ? { code, exact: null } : null;
  return numeric.low <= exact && exact <= numeric.high ? { code, exact } : null;
}

/** Combinations of each block that have the wanted codes of its members. */
function allowedCombinations(encoding: BlocksEncoding, wanted: ReadonlyMap<number, number>): (Uint8Array | null)[] {
  return encoding.blocks.map((block) => {
    const asked = block.members.flatMap((member, m) => {
      const code = wanted.get(member);
      return code === undefined ? [] : [{ m, code }];
    });
    if (asked.length === 0) return null;
    return Uint8Array.from({ length: block.nCombinations }, (_, k) =>
      asked.every(({ m, code }) => block.combinations[k * block.members.length + m] === code) ? 1 : 0,
    );
  });
}

/** Whether two conditions ask for a cell that stays empty between two blocks. */
function breaksGuard({ blocks, guards }: BlocksEncoding, wanted: ReadonlyMap<number, number>): boolean {
  return guards.some(({ blockA, memberA, blockB, memberB, banned }) => {
    const a = wanted.get(blocks[blockA].members[memberA]);
    const b = wanted.get(blocks[blockB].members[memberB]);
    return banned.some(([x, y]) => x === a && y === b);
  });
}

/**
 * Reads conditions on columns as conditions on blocks. A value of a continuous column counts as possible within the
 * protected range, whether a training row has just this one or not.
 * @throws TrendloomError condition-impossible for an unknown column or value, and for a combination that the rules exclude
 */
export function readConditions(encoding: BlocksEncoding, conditions: readonly Condition[]): BlockConditions {
  const wanted = new Map<number, number>();
  const exact = new Map<number, number>();
  const derived = new Map<number, number>();
  const refuse = () => conditionImpossible(conditions);
  for (const { column: name, value } of conditions) {
    const place = encoding.derived.findIndex(({ column }) => column.name === name);
    if (place >= 0 && value !== "") {
      const { column, low, high } = encoding.derived[place];
      const number = parseNumber(column, value);
      if (number === null || number < low || number > high || (derived.get(place) ?? number) !== number) throw refuse();
      derived.set(place, number);
      continue;
    }
    const position = encoding.columns.findIndex((codes) => codes.column.name === name);
    const found = position < 0 ? null : codeOf(encoding.columns[position], value);
    if (!found || (wanted.get(position) ?? found.code) !== found.code) throw refuse();
    if (found.exact !== null && (exact.get(position) ?? found.exact) !== found.exact) throw refuse();
    wanted.set(position, found.code);
    if (found.exact !== null) exact.set(position, found.exact);
  }
  const allowed = allowedCombinations(encoding, wanted);
  if (allowed.some((mask) => mask && !mask.includes(1)) || breaksGuard(encoding, wanted)) throw refuse();
  return { allowed, exact, derived };
}
