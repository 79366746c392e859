import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LOCALES, type Locale } from "../../src/app/state/link.ts";
import { SETTINGS, type Settings, STEPS, type StepName } from "../../src/app/state/settings.ts";
import { TrendloomError } from "../../src/core/errors.ts";
import { defaultValues, type Param, parseParam } from "../../src/core/params.ts";

/** A mistake in the command itself: one line for the user, exit status 2. */
export class UsageError extends Error {}

export interface Command {
  /** Null: the bundled sample. */
  readonly file: string | null;
  readonly out: string;
  readonly steps: readonly StepName[];
  readonly language: Locale;
  readonly settings: Settings;
}

/** Flags that take a value, and the setting that each mirrors. */
const VALUE_FLAGS: Readonly<Record<string, keyof Settings>> = {
  target: "target",
  seed: "seed",
  folds: "folds",
  learners: "learners",
  "segment-method": "segmentMethod",
  "segment-preset": "segmentPreset",
  "segment-columns": "segmentColumns",
  "segment-scale": "segmentScale",
  "segment-covariance": "segmentCovariance",
  "segment-gamma": "segmentGamma",
  "segment-recency": "segmentRecency",
  "segment-frequency": "segmentFrequency",
  "segment-money": "segmentMoney",
  "segment-use": "segmentUse",
  trees: "forestTrees",
  rounds: "boostingRounds",
  depth: "boostingDepth",
  "class-weights": "classWeights",
  tune: "tune",
  k: "k",
  "gan-steps": "ganSteps",
  "gan-preset": "ganPreset",
  "gan-hidden": "ganHidden",
  "gan-batch": "ganBatch",
  engine: "engine",
  rows: "rows",
  "sample-rows": "sampleRows",
};

const SWITCHES: Readonly<Record<string, keyof Settings>> = {
  quick: "quick",
  "merge-synonyms": "mergeSynonyms",
  "skip-ledger": "skipLedger",
};

/** The text of a flag as the kind of value that its setting holds. */
function readValue(param: Param, text: string): unknown {
  if (param.kind === "integer") return text === "auto" ? 0 : Number(text);
  return param.kind === "choices" || param.kind === "names" ? text.split(",").filter(Boolean) : text;
}

function parse(args: readonly string[]) {
  const options: Record<string, { type: "string" | "boolean"; multiple?: boolean }> = {
    out: { type: "string" },
    steps: { type: "string" },
    language: { type: "string" },
    settings: { type: "string" },
    condition: { type: "string", multiple: true },
    "segment-rule": { type: "string", multiple: true },
  };
  for (const flag of Object.keys(VALUE_FLAGS)) options[flag] = { type: "string" };
  for (const flag of Object.keys(SWITCHES)) options[flag] = { type: "boolean" };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split("\n")[0] : String(error));
  }
}

function chooseFrom<Option extends string>(flag: string, options: readonly Option[], value: string): Option {
  const found = options.find((option) => option === value);
  if (!found) throw new UsageError(`--${flag} must be one of ${options.join(", ")}, got ${value}`);
  return found;
}

function readSettings(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`--settings ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads the command line; `--settings FILE.json` comes first, flags go over it. @throws UsageError */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new UsageError(`one file at a time, got ${positionals.join(" ")}`);
  const given = new Map<string, unknown>();
  if (typeof values.settings === "string")
    for (const [name, value] of Object.entries(readSettings(values.settings))) given.set(name, value);
  for (const [flag, name] of Object.entries(VALUE_FLAGS)) {
    if (typeof values[flag] === "string") given.set(name, readValue(SETTINGS[name], values[flag]));
  }
  for (const [flag, name] of Object.entries(SWITCHES)) if (values[flag] === true) given.set(name, true);
  if (Array.isArray(values.condition)) given.set("conditions", values.condition);
  if (Array.isArray(values["segment-rule"])) given.set("segmentRules", values["segment-rule"]);
  // As on the page, the sample is run quickly unless the settings say otherwise.
  const settings: Record<string, unknown> = { ...defaultValues(SETTINGS), quick: positionals.length === 0 };
  try {
    for (const [name, value] of given) {
      if (!Object.hasOwn(SETTINGS, name)) throw new UsageError(`no setting is called ${name}`);
      settings[name] = parseParam(name, SETTINGS[name as keyof Settings], value);
    }
  } catch (error) {
    if (error instanceof TrendloomError) throw new UsageError(error.message);
    throw error;
  }
  const asked =
    typeof values.steps === "string" ? values.steps.split(",").map((step) => chooseFrom("steps", STEPS, step)) : STEPS;
  return {
    file: positionals[0] ?? null,
    out: typeof values.out === "string" ? values.out : "out",
    steps: STEPS.filter((step) => asked.includes(step)),
    language: chooseFrom("language", LOCALES, typeof values.language === "string" ? values.language : "en"),
    settings: settings as Settings,
  };
}
