import { TrendloomError } from "./errors.ts";

/**
 * A parameter declared once: its default and bounds give validation, form, link and documentation.
 * `key` is its short name in a link; keys never change their meaning.
 */
export type Param =
  | IntegerParam
  | BooleanParam
  | ChoiceParam
  | ChoicesParam
  | NameParam
  | NamesParam
  | ChoiceByNameParam
  | LevelsByNameParam;

interface ParamBase {
  readonly key: string;
}
export interface IntegerParam extends ParamBase {
  readonly kind: "integer";
  readonly default: number;
  readonly min: number;
  readonly max: number;
}
export interface BooleanParam extends ParamBase {
  readonly kind: "boolean";
  readonly default: boolean;
}
/** One of a closed set. */
export interface ChoiceParam<Option extends string = string> extends ParamBase {
  readonly kind: "choice";
  readonly default: Option;
  readonly options: readonly Option[];
}
/** Some of a closed set, in the set's order. */
export interface ChoicesParam<Option extends string = string> extends ParamBase {
  readonly kind: "choices";
  readonly default: readonly Option[];
  readonly options: readonly Option[];
}
/** A column's name, or "" for the default by rule. */
export interface NameParam extends ParamBase {
  readonly kind: "name";
  readonly default: "";
}
/** Column names, or conditions written `Column=Value`. */
export interface NamesParam extends ParamBase {
  readonly kind: "names";
  readonly default: readonly string[];
  readonly maxItems: number;
}
/** A choice for each of some columns. */
export interface ChoiceByNameParam<Option extends string = string> extends ParamBase {
  readonly kind: "choice-by-name";
  readonly default: Readonly<Record<string, Option>>;
  readonly options: readonly Option[];
  readonly maxItems: number;
}

/** How the labels of some columns are written and ordered: groups of a label and those that it stands for. */
export interface LevelsByNameParam extends ParamBase {
  readonly kind: "levels-by-name";
  readonly default: Readonly<Record<string, LevelGroups>>;
  readonly maxItems: number;
  /** Labels in all groups of all columns. */
  readonly maxLabels: number;
}

export interface LevelGroups {
  readonly groups: readonly (readonly string[])[];
  readonly isOrdered: boolean;
}

export type ParamValue<P extends Param> = P extends IntegerParam
  ? number
  : P extends BooleanParam
    ? boolean
    : P extends ChoiceParam<infer Option>
      ? Option
      : P extends ChoicesParam<infer Option>
        ? readonly Option[]
        : P extends NameParam
          ? string
          : P extends NamesParam
            ? readonly string[]
            : P extends ChoiceByNameParam<infer Option>
              ? Readonly<Record<string, Option>>
              : P extends LevelsByNameParam
                ? Readonly<Record<string, LevelGroups>>
                : never;

export type ParamSet = Readonly<Record<string, Param>>;
export type ParamValues<Set extends ParamSet> = { -readonly [Name in keyof Set]: ParamValue<Set[Name]> };

/** Longest column name or condition that a setting may hold: enough for a heading, too little for rows. */
export const MAX_NAME_LENGTH = 120;

function invalid(name: string, expected: string, got: unknown): TrendloomError {
  const shown = (JSON.stringify(got) ?? String(got)).slice(0, 80);
  return new TrendloomError("parameter-invalid", { name, expected, got: shown }, `${name} must be ${expected}, got ${shown}`);
}

function parseName(name: string, value: unknown): string {
  if (typeof value !== "string" || value.length > MAX_NAME_LENGTH)
    throw invalid(name, `text of at most ${MAX_NAME_LENGTH} characters`, value);
  return value;
}

function parseOption(name: string, options: readonly string[], value: unknown): string {
  if (typeof value !== "string" || !options.includes(value)) throw invalid(name, `one of ${options.join(", ")}`, value);
  return value;
}

function parseByName<Item>(name: string, maxItems: number, value: unknown, parse: (item: unknown) => Item): Record<string, Item> {
  const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
  if (!entries || entries.length > maxItems) throw invalid(name, `at most ${maxItems} names with a choice each`, value);
  return Object.fromEntries(entries.map(([key, item]) => [parseName(name, key), parse(item)]));
}

function parseLevels(name: string, value: unknown): LevelGroups {
  const { groups, isOrdered, ...rest } = (value ?? {}) as { groups?: unknown; isOrdered?: unknown };
  const isGiven = Array.isArray(groups) && typeof isOrdered === "boolean" && Object.keys(rest).length === 0;
  if (!isGiven) throw invalid(name, "groups of labels, in an order or not", value);
  const parsed = groups.map((group: unknown) => {
    if (!Array.isArray(group) || group.length === 0) throw invalid(name, "groups of at least one label", group);
    return group.map((label) => parseName(name, label));
  });
  return { groups: parsed, isOrdered };
}

function parseLevelsByName(
  name: string,
  { maxItems, maxLabels }: LevelsByNameParam,
  value: unknown,
): Record<string, LevelGroups> {
  const levels = parseByName(name, maxItems, value, (groups) => parseLevels(name, groups));
  if (countLabels(levels) > maxLabels) throw invalid(name, `at most ${maxLabels} labels`, value);
  return levels;
}

/** Labels in all groups of all columns. */
export const countLabels = (levels: Readonly<Record<string, LevelGroups>>): number =>
  Object.values(levels).reduce((sum, { groups }) => sum + groups.reduce((n, group) => n + group.length, 0), 0);

/** The value if it is a legal one. @throws TrendloomError parameter-invalid, with name, expected and got */
export function parseParam(name: string, param: Param, value: unknown): unknown {
  switch (param.kind) {
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value) || value < param.min || value > param.max) {
        throw invalid(name, `a whole number in [${param.min}, ${param.max}]`, value);
      }
      return value;
    case "boolean":
      if (typeof value !== "boolean") throw invalid(name, "true or false", value);
      return value;
    case "choice":
      return parseOption(name, param.options, value);
    case "choices": {
      if (!Array.isArray(value) || value.length === 0) throw invalid(name, `some of ${param.options.join(", ")}`, value);
      const chosen = value.map((option) => parseOption(name, param.options, option));
      return param.options.filter((option) => chosen.includes(option));
    }
    case "name":
      return parseName(name, value);
    case "names":
      if (!Array.isArray(value) || value.length > param.maxItems) throw invalid(name, `at most ${param.maxItems} names`, value);
      return value.map((item) => parseName(name, item));
    case "choice-by-name":
      return parseByName(name, param.maxItems, value, (option) => parseOption(name, param.options, option));
    case "levels-by-name":
      return parseLevelsByName(name, param, value);
  }
}

export function defaultValues<Set extends ParamSet>(params: Set): ParamValues<Set> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default])) as ParamValues<Set>;
}

/** What differs from the defaults, under the parameters' short keys: the form a link holds. */
export function encodeParams<Set extends ParamSet>(params: Set, values: ParamValues<Set>): Record<string, unknown> {
  const encoded: Record<string, unknown> = {};
  for (const [name, param] of Object.entries(params)) {
    const value = values[name];
    if (JSON.stringify(value) !== JSON.stringify(param.default)) encoded[param.key] = value;
  }
  return encoded;
}

/** The inverse of `encodeParams`: absent keys take the default, unknown keys are refused. @throws TrendloomError parameter-invalid */
export function decodeParams<Set extends ParamSet>(params: Set, encoded: Readonly<Record<string, unknown>>): ParamValues<Set> {
  const values: Record<string, unknown> = defaultValues(params);
  const nameOf = new Map(Object.entries(params).map(([name, param]) => [param.key, name]));
  for (const [key, value] of Object.entries(encoded)) {
    const name = nameOf.get(key);
    if (name === undefined) throw invalid("settings", `one of ${[...nameOf.keys()].join(", ")}`, key);
    values[name] = parseParam(name, params[name], value);
  }
  return values as ParamValues<Set>;
}
