import { TrendloomError } from "../core/errors.ts";
import { type Column, findColumn, type Role, type Table } from "../table/table.ts";
import { findRfmColumns, fitRfm, labelRfm, scoreRows } from "./rfm.ts";
import { columnsOfDefinitions, segmentByRules } from "./rule-segments.ts";
import type { RfmPart } from "./segment-model.ts";
import type { RfmReport, SegmentSettings } from "./segments-report.ts";
import {
  categoricalKnownAs,
  codeLevels,
  columnKnownAs,
  type LevelCodes,
  numericKnownAs,
  PURCHASES_PER_YEAR,
  SEED_FREQUENCY_CODES,
} from "./shopping-columns.ts";

/** Segments that no clustering made: labels, a name for each, and how they came about. */
export type GivenSegments =
  | {
      readonly kind: "rules";
      readonly labels: Uint8Array;
      readonly names: readonly string[];
      readonly isOwnName: readonly boolean[];
      readonly segmentOf: readonly number[];
    }
  | {
      readonly kind: "rfm";
      readonly labels: Uint8Array;
      readonly names: readonly string[];
      readonly parts: readonly RfmPart[];
      readonly report: RfmReport;
    };

/** What to cluster and how, once the preset and the rules for defaults are applied. */
export interface SegmentPlan {
  readonly columns: readonly Column[];
  readonly scale: "none" | "standard";
  /** Numbers of ordered levels. */
  readonly codes: LevelCodes;
  /** 0: chosen by rule. */
  readonly k: number;
  readonly nStarts: number;
  /** Null: clusters, or combinations with the preset `legal-cells`. */
  readonly given: GivenSegments | null;
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

/**
 * Numeric features, with k-prototypes also categorical features with few levels; without numbers those alone. Constant
 * columns are of no use.
 */
function defaultColumns(table: Table, roleOf: (name: string) => Role, isMixed: boolean): Column[] {
  const features = table.columns.filter((column) => roleOf(column.name) === "feature" && !isConstant(column));
  const numbers = features.filter((column) => column.type === "numeric" || column.type === "integer");
  const categories = features.filter((column) => column.kind === "categorical" && column.levels.length <= MAX_LEVELS);
  if (isMixed) return features.filter((column) => numbers.includes(column) || categories.includes(column));
  return numbers.length > 0 ? numbers : categories;
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

const common = { codes: PURCHASES_PER_YEAR, nStarts: DEFAULT_STARTS, given: null } as const;

function planPreset(table: Table, settings: SegmentSettings): SegmentPlan {
  if (settings.preset === "seed-tiers") {
    const frequency = categoricalKnownAs(table, "frequency_of_purchases");
    const isCoded = frequency !== undefined && codeLevels(frequency, SEED_FREQUENCY_CODES) !== undefined;
    const columns = requireColumns(
      [numericKnownAs(table, "age"), numericKnownAs(table, "previous_purchases"), isCoded ? frequency : undefined],
      ["Age", "Previous Purchases", "Frequency of Purchases"],
    );
    return { columns, scale: "none", codes: SEED_FREQUENCY_CODES, k: SEED_K, nStarts: SEED_STARTS, given: null };
  }
  const columns = settings.columns.length
    ? givenColumns(table, settings.columns)
    : requireColumns(
        [columnKnownAs(table, "gender"), columnKnownAs(table, "subscription_status"), columnKnownAs(table, "discount_applied")],
        ["Gender", "Subscription Status", "Discount Applied"],
      );
  return { ...common, columns, scale: "none", codes: {}, k: 0 };
}

/** Segments by rule or by score; one group alone is no segmentation. */
function planGiven(table: Table, settings: SegmentSettings): SegmentPlan {
  let given: GivenSegments;
  let columns: readonly Column[];
  if (settings.method === "rules") {
    columns = columnsOfDefinitions(table, settings.definitions ?? []);
    given = { kind: "rules", ...segmentByRules(table, settings.definitions ?? []) };
  } else {
    const named = findRfmColumns(table, settings.rfm ?? { recency: "", frequency: "", money: "" });
    const { recency, frequency, money } = named;
    columns = recency ? [recency, frequency, money] : [frequency, money];
    const parts = fitRfm(named);
    const { segments, cells } = scoreRows(table, parts);
    const report = { recency: recency?.name ?? null, frequency: frequency.name, money: money.name, cells };
    given = { kind: "rfm", ...labelRfm(segments), parts, report };
  }
  if (given.names.length < 2)
    throw new TrendloomError("parameter-invalid", { parameter: "rules", expected: "≥ 2", got: given.names.length });
  return { ...common, columns, scale: "standard", k: given.names.length, given };
}

/**
 * The columns, scaling, coding and k that settings stand for. Presets fix all but the columns of `legal-cells`, which
 * are Gender, Subscription Status and Discount Applied unless others are given; rules and scores name their own.
 * @throws TrendloomError segment-columns-missing, parameter-invalid
 */
export function planSegments(table: Table, roleOf: (name: string) => Role, settings: SegmentSettings): SegmentPlan {
  if (settings.preset !== "none") return planPreset(table, settings);
  if (settings.method === "rules" || settings.method === "rfm") return planGiven(table, settings);
  checkK(settings.k);
  const isMixed = settings.method === "k-prototypes";
  const asked = settings.columns.length ? givenColumns(table, settings.columns) : defaultColumns(table, roleOf, isMixed);
  const isNumber = (column: Column): boolean => column.kind === "numeric" || codeLevels(column, PURCHASES_PER_YEAR) !== undefined;
  // A normal distribution has no place for categories.
  const columns = settings.method === "gaussian-mixture" ? asked.filter(isNumber) : asked;
  if (columns.every(isConstant))
    throw new TrendloomError("segment-columns-missing", { columns: asked.map(({ name }) => name).join(", ") });
  return { ...common, columns, scale: settings.scale, k: settings.k };
}
