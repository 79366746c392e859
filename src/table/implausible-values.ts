import { hasInvisible, showInvisible } from "../core/invisible-characters.ts";
import type { Flag, FlagCount, FlagRule } from "./data-report.ts";
import { type KnownColumn, knownColumn } from "./known-columns.ts";
import { type CategoricalColumn, type Column, cellText, type NumericColumn } from "./table.ts";
import { countValues, type ValueCounts } from "./value-counts.ts";

/** Bounds, both included. */
interface Bounds {
  readonly low: number;
  readonly high: number;
}

const [NEGATIVE, POSITIVE] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
/** What the known columns can hold; wide, so that only slips lie outside. */
const KNOWN_BOUNDS: Partial<Readonly<Record<KnownColumn, Bounds>>> = {
  age: { low: 0, high: 120 },
  purchase_amount: { low: 0, high: POSITIVE },
  review_rating: { low: 0, high: 10 },
  previous_purchases: { low: 0, high: POSITIVE },
};
const DATE_BOUNDS: Bounds = { low: Date.UTC(1900, 0, 1), high: Date.UTC(2101, 0, 1) - 1 };
/** At most this share of a column's values, or one, can stand apart from the others. */
const MAX_APART_SHARE = 0.001;
const MIN_ROWS = 20;
const MAX_SAMPLES = 200;
const MAX_SAMPLES_OF_KIND = 20;

/** Two groups of values, split where the middle of their extent lies. */
interface Halves {
  readonly lower: Bounds;
  readonly upper: Bounds;
  readonly nLower: number;
  readonly nUpper: number;
}

function extent({ values, counts }: ValueCounts, bounds: Bounds): Bounds & { readonly n: number } {
  let [low, high, n] = [POSITIVE, NEGATIVE, 0];
  for (const [i, value] of values.entries()) {
    if (value < bounds.low || value > bounds.high) continue;
    n += counts[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high, n };
}

function halve({ values, counts }: ValueCounts, { low, high }: Bounds): Halves {
  const middle = low / 2 + high / 2;
  let [nLower, lowerHigh, nUpper, upperLow] = [0, low, 0, high];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < low || value > high) continue;
    if (value <= middle) {
      nLower += counts[i];
      if (value > lowerHigh) lowerHigh = value;
    } else {
      nUpper += counts[i];
      if (value < upperLow) upperLow = value;
    }
  }
  return { lower: { low, high: lowerHigh }, upper: { low: upperLow, high }, nLower, nUpper };
}

/**
 * The extent of all values but the few that stand apart: further from the others than these spread. Such values lie alone in
 * one half of the extent, so the extent is halved until no few do. O(different values) a round.
 */
function extentOfMost(counted: ValueCounts, within: Bounds): Bounds {
  let { low, high, n } = extent(counted, within);
  let nLeft = Math.max(1, Math.floor(MAX_APART_SHARE * n));
  while (n >= MIN_ROWS && high > low) {
    const { lower, upper, nLower, nUpper } = halve(counted, { low, high });
    const gap = upper.low - lower.high;
    if (nUpper <= nLeft && gap > lower.high - lower.low) high = lower.high;
    else if (nLower <= nLeft && gap > upper.high - upper.low) low = upper.low;
    else break;
    const nApart = Math.min(nLower, nUpper);
    nLeft -= nApart;
    n -= nApart;
  }
  return { low, high };
}

function boundsOf(column: NumericColumn): Bounds {
  if (column.type === "date") return DATE_BOUNDS;
  const known = knownColumn(column.name);
  return (known && KNOWN_BOUNDS[known]) ?? { low: NEGATIVE, high: POSITIVE };
}

/** Rows whose level holds characters that are not seen: two levels that look alike may be two for such a one. */
function* invisibleValues({ name, levels, codes }: CategoricalColumn, lines: Int32Array): Generator<Flag, void, void> {
  const shown = new Map(
    levels.flatMap((level, code): [number, string][] => (hasInvisible(level) ? [[code, showInvisible(level)]] : [])),
  );
  if (shown.size === 0) return;
  for (let row = 0; row < codes.length; row++) {
    const value = shown.get(codes[row]);
    if (value !== undefined) yield { line: lines[row], column: name, value, rule: "invisible-characters", low: "", high: "" };
  }
}

/**
 * The values of a column that are hardly meant: outside what such a column can hold (`out-of-range`), or further from all
 * others than these are from each other (`far-from-others`), or text with characters that are not seen. They are named, not changed. `lines[row]` is a row's line.
 */
export function* implausibleValues(column: Column, lines: Int32Array): Generator<Flag, void, void> {
  if (column.kind === "categorical") yield* invisibleValues(column, lines);
  if (column.kind !== "numeric" || column.type === "identifier") return;
  const possible = boundsOf(column);
  const most = column.type === "date" ? possible : extentOfMost(countValues(column.values, column.step), possible);
  const textOf = (value: number) => (Number.isFinite(value) ? cellText({ ...column, values: Float64Array.of(value) }, 0) : "");
  const flag = (row: number, rule: FlagRule, { low, high }: Bounds): Flag => ({
    line: lines[row],
    column: column.name,
    value: cellText(column, row),
    rule,
    low: textOf(low),
    high: textOf(high),
  });
  for (let row = 0; row < column.values.length; row++) {
    const value = column.values[row];
    if (value < possible.low || value > possible.high) yield flag(row, "out-of-range", possible);
    else if (value < most.low || value > most.high) yield flag(row, "far-from-others", most);
  }
}

/** Counts flags and keeps the first of each kind. */
export class FlagLog {
  private readonly counts = new Map<string, FlagCount & { count: number }>();
  private readonly samples: Flag[] = [];
  private count = 0;

  add(flag: Flag): void {
    const { column, rule, line, low, high } = flag;
    const key = `${rule}\n${column}`;
    const kind = this.counts.get(key) ?? { column, rule, count: 0, firstLine: line, low, high };
    kind.count++;
    this.counts.set(key, kind);
    this.count++;
    if (kind.count <= MAX_SAMPLES_OF_KIND && this.samples.length < MAX_SAMPLES) this.samples.push(flag);
  }

  finish(): { count: number; samples: readonly Flag[]; counts: readonly FlagCount[] } {
    return { count: this.count, samples: this.samples.sort((a, b) => a.line - b.line), counts: [...this.counts.values()] };
  }
}
