import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { agreementInformation, chanceAgreement } from "../../../src/structure/agreement.ts";
import { codeValues } from "../../../src/structure/coded-column.ts";
import { findDuplicateGroups } from "../../../src/structure/duplicates.ts";
import { allRows, type Column, concatTables, selectColumns, type Table, takeRows } from "../../../src/table/table.ts";
import { loadTable } from "../support/load-table.ts";
import { categorical, table } from "../support/make-table.ts";

/** Rows of `nColumns` codes, of which every other repeats an earlier one with up to `nChanges` changes. */
function withNearCopies(nRows: number, nColumns: number, nChanges: number, seed: number): Table {
  const random = createRandom(seed);
  const rows: number[][] = [];
  for (let i = 0; i < nRows; i++) {
    const row = Array.from({ length: nColumns }, (_, column) => random.integer(3 + 2 * column));
    if (i % 2 === 1) {
      row.splice(0, nColumns, ...rows[random.integer(i)]);
      for (let change = random.integer(nChanges + 1); change > 0; change--) row[random.integer(nColumns)] = random.integer(9);
    }
    rows.push(row);
  }
  return table(
    ...Array.from({ length: nColumns }, (_, column) =>
      categorical(
        `c${column}`,
        rows.map((row) => String(row[column])),
      ),
    ),
  );
}

/** All pairs compared, joined by walking until nothing changes: the twin of bands and sets. */
function naiveGroups({ columns, nRows }: Table): number[] {
  const codes = columns.map((column) => (column.kind === "categorical" ? column.codes : new Int32Array(nRows)));
  const information = codes.map((column) => {
    const counts = new Map<number, number>();
    for (const code of column) counts.set(code, (counts.get(code) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum - (count / nRows) * Math.log(count / nRows), 0);
  });
  const coded = columns.map((column) => codeValues(column));
  const ordered = [...coded].sort((a, b) => information[coded.indexOf(b)] - information[coded.indexOf(a)]);
  const informationOf = agreementInformation(ordered, nRows);
  const whole = information.reduce((a, b) => a + b, 0);
  const isNear = (a: number, b: number) => {
    const equal = codes.map((column) => column[a] === column[b]);
    const share = equal.filter(Boolean).length / equal.length;
    if (equal.every(Boolean)) return true;
    if (informationOf(a, b) <= chanceAgreement(nRows)) return false;
    return share >= 0.7 && information.reduce((sum, part, i) => sum + (equal[i] ? part : 0), 0) >= 0.6 * whole - 1e-9;
  };
  const group = [...allRows(nRows)];
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (let a = 0; a < nRows; a++)
      for (let b = 0; b < nRows; b++)
        if (group[a] > group[b] && isNear(a, b)) {
          group[a] = group[b];
          isChanged = true;
        }
  }
  return group;
}

const sameGroups = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  const seen = new Map<number, number>();
  const back = new Map<number, number>();
  return Array.from(a).every((group, row) => {
    const [known, knownBack] = [seen.get(group) ?? b[row], back.get(b[row]) ?? group];
    seen.set(group, known);
    back.set(b[row], knownBack);
    return known === b[row] && knownBack === group;
  });
};

test.each([1, 2, 3, 4, 5, 6])("bands lose no pair (seed %i)", (seed) => {
  const rows = withNearCopies(120, 9, 3, seed);
  const { groupOf, nGroups } = findDuplicateGroups(rows);
  expect(nGroups).toBeGreaterThan(20);
  expect(nGroups).toBeLessThan(110);
  expect(sameGroups(groupOf, naiveGroups(rows))).toBe(true);
});

test("exact copies are counted apart; the order of rows does not matter", () => {
  const rows = withNearCopies(60, 6, 0, 9);
  const found = findDuplicateGroups(rows);
  expect(found.nExactDuplicates).toBe(30);
  const order = createRandom(1).shuffle(allRows(60));
  const shuffled = findDuplicateGroups(takeRows(rows, order));
  expect(
    sameGroups(
      shuffled.groupOf,
      order.map((row) => found.groupOf[row]),
    ),
  ).toBe(true);
});

const real = loadTable("../shared/data/shopping_trends.csv");
const telco = loadTable("../shared/data/telco_churn.csv");

test.skipIf(!telco)("customers with few services look alike, and are no copies of each other", () => {
  if (!telco) return;
  const names = telco.columns.map(({ name }) => name).filter((name) => name !== "customerID");
  const { groupOf, nNearDuplicates, nExactDuplicates } = findDuplicateGroups(selectColumns(telco, names));
  expect(nExactDuplicates).toBe(22);
  expect(nNearDuplicates).toBeLessThanOrEqual(400);
  const sizes = new Map<number, number>();
  for (const group of groupOf) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  expect(Math.max(...sizes.values())).toBeLessThanOrEqual(4);
});

test.skipIf(!real)("jittered copies of real customers are found, and hardly anything else", () => {
  if (!real) return;
  const customers = selectColumns(
    real,
    real.columns.map(({ name }) => name).filter((name) => name !== "Customer ID"),
  );
  expect(findDuplicateGroups(customers).nNearDuplicates).toBeLessThanOrEqual(4);
  const random = createRandom(3);
  const rows = Int32Array.from({ length: 1354 }, () => random.integer(customers.nRows));
  const jitter = (column: Column): Column =>
    column.kind === "numeric" ? { ...column, values: column.values.map((value) => value + Math.round(random.normal())) } : column;
  const copies = { nRows: rows.length, columns: takeRows(customers, rows).columns.map(jitter) };
  const { groupOf } = findDuplicateGroups(concatTables(customers, copies));
  rows.forEach((row, i) => {
    expect(groupOf[customers.nRows + i]).toBe(groupOf[row]);
  });
});

test("the same columns are searched once, others anew", () => {
  const made = withNearCopies(200, 6, 1, 5);
  const groups = findDuplicateGroups(made);
  expect(findDuplicateGroups({ ...made, columns: [...made.columns] })).toBe(groups);
  const fewer = { ...made, columns: made.columns.slice(0, 5) };
  expect(findDuplicateGroups(fewer)).toEqual(findDuplicateGroups(takeRows(fewer, allRows(made.nRows))));
  expect(findDuplicateGroups({ ...made, columns: made.columns.with(5, { ...made.columns[5] }) })).not.toBe(groups);
});
