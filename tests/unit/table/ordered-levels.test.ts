import { expect, test } from "vitest";
import { levelRanks } from "../../../src/table/ordered-levels.ts";

const ranks = (...levels: string[]) => {
  const found = levelRanks(levels);
  return found && [...found];
};

test("frequencies stand by times a year, those of one meaning together", () => {
  expect(ranks("Fortnightly", "Weekly", "Annually", "Quarterly", "Bi-Weekly", "Monthly", "Every 3 Months")).toEqual([
    3, 4, 0, 1, 3, 2, 1,
  ]);
  expect(ranks("Hàng tháng", "hàng tuần", "Hàng năm")).toEqual([1, 2, 0]);
});

test("numeric-looking levels stand by their number", () => {
  expect(ranks("10", "9", "2.5")).toEqual([2, 1, 0]);
  expect(ranks("26-35", "18-25", "36 – 45", "46+")).toEqual([1, 0, 2, 3]);
  expect(ranks("18", "< 18", "> 65")).toEqual([1, 0, 2]);
});

test("words in no known order have none, nor has a choice of two", () => {
  expect(ranks("Weekly", "Monthly", "Never")).toBeNull();
  expect(ranks("red", "green", "blue")).toBeNull();
  expect(ranks("1", "2")).toBeNull();
  expect(ranks("Quarterly", "Every 3 Months", "Weekly")).toBeNull();
});
