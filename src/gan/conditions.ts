import type { NumericCodes } from "../encode/numeric-codes.ts";
import { MIN_ROWS_PER_VALUE } from "../encode/rare-values.ts";
import { conditionImpossible, conditionTooRare, gridNumber, type NumberRange, rangeOf } from "../samplers/conditions.ts";
import type { Condition } from "../samplers/sampler.ts";
import type { Block } from "./block.types.ts";
import type { BlocksEncoding } from "./blocks-encoding.ts";
import type { ColumnCodes } from "./column-codes.ts";
import type { DerivedColumn } from "./derived-columns.ts";
import { isWithin, overlap, partWithin } from "./number-range.ts";

/** What conditions mean for the blocks. */
export interface BlockConditions {
  /** Per block: the share of each combination that meets the conditions, in [0, 1]; null where there is none. */
  readonly allowed: readonly (Float64Array | null)[];
  /** Numbers that a column must have exactly, by position: a bin holds more values than the one asked for. */
  readonly exact: ReadonlyMap<number, number>;
  /** Ranges that a column must lie in, by position. */
  readonly ranges: ReadonlyMap<number, NumberRange>;
  /** The same for derived columns, by place among the derived ones; the ends are equal where one number is asked for. */
  readonly derived: ReadonlyMap<number, NumberRange>;
}

/** What is asked of one column: a code, a number that stands in for its bin, a range, or some of them together. */
interface Wish {
  readonly code: number | null;
  readonly exact: number | null;
  readonly range: NumberRange | null;
}

const NO_WISH: Wish = { code: null, exact: null, range: null };

/** A value written as in the CSV; null where no training row may be shown with it. */
function readWish(codes: ColumnCodes, value: string): Wish | null {
  const { column, numeric, levels, hasMissing, nCodes } = codes;
  if (value === "") return hasMissing ? { ...NO_WISH, code: nCodes - 1 } : null;
  if (column.kind === "categorical") {
    const code = levels?.indexOf(column.levels.indexOf(value)) ?? -1;
    return code >= 0 ? { ...NO_WISH, code } : null;
  }
  const range = rangeOf(column, value);
  if (range) return { ...NO_WISH, range };
  const number = gridNumber(column, value);
  if (!numeric || number === null) return null;
  const code = numeric.codeOf(number);
  if (numeric.kind === "values") return numeric.centres[code] === number ? { ...NO_WISH, code } : null;
  return isWithin(numeric, number) ? { ...NO_WISH, code, exact: number } : null;
}

function readDerivedWish(derived: DerivedColumn, value: string): Wish | null {
  const range = rangeOf(derived.column, value);
  if (range) return { ...NO_WISH, range };
  const number = gridNumber(derived.column, value);
  return number !== null && isWithin(derived, number) ? { ...NO_WISH, exact: number } : null;
}

/** Two wishes for one column as one; null where no value meets both. */
function joinWishes(a: Wish, b: Wish): Wish | null {
  const code = a.code ?? b.code;
  const exact = a.exact ?? b.exact;
  const range = a.range && b.range ? overlap(a.range, b.range) : (a.range ?? b.range);
  const isSame = code === (b.code ?? code) && exact === (b.exact ?? exact);
  return isSame && (exact === null || range === null || isWithin(range, exact)) ? { code, exact, range } : null;
}

/** The share of each of a column's codes that meets a wish. */
function sharesOf({ numeric, nCodes, column }: ColumnCodes, { code, range }: Wish): Float64Array {
  return Float64Array.from({ length: nCodes }, (_, each) => {
    if (code !== null && each !== code) return 0;
    if (!range) return 1;
    if (!numeric || column.kind !== "numeric" || each >= numeric.nCodes) return 0;
    return partWithin(numeric, column.step, each, range).share;
  });
}

/** The share of each of a block's combinations that meets what is asked of its members; null where nothing is. */
function sharesOfBlock(block: Block, shares: ReadonlyMap<number, Float64Array>): Float64Array | null {
  const { members, combinations, nCombinations } = block;
  const asked = members.flatMap((member, m) => {
    const share = shares.get(member);
    return share ? [{ m, share }] : [];
  });
  if (asked.length === 0) return null;
  return Float64Array.from({ length: nCombinations }, (_, k) =>
    asked.reduce((product, { m, share }) => product * share[combinations[k * members.length + m]], 1),
  );
}

/** Whether conditions leave nothing but cells that stay empty between two blocks. */
function breaksGuard({ blocks, guards }: BlocksEncoding, shares: ReadonlyMap<number, Float64Array>): boolean {
  const codesOf = (block: number, member: number) => {
    const share = shares.get(blocks[block].members[member]);
    return share ? [...share.keys()].filter((code) => share[code] > 0) : null;
  };
  return guards.some(({ blockA, memberA, blockB, memberB, banned }) => {
    const [a, b] = [codesOf(blockA, memberA), codesOf(blockB, memberB)];
    return a?.every((x) => b?.every((y) => banned.some(([p, q]) => p === x && q === y))) ?? false;
  });
}

/** The wishes for each column that the network makes, by position, and for each derived one, by place. */
function gatherWishes({ columns, derived }: BlocksEncoding, conditions: readonly Condition[]) {
  const made = new Map<number, Wish>();
  const ofDerived = new Map<number, Wish>();
  for (const { column: name, value } of conditions) {
    // A derived number is missing where its residual is.
    const place = value === "" ? -1 : derived.findIndex(({ column }) => column.name === name);
    const position = columns.findIndex((codes) => codes.column.name === name);
    const [wishes, at] = place >= 0 ? ([ofDerived, place] as const) : ([made, position] as const);
    const wish = place >= 0 ? readDerivedWish(derived[place], value) : position < 0 ? null : readWish(columns[position], value);
    const joined = wish && joinWishes(wish, wishes.get(at) ?? wish);
    if (!joined) throw conditionImpossible(conditions);
    wishes.set(at, joined);
  }
  return { made, ofDerived };
}

/**
 * Reads conditions on columns as conditions on blocks. A single value of a continuous column counts as possible within the
 * protected range, whether a training row has just this one or not; a range has to hold five of them.
 * @throws TrendloomError condition-impossible for an unknown column or value, and for a combination that the rules exclude;
 * condition-too-rare for a range
 */
export function readConditions(encoding: BlocksEncoding, conditions: readonly Condition[]): BlockConditions {
  const { columns, blocks, derived } = encoding;
  const { made, ofDerived } = gatherWishes(encoding, conditions);
  const need = (codes: NumericCodes | null, { range }: Wish) => {
    if (range && !((codes?.rowsWithin(range.low, range.high) ?? 0) >= MIN_ROWS_PER_VALUE)) throw conditionTooRare(conditions);
  };
  for (const [position, wish] of made) need(columns[position].numeric, wish);
  for (const [place, wish] of ofDerived) need(derived[place].codes, wish);
  const shares = new Map(Array.from(made, ([position, wish]) => [position, sharesOf(columns[position], wish)]));
  const allowed = blocks.map((block) => sharesOfBlock(block, shares));
  if (allowed.some((share) => share?.every((part) => part === 0)) || breaksGuard(encoding, shares))
    throw conditionImpossible(conditions);
  const parts = [...made];
  return {
    allowed,
    exact: new Map(parts.flatMap(([position, { exact }]) => (exact === null ? [] : [[position, exact]]))),
    ranges: new Map(parts.flatMap(([position, { range }]) => (range === null ? [] : [[position, range]]))),
    derived: new Map(
      Array.from(ofDerived, ([place, { exact, range }]) => [
        place,
        exact === null ? (range as NumberRange) : { low: exact, high: exact },
      ]),
    ),
  };
}
