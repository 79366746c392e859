import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { rowPermuter } from "../../../src/evaluate/permute-rows.ts";
import { allRows } from "../../../src/table/table.ts";

const GROUPS = Int32Array.from([0, 1, 0, 2, 3, 3, 4, 5, 5, 5, 6, 7]);
const sizeOf = (row: number): number => GROUPS.filter((group) => group === GROUPS[row]).length;

test("without groups, rows are shuffled as the stream alone would", () => {
  const order = allRows(12);
  rowPermuter(null)(order, createRandom(1));
  expect(order).toEqual(createRandom(1).shuffle(allRows(12)));
  const single = allRows(12);
  rowPermuter(allRows(12))(single, createRandom(1));
  expect(single).toEqual(order);
});

test("the targets of a group go together to a group of the same size, and everywhere in time", () => {
  const permute = rowPermuter(GROUPS);
  const order = allRows(12);
  const random = createRandom(2);
  const went = new Set<string>();
  for (let i = 0; i < 400; i++) {
    permute(order, random);
    expect([...order].sort((a, b) => a - b)).toEqual([...allRows(12)]);
    order.forEach((from, row) => {
      went.add(`${from} ${row}`);
      expect(sizeOf(from)).toBe(sizeOf(row));
    });
    for (const [a, b] of [
      [0, 2],
      [4, 5],
      [7, 8],
      [8, 9],
    ])
      expect(GROUPS[order[a]]).toBe(GROUPS[order[b]]);
  }
  // 6 single rows, 4 in pairs, 3 in the group of three: each may stand at every place of its size.
  expect(went.size).toBe(5 * 5 + 4 * 4 + 3 * 3);
});
