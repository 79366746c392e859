import type { RepairRule } from "./data-report.ts";
import {
  BOOLEAN_PAIRS,
  categoricalColumn,
  datedColumn,
  inferColumn,
  type NumberReading,
  numericColumn,
  readNumber,
  type TypedColumn,
} from "./infer-schema.ts";
import { isMissingAmongNumbers } from "./missing-values.ts";
import { readDates } from "./parse-date.ts";
import type { DecimalMark } from "./parse-number.ts";
import { type RawColumn, withoutPlain } from "./raw-column.ts";
import type { RetypedColumn, SettableType } from "./table-edits.ts";
import { cleanedEntries, type Entry, type TextRepair } from "./text-entries.ts";

/** Everything that a type makes of a column's texts; what it cannot read is missing, and named by `rule`. */
interface Reading {
  readonly typed: Omit<TypedColumn, "raw">;
  readonly nRead: number;
  readonly nUnreadable: number;
}

const countRows = (entries: readonly Entry[]): number => entries.reduce((sum, { count }) => sum + count, 0);

/** Texts that could not be read, by code; words for a missing value are no failure. */
function failures(entries: readonly Entry[], rule: RepairRule): { repairs: [number, TextRepair][]; nUnreadable: number } {
  const isMissing = ({ text }: Entry) => isMissingAmongNumbers(text);
  return {
    repairs: entries.map((entry) => [entry.code, { became: "", rule: isMissing(entry) ? "missing-token" : rule }]),
    nUnreadable: countRows(entries.filter((entry) => !isMissing(entry))),
  };
}

function asNumbers(raw: RawColumn, entries: readonly Entry[], prefersComma: boolean): Reading {
  const readWith = (mark: DecimalMark): NumberReading & { unread: Entry[]; nRead: number } => {
    const values = new Map<Entry, number>();
    const repairs = new Map<number, TextRepair>();
    const unread = entries.filter((entry) => !readNumber(entry, mark, values, repairs));
    return { values, repairs, unread, nStrays: 0, nRead: countRows([...values.keys()]) };
  };
  const [point, comma] = [readWith("."), readWith(",")];
  const best = comma.nRead > point.nRead || (prefersComma && comma.nRead === point.nRead) ? comma : point;
  const { repairs, nUnreadable } = failures(best.unread, "not-a-number");
  const column = numericColumn(raw, best);
  const typed = { column: column.type === "identifier" ? { ...column, type: "integer" as const } : column };
  return { typed: { ...typed, repairs: new Map([...best.repairs, ...repairs]) }, nRead: best.nRead, nUnreadable };
}

function asDates(raw: RawColumn, entries: readonly Entry[]): Reading {
  const dates = readDates(
    entries.map(({ text }) => text),
    entries.map(({ count }) => count),
  );
  const read = entries.filter((_, at) => !Number.isNaN(dates[at]));
  const { repairs, nUnreadable } = failures(
    entries.filter((_, at) => Number.isNaN(dates[at])),
    "not-a-date",
  );
  const { column, repairs: written } = datedColumn(
    raw,
    read,
    dates.filter((date) => !Number.isNaN(date)),
  );
  return { typed: { column, repairs: new Map([...written, ...repairs]) }, nRead: countRows(read), nUnreadable };
}

/** The pair of answers that most rows give, in whatever case; two texts of any kind are a pair too. */
function answersOf(entries: readonly Entry[]): (entry: Entry) => boolean {
  if (entries.length <= 2) return () => true;
  const rowsOf = (pair: string) => countRows(entries.filter(({ text }) => pair.split("/").includes(text.toLowerCase())));
  const best = [...BOOLEAN_PAIRS].reduce((most, pair) => (rowsOf(pair) > rowsOf(most) ? pair : most));
  return ({ text }) => best.split("/").includes(text.toLowerCase());
}

function asAnswers(raw: RawColumn, entries: readonly Entry[]): Reading {
  const isAnswer = answersOf(entries);
  const read = entries.filter(isAnswer);
  const first = new Map<string, string>();
  for (const { text } of read) if (!first.has(text.toLowerCase())) first.set(text.toLowerCase(), text);
  const isPair = entries.length <= 2;
  const written = (entry: Entry): string => (isPair ? entry.text : (first.get(entry.text.toLowerCase()) ?? entry.text));
  const respelt = read
    .filter((entry) => written(entry) !== entry.text)
    .map((entry): [number, TextRepair] => [entry.code, { became: written(entry), rule: "spelling" }]);
  const { repairs, nUnreadable } = failures(
    entries.filter((entry) => !isAnswer(entry)),
    "not-yes-or-no",
  );
  const column = { ...categoricalColumn(raw, read, written), type: "boolean" as const };
  return { typed: { column, repairs: new Map([...respelt, ...repairs]) }, nRead: countRows(read), nUnreadable };
}

/** Words, every one of them as it stands. */
function asWords(raw: RawColumn, entries: readonly Entry[], type: "categorical" | "identifier" | "text"): Reading {
  const column = { ...categoricalColumn(raw, entries, ({ text }) => text), type };
  return { typed: { column, repairs: new Map() }, nRead: countRows(entries), nUnreadable: 0 };
}

function readAs(type: SettableType, raw: RawColumn, entries: readonly Entry[], prefersComma: boolean): Reading {
  switch (type) {
    case "numeric":
      return asNumbers(raw, entries, prefersComma);
    case "date":
      return asDates(raw, entries);
    case "boolean":
      return asAnswers(raw, entries);
    default:
      return asWords(raw, entries, type);
  }
}

/**
 * A column of text read as the type that the user wants, whatever the values suggest: what cannot be read so is missing, and
 * among the repairs. Where nothing can, the column keeps the type that `inferColumn` gives. Numbers take the decimal mark, dates
 * the notation that reads the most rows; words, texts and identifiers keep every character.
 */
export function retypeColumn(
  given: RawColumn,
  wanted: SettableType,
  prefersComma: boolean,
): { typed: TypedColumn; retyped: RetypedColumn } {
  const inferred = inferColumn(given, prefersComma);
  const found = inferred.column.type;
  const isSame = found === wanted || (wanted === "numeric" && found === "integer");
  const outcome = (typed: TypedColumn, isDone: boolean, nUnreadable: number) => ({
    typed,
    retyped: { column: given.name, inferred: found, wanted, isDone, nUnreadable },
  });
  if (isSame) return outcome(inferred, true, 0);
  if (wanted === "identifier" && inferred.column.kind === "numeric" && found === "integer" && inferred.repairs.size === 0)
    return outcome({ ...inferred, column: { ...inferred.column, type: "identifier" } }, true, 0);
  const raw = withoutPlain(given);
  const { entries, cleaned } = cleanedEntries(raw);
  const { typed, nRead, nUnreadable } = readAs(wanted, raw, entries, prefersComma);
  if (nRead === 0) return outcome(inferred, false, countRows(entries));
  const isWords = typed.column.kind === "categorical";
  const kept = [...cleaned].filter(([, { rule }]) => isWords || rule === "missing-token");
  return outcome({ ...typed, raw, repairs: new Map([...kept, ...typed.repairs]) }, true, nUnreadable);
}
