import { type Column, findColumn, type Role, type Table, takeColumn } from "../table/table.ts";
import { describeSegment } from "./segment-rule.ts";
import { indexTraits, separation, type Trait, traitOf } from "./segment-traits.ts";
import type { SegmentAction, SegmentCard, SegmentTrait } from "./segments-report.ts";
import {
  categoricalKnownAs,
  codeLevels,
  columnKnownAs,
  moneyColumn,
  numericKnownAs,
  PURCHASES_PER_YEAR,
} from "./shopping-columns.ts";

export interface ProfileInput {
  readonly table: Table;
  readonly roleOf: (name: string) => Role;
  /** Columns that made the segments. */
  readonly columns: readonly string[];
  readonly labels: Uint8Array;
  /** A name for each segment, and which of them are the user's own words. */
  readonly names: readonly string[];
  readonly isOwnName: readonly boolean[];
  /** Rows from which rules are found: all, or a sample of a large table. */
  readonly ruleRows: Int32Array;
}

/** Traits beside the columns used. */
const MAX_OTHER_TRAITS = 3;
/** Segments that explain less than this share of a column do not differ in it (a small effect, Cohen 1988). */
const MIN_SEPARATION = 0.01;
/** Above this many levels a category tells too little per level to be shown. */
const MAX_TRAIT_LEVELS = 30;
/** A segment with so much more than the whole table's share of discounts lives on them. */
const DISCOUNT_DRIVEN_INDEX = 130;
/** A segment with at most so much of the whole table's previous purchases is new. */
const NEW_CUSTOMER_INDEX = 60;

/** Whether two columns sort the rows alike (levels stand in order of first appearance, so equal columns have equal codes). */
function isSameColumn(a: Column, b: Column): boolean {
  return a.kind === "categorical" && b.kind === "categorical" && a.codes.every((code, row) => code === b.codes[row]);
}

/** Money, subscriptions and discounts where they are known, then the columns in which the segments differ most. */
function otherColumns({ table, roleOf, columns, labels, names }: ProfileInput, used: readonly Column[]): Column[] {
  const isShown = (column: Column): boolean =>
    !columns.includes(column.name) &&
    ["feature", "target"].includes(roleOf(column.name)) &&
    column.type !== "date" &&
    column.type !== "text" &&
    !used.some((known) => isSameColumn(known, column)) &&
    (column.kind === "numeric" || column.levels.length <= MAX_TRAIT_LEVELS);
  const known = [moneyColumn(table), columnKnownAs(table, "discount_applied"), columnKnownAs(table, "subscription_status")];
  const chosen = known.filter((column) => column !== undefined).filter(isShown);
  const telling = table.columns
    .filter((column) => isShown(column) && !chosen.some((other) => other === column || isSameColumn(other, column)))
    .map((column) => ({ column, strength: separation(column, labels, names.length) }))
    .filter(({ strength }) => strength >= MIN_SEPARATION)
    .sort((a, b) => b.strength - a.strength)
    .map(({ column }) => column);
  for (const column of telling) {
    if (chosen.length >= MAX_OTHER_TRAITS) break;
    if (!chosen.some((other) => isSameColumn(other, column))) chosen.push(column);
  }
  return chosen;
}

function purchasesPerYear(table: Table): Trait | undefined {
  const column = categoricalKnownAs(table, "frequency_of_purchases");
  const numbers = column && codeLevels(column, PURCHASES_PER_YEAR);
  return column && numbers && { column: column.name, value: null, numbers };
}

/** What actions follow from, one list of indices (by segment) for each. */
interface ActionFacts {
  readonly discount: readonly (SegmentTrait | null)[];
  readonly previous: readonly (SegmentTrait | null)[];
  readonly money: readonly (SegmentTrait | null)[];
  readonly perYear: readonly (SegmentTrait | null)[];
}

function actionFacts(table: Table, labels: Uint8Array, nSegments: number): ActionFacts {
  const ofColumn = (column: Column | undefined) =>
    column ? indexTraits(traitOf(column, labels, nSegments), labels, nSegments) : [];
  const perYear = purchasesPerYear(table);
  return {
    discount: ofColumn(categoricalKnownAs(table, "discount_applied")),
    previous: ofColumn(numericKnownAs(table, "previous_purchases")),
    money: ofColumn(moneyColumn(table)),
    perYear: perYear ? indexTraits(perYear, labels, nSegments) : [],
  };
}

/**
 * The suggested action of a segment. "Low" and "infrequent" mean shown to be below the whole table (interval wholly
 * under 100): differences that may be chance do not count against a segment. What is not known follows what is.
 */
function suggestAction(facts: ActionFacts, segment: number): SegmentAction {
  const discount = facts.discount[segment];
  if (discount && discount.index > DISCOUNT_DRIVEN_INDEX) return "smaller-discounts";
  const previous = facts.previous[segment];
  if (previous && previous.index <= NEW_CUSTOMER_INDEX) return "onboarding";
  const money = facts.money[segment];
  const frequency = facts.perYear[segment] ?? previous;
  if (!money && !frequency) return "none";
  const isHighValue = (money ?? frequency)!.high >= 100;
  const isFrequent = (frequency ?? money)!.high >= 100;
  if (isHighValue) return isFrequent ? "loyalty" : "win-back";
  return isFrequent ? "bundles" : "newsletter";
}

/** Size, revenue, rule, traits and suggested action of each segment, in the order of the labels. */
export function profileSegments(input: ProfileInput): SegmentCard[] {
  const { table, columns, labels, names, isOwnName, ruleRows } = input;
  const used = columns.map((name) => findColumn(table, name)).filter((column) => column !== undefined);
  const money = moneyColumn(table);
  const sumOfMoney = money ? money.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) : 0;
  const perYear = purchasesPerYear(table);
  const traits = [...used, ...otherColumns(input, used)].map((column) =>
    indexTraits(
      traitOf(column, labels, names.length, column.name === perYear?.column ? perYear.numbers : undefined),
      labels,
      names.length,
    ),
  );
  const facts = actionFacts(table, labels, names.length);
  const isWhole = ruleRows.length === labels.length;
  const ruleColumns = isWhole ? used : used.map((column) => takeColumn(column, ruleRows));
  const ruleLabels = isWhole ? labels : Uint8Array.from(ruleRows, (row) => labels[row]);
  return names.map((name, segment) => {
    const size = labels.reduce((sum, label) => sum + Number(label === segment), 0);
    let revenue = 0;
    let nOrders = 0;
    money?.values.forEach((value, row) => {
      if (labels[row] !== segment || Number.isNaN(value)) return;
      revenue += value;
      nOrders++;
    });
    const rule = describeSegment(
      ruleColumns,
      ruleLabels.map((label) => Number(label === segment)),
    );
    return {
      name,
      ...(isOwnName[segment] ? { isOwnName: true } : {}),
      size,
      shareOfCustomers: size / labels.length,
      shareOfRevenue: sumOfMoney > 0 ? revenue / sumOfMoney : null,
      averageOrder: nOrders > 0 ? revenue / nOrders : null,
      rule: rule.bounds,
      ruleAccuracy: rule.accuracy,
      traits: traits.map((ofSegment) => ofSegment[segment]).filter((trait) => trait !== null),
      action: suggestAction(facts, segment),
    };
  });
}
