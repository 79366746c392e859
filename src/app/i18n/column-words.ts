import type { KnownColumn } from "../../table/known-columns.ts";
import { m } from "./paraglide/messages.js";
import { getLocale } from "./paraglide/runtime.js";

type NoInputs = () => string;

const messages = m as unknown as Readonly<Record<string, NoInputs | undefined>>;

/** What a column is called on the page: in Vietnamese for the known columns, else as in the file. Exports keep the file's name. */
export function columnLabel(name: string, known: KnownColumn | null): string {
  if (known === null || getLocale() === "en") return name;
  return messages[`column_${known}`]?.() ?? name;
}

/** The other language's name of a known column, shown small beside the first; null for any other column. */
export function columnSecondLabel(known: KnownColumn | null): string | null {
  if (known === null) return null;
  return messages[`column_${known}`]
    ? (m[`column_${known}`]({}, { locale: getLocale() === "en" ? "vi" : "en" }) as string)
    : null;
}

/** What a value of a known column is called on the page; any other value stands as in the file. */
export function valueLabel(value: string, known: KnownColumn | null): string {
  if (known === null || getLocale() === "en") return value;
  return messages[`value_${value.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`]?.() ?? value;
}
