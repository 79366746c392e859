import { TrendloomError } from "../core/errors.ts";
import { GAN_PARAMS } from "./gan.params.ts";
import type { GeneratorColumn, GeneratorData } from "./generator.types.ts";
import { countAverage } from "./generator-data.ts";

type Parts = Readonly<Record<string, unknown>>;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isIndex = (value: unknown, below: number): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < below;
const isText = (value: unknown): value is string => typeof value === "string";

function need(isRight: boolean, what: string): void {
  if (!isRight) throw new TrendloomError("generator-damaged", { reason: what }, `a saved generator has wrong ${what}`);
}

function listOf(value: unknown, what: string): readonly Parts[] {
  need(Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null), what);
  return value as readonly Parts[];
}

function numbersOf(value: unknown, what: string): readonly number[] {
  need(Array.isArray(value) && value.every(isNumber), what);
  return value as readonly number[];
}

function isAscending(values: readonly number[]): boolean {
  return values.length > 0 && values.every((value, i) => i === 0 || value >= values[i - 1]);
}

function checkCodes(codes: unknown): number {
  if (codes === null) return 0;
  const { kind, values, knots, centres, step, sizes } = codes as Parts;
  if (kind === "values") {
    const kept = numbersOf(values, "values");
    need(isAscending(kept), "values");
    return kept.length;
  }
  need(kind === "bins" && isNumber(step) && Array.isArray(knots), "bins");
  for (const part of knots as unknown[]) need(isAscending(numbersOf(part, "knots")), "knots");
  need(numbersOf(centres, "bins").length === (knots as unknown[]).length, "bins");
  if (sizes !== undefined) need(numbersOf(sizes, "bins").length === (knots as unknown[]).length, "bins");
  return (knots as unknown[]).length;
}

/** How many codes a column has. */
function checkColumn(column: Parts): number {
  need(isText(column.name) && isText(column.type) && typeof column.hasMissing === "boolean", "columns");
  const nMissing = column.hasMissing ? 1 : 0;
  if (column.kind === "numeric") {
    need(isNumber(column.step), "columns");
    return checkCodes(column.codes) + nMissing;
  }
  need(column.kind === "categorical" && Array.isArray(column.levels) && column.levels.every(isText), "levels");
  return (column.levels as unknown[]).length + nMissing;
}

function checkBlocks(blocks: readonly Parts[], nCodes: readonly number[]): void {
  const placed = new Set<number>();
  for (const { members, combinations, frequencies } of blocks) {
    const inside = numbersOf(members, "blocks");
    for (const member of inside) {
      need(isIndex(member, nCodes.length) && !placed.has(member), "blocks");
      placed.add(member);
    }
    const codes = numbersOf(combinations, "blocks");
    const shares = numbersOf(frequencies, "blocks");
    need(shares.length > 0 && codes.length === shares.length * inside.length && shares.every((share) => share > 0), "blocks");
    need(
      codes.every((code, i) => isIndex(code, nCodes[inside[i % inside.length]])),
      "blocks",
    );
  }
  need(placed.size === nCodes.length, "blocks");
}

function checkGuards(guards: readonly Parts[], blocks: readonly Parts[]): void {
  const isMember = (block: unknown, member: unknown) =>
    isIndex(block, blocks.length) && isIndex(member, (blocks[Number(block)].members as unknown[]).length);
  for (const { blockA, memberA, blockB, memberB, banned } of guards) {
    need(isMember(blockA, memberA) && isMember(blockB, memberB), "rules");
    for (const pair of listOf(banned, "rules")) need(numbersOf(pair, "rules").length === 2, "rules");
  }
}

function checkFormulas(formulas: readonly Parts[], columns: readonly GeneratorColumn[]): void {
  const kindOf = (name: unknown) => columns.find((column) => column.name === name)?.kind;
  for (const { formula, noise, column, low, high, codes } of formulas) {
    const { name, step } = column as Parts;
    const { kind, terms, from, scale, intercept } = formula as Parts;
    const { count, factor } = noise as Parts;
    need(kindOf(name) === "numeric" && isNumber(step) && isNumber(low) && isNumber(high), "formulas");
    checkCodes(codes ?? null);
    for (const used of [count, factor]) need(used === null || kindOf(used) === "numeric", "formulas");
    if (kind === "linear") {
      need(isNumber(intercept), "formulas");
      for (const term of listOf(terms, "formulas"))
        need(isNumber(term.coefficient) && kindOf(term.column) === (term.level === null ? "numeric" : "categorical"), "formulas");
    } else
      need(kind === "product" && isNumber(scale) && (from as string[]).every((used) => kindOf(used) === "numeric"), "formulas");
  }
}

/**
 * A generator that was read from a file, once everything in it fits together.
 * @throws TrendloomError generator-damaged
 */
export function checkGenerator(read: Parts): GeneratorData {
  const columns = listOf(read.columns, "columns");
  const nCodes = columns.map(checkColumn);
  need(nCodes.length > 0 && nCodes.every((count) => count > 0), "columns");
  const blocks = listOf(read.blocks, "blocks");
  checkBlocks(blocks, nCodes);
  checkGuards(listOf(read.guards, "rules"), blocks);
  const data = read as unknown as GeneratorData;
  checkFormulas(listOf(read.formulas, "formulas"), data.columns);
  for (const name of ["hidden", "latentDim"] as const)
    need(Number.isInteger(data[name]) && data[name] > 0 && data[name] <= GAN_PARAMS[name].max, name);
  const { seed, stream, nRows, steps } = (read.origin ?? {}) as Parts;
  need([seed, nRows, steps].every(isNumber) && isText(stream), "origin");
  need(data.average.length === countAverage(data) && data.average.every(Number.isFinite), "weights");
  return data;
}
