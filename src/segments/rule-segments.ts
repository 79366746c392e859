import { TrendloomError } from "../core/errors.ts";
import { parseDates } from "../table/parse-date.ts";
import { parseNumber } from "../table/parse-number.ts";
import { type Column, findColumn, type Table } from "../table/table.ts";
import type { ConditionOperator, SegmentCondition, SegmentDefinition } from "./segment-definition.params.ts";

export const OTHERS = "others";

/** Rows given to segments by rules. Labels of segments without rows are left out of `names`. */
export interface RuleSegments {
  readonly labels: Uint8Array;
  readonly names: readonly string[];
  readonly isOwnName: readonly boolean[];
  /** Segment of each definition (−1: it has no rows), then that of the rows without a match. */
  readonly segmentOf: readonly number[];
}

const COMPARE: Readonly<Record<ConditionOperator, (difference: number) => boolean>> = {
  "=": (difference) => difference === 0,
  "!=": (difference) => difference !== 0,
  ">=": (difference) => difference >= 0,
  "<=": (difference) => difference <= 0,
  ">": (difference) => difference > 0,
  "<": (difference) => difference < 0,
};

function invalid(condition: SegmentCondition, expected: string): TrendloomError {
  const got = `${condition.column} ${condition.operator} ${condition.value}`;
  return new TrendloomError("parameter-invalid", { parameter: "condition", expected, got });
}

/**
 * Whether each row meets a condition; a missing value does not.
 * @throws TrendloomError parameter-invalid where a number is not compared with a number, or a category by size
 */
function testCondition(column: Column, condition: SegmentCondition): (row: number) => boolean {
  const compare = COMPARE[condition.operator];
  if (column.kind === "numeric") {
    const value = column.type === "date" ? parseDates([condition.value])?.[0] : parseNumber(condition.value, ".")?.value;
    if (value === undefined) throw invalid(condition, "a number");
    return (row) => !Number.isNaN(column.values[row]) && compare(column.values[row] - value);
  }
  if (condition.operator !== "=" && condition.operator !== "!=") throw invalid(condition, "= or !=");
  const wanted = column.levels.indexOf(condition.value);
  return (row) => column.codes[row] >= 0 && compare(column.codes[row] - wanted);
}

/** The columns that definitions speak of. @throws TrendloomError segment-columns-missing */
export function columnsOfDefinitions(table: Table, definitions: readonly SegmentDefinition[]): Column[] {
  const names = [...new Set(definitions.flatMap(({ conditions }) => conditions.map(({ column }) => column)))];
  const missing = names.filter((name) => !findColumn(table, name));
  if (missing.length > 0 || names.length === 0)
    throw new TrendloomError("segment-columns-missing", { columns: missing.join(", ") });
  return names.map((name) => findColumn(table, name)).filter((column) => column !== undefined);
}

/** Number of the first definition that each row meets; their number where it meets none. */
function firstMatches(table: Table, definitions: readonly SegmentDefinition[]): Uint8Array {
  const tests = definitions.map(({ conditions }) =>
    conditions.map((condition) => {
      const column = findColumn(table, condition.column);
      if (!column) throw new TrendloomError("segment-columns-missing", { columns: condition.column });
      return testCondition(column, condition);
    }),
  );
  return Uint8Array.from({ length: table.nRows }, (_, row) => {
    const match = tests.findIndex((conditions) => conditions.every((isMet) => isMet(row)));
    return match < 0 ? definitions.length : match;
  });
}

/**
 * Segments by the user's rules: the first definition that a row meets, definitions of one name together, the rest `others`.
 * @throws TrendloomError segment-columns-missing, parameter-invalid
 */
export function segmentByRules(table: Table, definitions: readonly SegmentDefinition[]): RuleSegments {
  const matches = firstMatches(table, definitions);
  const counts = new Float64Array(definitions.length + 1);
  for (const match of matches) counts[match]++;
  const names: string[] = [];
  const segmentOf: number[] = [];
  definitions.forEach(({ name }, i) => {
    const same = definitions.findIndex((other) => other.name === name);
    const nRows = definitions.reduce((sum, other, j) => sum + (other.name === name ? counts[j] : 0), 0);
    if (same < i) segmentOf.push(segmentOf[same]);
    else segmentOf.push(nRows > 0 ? names.push(name) - 1 : -1);
  });
  const isOwnName = names.map(() => true);
  segmentOf.push(counts[definitions.length] > 0 ? names.push(OTHERS) - 1 : -1);
  if (counts[definitions.length] > 0) isOwnName.push(false);
  return { labels: matches.map((match) => segmentOf[match]), names, isOwnName, segmentOf };
}

/** Segment of each row of another table by the same rules; 255 where rows without a match were none. */
export function assignByRules(table: Table, definitions: readonly SegmentDefinition[], segmentOf: readonly number[]): Uint8Array {
  return firstMatches(table, definitions).map((match) => (segmentOf[match] < 0 ? 255 : segmentOf[match]));
}
