import { TrendloomError } from "../core/errors.ts";
import { type Column, cellText } from "../table/table.ts";
import type { Condition } from "./sampler.ts";

/** The refusal of a condition that no training row meets. */
export function conditionImpossible(conditions: readonly Condition[]): TrendloomError {
  const asked = conditions.map(({ column, value }) => `${column} = ${value}`).join(", ");
  return new TrendloomError("condition-impossible", { conditions: asked }, `no training row has ${asked}`);
}

/** Whether a row has the value that a condition asks for, compared as text and, for numbers, as numbers. */
export function hasValue(column: Column, row: number, value: string): boolean {
  if (cellText(column, row) === value) return true;
  return column.kind === "numeric" && value !== "" && column.values[row] === Number(value);
}
