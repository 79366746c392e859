import { TrendloomError } from "../core/errors.ts";
import { type Column, findColumn, type Role, type Table } from "../table/table.ts";
import type { SegmentSettings } from "./segments-report.ts";
import {
  categoricalKnownAs,
  codeLevels,
  columnKnownAs,
  type LevelCodes,
  numericKnownAs,
  PURCHASES_PER_YEAR,
  SEED_FREQUENCY_CODES,
} from "./shopping-columns.ts";

/** What to cluster and how, once the preset and the rules for defaults are applied. */
export interface SegmentPlan {
  readonly columns: readonly Column[];
  readonly scale: "none" | "standard";
  /** Numbers of ordered levels. */
  readonly codes: LevelCodes;
  /** 0: chosen by rule. */
  readonly k: number;
  readonly nStarts: number;
}

const DEFAULT_STARTS = 20;
/** Every other start of the seed project's tiers ends in a slightly worse partition. */
const SEED_STARTS = 40;
const SEED_K = 4;
const MAX_K = 20;
const MAX_LEVELS = 12;

const isConstant = (column: Column): boolean => {
  const values = column.kind === "numeric" ? column.values : column.codes;
  return values.every((value) => value === values[0] || Number.isNaN(value));
};

/** Numeric features, else categorical features with few levels; constant columns are of no use. */
function defaultColumns(table: Table, roleOf: (name: string) => Role): Column[] {
  const features = table.columns.filter((column) => roleOf(column.name) === "feature" && !isConstant(column));
  const numbers = features.filter((column) => column.type === "numeric" || column.type === "integer");
  if (numbers.length > 0) return numbers;
  return features.filter((column) => column.kind === "categorical" && column.levels.length <= MAX_LEVELS);
}

function requireColumns(columns: readonly (Column | undefined)[], expected: readonly string[]): Column[] {
  const missing = expected.filter((_, i) => columns[i] === undefined);
  if (missing.length > 0 || columns.length === 0)
    throw new TrendloomError("segment-columns-missing", { columns: missing.join(", ") });
  return columns.filter((column) => column !== undefined);
}

const givenColumns = (table: Table, names: readonly string[]): Column[] =>
  requireColumns(
    names.map((name) => findColumn(table, name)),
    names,
  );

function checkK(k: number): void {
  if (Number.isInteger(k) && (k === 0 || (k >= 2 && k <= MAX_K))) return;
  const expected = `0 or 2…${MAX_K}`;
  throw new TrendloomError("parameter-invalid", { parameter: "k", expected, got: k }, `k must be ${expected}, got ${k}`);
}

/**
 * The columns, scaling, coding and k that settings stand for. Presets fix all but the columns of `legal-cells`, which
 * are Gender, Subscription Status and Discount Applied unless others are given.
 * @throws TrendloomError segment-columns-missing, parameter-invalid
 */
export function planSegments(table: Table, roleOf: (name: string) => Role, settings: SegmentSettings): SegmentPlan {
  if (settings.preset === "seed-tiers") {
    const frequency = categoricalKnownAs(table, "frequency_of_purchases");
    const isCoded = frequency !== undefined && codeLevels(frequency, SEED_FREQUENCY_CODES) !== undefined;
    const columns = requireColumns(
      [numericKnownAs(table, "age"), numericKnownAs(table, "previous_purchases"), isCoded ? frequency : undefined],
      ["Age", "Previous Purchases", "Frequency of Purchases"],
    );
    return { columns, scale: "none", codes: SEED_FREQUENCY_CODES, k: SEED_K, nStarts: SEED_STARTS };
  }
  if (settings.preset === "legal-cells") {
    const columns = settings.columns.length
      ? givenColumns(table, settings.columns)
      : requireColumns(
          [columnKnownAs(table, "gender"), columnKnownAs(table, "subscription_status"), columnKnownAs(table, "discount_applied")],
          ["Gender", "Subscription Status", "Discount Applied"],
        );
    return { columns, scale: "none", codes: {}, k: 0, nStarts: DEFAULT_STARTS };
  }
  checkK(settings.k);
  const columns = settings.columns.length ? givenColumns(table, settings.columns) : defaultColumns(table, roleOf);
  if (columns.every(isConstant))
    throw new TrendloomError("segment-columns-missing", { columns: columns.map(({ name }) => name).join(", ") });
  return { columns, scale: settings.scale, codes: PURCHASES_PER_YEAR, k: settings.k, nStarts: DEFAULT_STARTS };
}
