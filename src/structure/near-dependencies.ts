import { type Column, cellText, selectColumns, type Table } from "../table/table.ts";
import { type CodedColumn, codeValues, countCodes, nPresentCodes } from "./coded-column.ts";
import { sampleRows } from "./sample-rows.ts";
import type { NearDependency, RuleException } from "./structure-report.ts";

const MIN_ROWS_PER_VALUE = 5;
const MAX_VALUES = 1_000;
const MAX_CELLS = 200_000;
/** A rule may fail in this share of the rows, and in this share of those without the commonest value. */
const MAX_EXCEPTIONS_SHARE = 0.01;
const MAX_EXCEPTIONS_OF_MINORITY = 0.05;
const MAX_EXCEPTIONS_LISTED = 20;
/** Rows on which a rule must nearly hold, twice as many exceptions allowed, before all rows are asked. */
const SCREEN_ROWS = 20_000;
const SCREEN_SLACK = 2;

/** Commonest value of `to` for each value of `from` (missing is one), or null where too many rows have another. */
function nearMapping(
  from: CodedColumn,
  to: CodedColumn,
  maxExceptions: number,
): { image: Int32Array; nExceptions: number } | null {
  const width = to.nCodes + 1;
  const counts = new Int32Array((from.nCodes + 1) * width);
  for (let row = 0; row < from.codes.length; row++) {
    const x = from.codes[row] < 0 ? from.nCodes : from.codes[row];
    counts[x * width + (to.codes[row] < 0 ? to.nCodes : to.codes[row])]++;
  }
  const image = new Int32Array(from.nCodes + 1);
  let nExceptions = 0;
  for (let x = 0; x <= from.nCodes; x++) {
    let [best, total] = [0, 0];
    for (let y = 0; y < width; y++) {
      const count = counts[x * width + y];
      total += count;
      if (count > counts[x * width + best]) best = y;
    }
    image[x] = best;
    nExceptions += total - counts[x * width + best];
    if (nExceptions > maxExceptions) return null;
  }
  return { image, nExceptions };
}

/** Text of each code; "" for missing, which is the last. */
function textsOf(column: Column, coded: CodedColumn): string[] {
  const texts = new Array<string>(coded.nCodes + 1).fill("");
  const isKnown = new Uint8Array(coded.nCodes);
  for (let row = 0; row < coded.codes.length; row++) {
    const code = coded.codes[row];
    if (code < 0 || isKnown[code]) continue;
    isKnown[code] = 1;
    texts[code] = cellText(column, row);
  }
  return texts;
}

function listExceptions(from: CodedColumn, to: CodedColumn, image: Int32Array, column: Column): RuleException[] {
  const texts = textsOf(column, to);
  const found: RuleException[] = [];
  for (let row = 0; row < from.codes.length && found.length < MAX_EXCEPTIONS_LISTED; row++) {
    const expected = image[from.codes[row] < 0 ? from.nCodes : from.codes[row]];
    const value = to.codes[row] < 0 ? to.nCodes : to.codes[row];
    if (value !== expected) found.push({ row: row + 1, value: texts[value], expected: texts[expected] });
  }
  return found;
}

interface Candidate {
  readonly column: Column;
  readonly codes: CodedColumn;
  readonly nValues: number;
  readonly commonest: number;
}

function describe(column: Column): Candidate {
  const codes = codeValues(column);
  const counts = countCodes(codes);
  const commonest = counts.reduce((most, count) => Math.max(most, count), 0);
  return { column, codes, nValues: nPresentCodes(codes), commonest };
}

const maxExceptions = (nRows: number, commonest: number): number =>
  Math.min(MAX_EXCEPTIONS_SHARE * nRows, MAX_EXCEPTIONS_OF_MINORITY * (nRows - commonest));

/** Pairs that nearly hold on the rows given. */
function* nearPairs(columns: readonly Candidate[], slack: number): Generator<[Candidate, Candidate]> {
  for (const from of columns) {
    const nRows = from.codes.codes.length;
    if (from.nValues < 2 || from.nValues > MAX_VALUES || from.nValues * MIN_ROWS_PER_VALUE > nRows) continue;
    for (const to of columns) {
      if (from === to || to.nValues < 2 || to.nValues > from.nValues) continue;
      if ((from.codes.nCodes + 1) * (to.codes.nCodes + 1) > MAX_CELLS) continue;
      if (nearMapping(from.codes, to.codes, slack * maxExceptions(nRows, to.commonest))) yield [from, to];
    }
  }
}

/**
 * Dependencies between single columns that hold in at least 99 % of the rows but not in all, and that leave at most 5 % of the
 * rows without the commonest value unexplained: a rule with slips in it. Near-equal columns are found both ways; the way from
 * the column that stands first is given. O(nRows × nColumns²) over at most 20,000 rows; what holds there is tried on all.
 */
export function findNearDependencies(table: Table, names: readonly string[]): NearDependency[] {
  const screened = sampleRows(selectColumns(table, names), SCREEN_ROWS);
  const pairs = nearPairs(screened.columns.map(describe), screened.nRows === table.nRows ? 1 : SCREEN_SLACK);
  const whole = new Map(table.columns.map((column) => [column.name, column]));
  const found: NearDependency[] = [];
  for (const [a, b] of pairs) {
    const [from, to] = [a, b].map(({ column }) => describe(whole.get(column.name) ?? column));
    if (found.some((rule) => rule.from[0] === to.column.name && rule.to === from.column.name)) continue;
    const near = nearMapping(from.codes, to.codes, maxExceptions(table.nRows, to.commonest));
    if (!near || near.nExceptions === 0) continue;
    found.push({
      from: [from.column.name],
      to: to.column.name,
      nFrom: from.nValues,
      nTo: to.nValues,
      nExceptions: near.nExceptions,
      exceptions: listExceptions(from.codes, to.codes, near.image, to.column),
    });
  }
  return found;
}
