import { type Column, cellText, getColumn, type Table } from "../table/table.ts";
import { codeValues, countCodes } from "./coded-column.ts";
import type { DerivedNumeric } from "./derived-numeric.ts";
import type { Dependency, RecodedPair } from "./structure-report.ts";

const MAX_PAIRS_LISTED = 6;

/** Values of both columns side by side, one row for each value of the first, commonest first. */
function valuePairs(a: Column, b: Column): [string, string][] {
  const coded = codeValues(a);
  const counts = countCodes(coded);
  const firstRow = new Map<number, number>();
  coded.codes.forEach((code, row) => {
    if (code >= 0 && !firstRow.has(code)) firstRow.set(code, row);
  });
  return [...firstRow]
    .sort(([x], [y]) => counts[y] - counts[x])
    .slice(0, MAX_PAIRS_LISTED)
    .map(([, row]) => [cellText(a, row), cellText(b, row)]);
}

function isTurnedRound(a: Column, b: Column, pairs: readonly (readonly [string, string])[]): boolean {
  if (a.kind === "numeric" || b.kind === "numeric") return false;
  return pairs.length === 2 && pairs[0][0] === pairs[1][1] && pairs[0][1] === pairs[1][0];
}

/**
 * Columns that are one column in two spellings: each tells the other in every row, or one is the other times a number plus a
 * number in every row. The same two labels turned round, and numbers that fall as the others rise, are called inverse.
 */
export function findRecoded(
  table: Table,
  dependencies: readonly Dependency[],
  derived: readonly DerivedNumeric[],
): RecodedPair[] {
  const isRule = (from: string, to: string) =>
    dependencies.some((rule) => rule.from.length === 1 && rule.from[0] === from && rule.to === to);
  const place = new Map(table.columns.map((column, at) => [column.name, at]));
  const isFirst = (a: string, b: string) => (place.get(a) ?? 0) < (place.get(b) ?? 0);
  const mutual = dependencies
    .filter(({ from, to }) => from.length === 1 && isRule(to, from[0]) && isFirst(from[0], to))
    .map(({ from: [a], to: b }): RecodedPair => {
      const pairs = valuePairs(getColumn(table, a), getColumn(table, b));
      return { a, b, isInverse: isTurnedRound(getColumn(table, a), getColumn(table, b), pairs), pairs };
    });
  const scaled = derived.flatMap((formula): RecodedPair[] => {
    if (formula.kind !== "linear" || formula.terms.length !== 1 || formula.terms[0].level !== null) return [];
    if (formula.nExact < formula.nRows) return [];
    const [a, b] = isFirst(formula.from[0], formula.column)
      ? [formula.from[0], formula.column]
      : [formula.column, formula.from[0]];
    if (mutual.some((pair) => pair.a === a && pair.b === b)) return [];
    return [{ a, b, isInverse: formula.terms[0].coefficient < 0, pairs: valuePairs(getColumn(table, a), getColumn(table, b)) }];
  });
  return [...mutual, ...scaled];
}
