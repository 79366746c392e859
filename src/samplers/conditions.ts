import { TrendloomError } from "../core/errors.ts";
import { roundToStep } from "../encode/numeric-codes.ts";
import { MIN_ROWS_PER_VALUE } from "../encode/rare-values.ts";
import { type Column, cellText, type NumericColumn } from "../table/table.ts";
import { splitRange } from "./condition.params.ts";
import type { Condition } from "./sampler.ts";

/** Numbers from `low` to `high`, both included. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** A condition on a column, ready to be asked of rows. */
export interface RowCondition {
  readonly isRange: boolean;
  isMetBy(row: number): boolean;
}

const DAY_MS = 86_400_000;
const written = (conditions: readonly Condition[]) => conditions.map(({ column, value }) => `${column} = ${value}`).join(", ");
/** How far a number may lie off the grid of `step` and still count as on it. */
export const gridTolerance = (value: number, step: number): number =>
  Math.min(1e-9 * Math.max(1, Math.abs(value)), step > 0 ? 1e-6 * step : Number.POSITIVE_INFINITY);

/** The refusal of a condition that no training row meets. */
export function conditionImpossible(conditions: readonly Condition[]): TrendloomError {
  const asked = written(conditions);
  return new TrendloomError("condition-impossible", { conditions: asked }, `no training row has ${asked}`);
}

/** The refusal of a range that too few training rows meet: rows made for it could point at one of them. */
export function conditionTooRare(conditions: readonly Condition[]): TrendloomError {
  const details = { conditions: written(conditions), expected: MIN_ROWS_PER_VALUE };
  return new TrendloomError("condition-too-rare", details, `too few training rows have ${details.conditions}`);
}

/** A number, or a date in milliseconds since 1970, as written in the CSV; NaN where it is none. */
function numberOf({ type }: NumericColumn, text: string): number {
  if (text.trim() === "") return Number.NaN;
  return type === "date" ? Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`) : Number(text);
}

/** A number as written in the CSV that lies on the column's grid; null where it is none. */
export function gridNumber(column: NumericColumn, text: string): number | null {
  const value = numberOf(column, text);
  if (!Number.isFinite(value)) return null;
  const rounded = roundToStep(value, column.step);
  return Math.abs(rounded - value) <= gridTolerance(value, column.step) ? rounded : null;
}

/** The nearest number of the column's grid on one side of `value`: at most it for −1, at least it for 1. */
function onGrid({ step }: NumericColumn, value: number, side: -1 | 1): number {
  if (!(step > 0) || !Number.isFinite(value)) return value;
  const rounded = roundToStep(value, step);
  return side * (rounded - value) >= -gridTolerance(value, step) ? rounded : roundToStep(rounded + side * step, step);
}

/**
 * The range that a condition on a column of numbers asks for, drawn in to the column's grid; null where it asks for one value.
 * An open end is infinite; a last day holds all its hours. Where no number lies between the ends, `low` is above `high`.
 */
export function rangeOf(column: NumericColumn, value: string): NumberRange | null {
  const ends = splitRange(value);
  if (!ends) return null;
  const low = ends.from === "" ? Number.NEGATIVE_INFINITY : numberOf(column, ends.from);
  const high = ends.to === "" ? Number.POSITIVE_INFINITY : numberOf(column, ends.to);
  if (Number.isNaN(low) || Number.isNaN(high)) return { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  const isWholeDay = column.type === "date" && ends.to.length === 10 && column.step < DAY_MS;
  return { low: onGrid(column, low, 1), high: onGrid(column, isWholeDay ? high + DAY_MS - 1 : high, -1) };
}

/** The condition as a question to a column's rows: values are compared as text and, for numbers, as numbers. */
export function rowCondition(column: Column, value: string): RowCondition {
  if (column.kind === "categorical") return { isRange: false, isMetBy: (row) => cellText(column, row) === value };
  const range = rangeOf(column, value);
  const { values } = column;
  if (range) return { isRange: true, isMetBy: (row) => range.low <= values[row] && values[row] <= range.high };
  const number = value === "" ? Number.NaN : Number(value);
  return { isRange: false, isMetBy: (row) => values[row] === number || cellText(column, row) === value };
}

/**
 * The rows that meet all the questions. Values in a range are lent by the rows that meet it, so they have to be enough.
 * @throws TrendloomError condition-impossible where none does, condition-too-rare where a range leaves fewer than five
 */
export function rowsMeeting(rows: Int32Array, asked: readonly RowCondition[], conditions: readonly Condition[]): Int32Array {
  const meeting = (some: readonly RowCondition[]) => rows.filter((row) => some.every((one) => one.isMetBy(row)));
  const ranges = asked.filter(({ isRange }) => isRange);
  if (ranges.length > 0 && meeting(ranges).length < MIN_ROWS_PER_VALUE) throw conditionTooRare(conditions);
  const met = meeting(asked);
  if (met.length === 0) throw conditionImpossible(conditions);
  if (ranges.length > 0 && met.length < MIN_ROWS_PER_VALUE) throw conditionTooRare(conditions);
  return met;
}
