import { MAX_NAME_LENGTH } from "../../../core/params.ts";
import {
  type ConditionOperator,
  readDefinition,
  type SegmentCondition,
  type SegmentDefinition,
  writeDefinition,
} from "../../../segments/segment-definition.params.ts";
import type { ColumnSummary } from "../../../workers/data.jobs.ts";

export const NUMBER_OPERATORS = [">=", "<=", ">", "<", "=", "!="] as const satisfies readonly ConditionOperator[];
export const TEXT_OPERATORS = ["=", "!="] as const satisfies readonly ConditionOperator[];

/** Numbers are compared as numbers, everything else as text. */
export const isNumberColumn = (column: ColumnSummary | undefined): boolean => column?.summary.kind === "numeric";

export const operatorsOf = (column: ColumnSummary | undefined): readonly ConditionOperator[] =>
  isNumberColumn(column) ? NUMBER_OPERATORS : TEXT_OPERATORS;

/** Values a category is known to have, commonest first. */
export const levelsOf = (column: ColumnSummary | undefined): readonly string[] =>
  column?.summary.kind === "categorical" ? column.summary.levels.map(({ value }) => value) : [];

/** A condition that holds for about half of the customers. */
export function firstCondition(column: ColumnSummary): SegmentCondition {
  const { summary, name } = column;
  if (summary.kind === "numeric") return { column: name, operator: ">=", value: String(Number(summary.median.toPrecision(6))) };
  return { column: name, operator: "=", value: levelsOf(column)[0] ?? "" };
}

export const readDefinitions = (lines: readonly string[]): SegmentDefinition[] =>
  lines.map(readDefinition).filter((definition) => definition !== null);

/** The lines that settings hold; null where one of them would not fit into a link. */
export function writeDefinitions(definitions: readonly SegmentDefinition[]): string[] | null {
  const lines = definitions.map(writeDefinition);
  return lines.every((line) => line.length <= MAX_NAME_LENGTH) ? lines : null;
}

/** The list with two neighbours exchanged. */
export function movedBy<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const moved = [...items];
  const to = index + by;
  if (to < 0 || to >= items.length) return moved;
  [moved[index], moved[to]] = [moved[to], moved[index]];
  return moved;
}
