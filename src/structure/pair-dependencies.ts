import { exp, log } from "../core/exp-log.ts";
import { getColumn, selectColumns, type Table } from "../table/table.ts";
import { type CodedColumn, codeValues, nPresentCodes } from "./coded-column.ts";
import { mapping } from "./dependencies.ts";
import { sampleRows } from "./sample-rows.ts";
import type { Dependency } from "./structure-report.ts";

const MAX_CHANCE_LOG = log(1e-6);
const MIN_ROWS_PER_CELL = 5;
const MAX_CELLS = 20_000;
/** Rows on which a rule must hold before all rows are asked. */
const SCREEN_ROWS = 20_000;
/** Triples grow with the cube of the columns: beyond these, pairs decide nothing here. */
const MAX_COLUMNS = 40;

/** Both columns as one: a code for each pair of values that occurs. */
function joinCodes(a: CodedColumn, b: CodedColumn): CodedColumn | null {
  const width = b.nCodes + 1;
  const size = (a.nCodes + 1) * width;
  if (size > MAX_CELLS) return null;
  const codeOf = new Int32Array(size).fill(-1);
  let nCodes = 0;
  const codes = new Int32Array(a.codes.length);
  for (let row = 0; row < codes.length; row++) {
    const cell = (a.codes[row] < 0 ? a.nCodes : a.codes[row]) * width + (b.codes[row] < 0 ? b.nCodes : b.codes[row]);
    if (codeOf[cell] < 0) codeOf[cell] = nCodes++;
    codes[row] = codeOf[cell];
  }
  return { name: `${a.name}\u0000${b.name}`, codes, nCodes };
}

/**
 * Log of the chance that the cells of (given, other) would each hold one value of `to` if `other` added nothing to what `given`
 * tells: Σ over cells log Σ_y p(y | given)^n.
 */
function chanceLogGiven(cells: CodedColumn, given: CodedColumn, to: CodedColumn): number {
  const width = to.nCodes + 1;
  const counts = new Float64Array((given.nCodes + 1) * width);
  const totals = new Float64Array(given.nCodes + 1);
  const nInCell = new Int32Array(cells.nCodes);
  const givenOf = new Int32Array(cells.nCodes);
  for (let row = 0; row < cells.codes.length; row++) {
    const x = given.codes[row] < 0 ? given.nCodes : given.codes[row];
    counts[x * width + (to.codes[row] < 0 ? to.nCodes : to.codes[row])]++;
    totals[x]++;
    nInCell[cells.codes[row]]++;
    givenOf[cells.codes[row]] = x;
  }
  let sum = 0;
  nInCell.forEach((n, cell) => {
    const x = givenOf[cell];
    let same = 0;
    for (let y = 0; y < width; y++) {
      const share = counts[x * width + y] / totals[x];
      if (share > 0) same += exp(n * log(share));
    }
    sum += same > 0 ? log(same) : -1_000;
  });
  return sum;
}

/** The rule over all rows, or null where one of them breaks it. */
function overAllRows(rule: Dependency, table: Table): Dependency | null {
  const [a, b, to] = [...rule.from, rule.to].map((name) => codeValues(getColumn(table, name)));
  const cells = joinCodes(a, b);
  return cells && mapping(cells, to) ? { ...rule, nFrom: cells.nCodes, nTo: nPresentCodes(to) } : null;
}

/**
 * Pairs of columns that together tell a third in every row where neither does alone, that chance would not make, and in which
 * both columns are needed. At most 40 columns, in their order. O(nRows × nColumns³) at worst, over at most 20,000 rows; most
 * triples end at their first contradiction, and what holds on those rows is tried on all.
 */
export function findPairDependencies(table: Table, names: readonly string[], known: readonly Dependency[]): Dependency[] {
  const sampled = sampleRows(selectColumns(table, names.slice(0, MAX_COLUMNS)), SCREEN_ROWS);
  const found = findInSample(sampled, known);
  return sampled.nRows === table.nRows ? found : found.map((rule) => overAllRows(rule, table)).filter((rule) => rule !== null);
}

function findInSample(table: Table, known: readonly Dependency[]): Dependency[] {
  const coded = table.columns
    .map(codeValues)
    .map((column) => ({ column, nValues: nPresentCodes(column) }))
    .filter(({ nValues }) => nValues > 1);
  const alone = (from: string, to: string) =>
    known.some((rule) => rule.from.length === 1 && rule.from[0] === from && rule.to === to);
  const found: Dependency[] = [];
  coded.forEach((a, i) => {
    for (const b of coded.slice(i + 1)) {
      if (alone(a.column.name, b.column.name) || alone(b.column.name, a.column.name)) continue;
      const cells = joinCodes(a.column, b.column);
      if (!cells || cells.nCodes * MIN_ROWS_PER_CELL > cells.codes.length) continue;
      for (const to of coded) {
        if (to === a || to === b || to.nValues > cells.nCodes) continue;
        if (!mapping(cells, to.column) || mapping(a.column, to.column) || mapping(b.column, to.column)) continue;
        const chance = Math.max(chanceLogGiven(cells, a.column, to.column), chanceLogGiven(cells, b.column, to.column));
        if (chance > MAX_CHANCE_LOG) continue;
        found.push({ from: [a.column.name, b.column.name], to: to.column.name, nFrom: cells.nCodes, nTo: to.nValues });
      }
    }
  });
  return found;
}
