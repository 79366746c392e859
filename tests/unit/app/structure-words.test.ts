import { beforeEach, expect, test } from "vitest";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";
import { gapTitle } from "../../../src/app/screens/data/data-words.ts";
import { duplicatesTitle, nearDuplicateWords } from "../../../src/app/screens/structure/structure-words.ts";
import type { StructureReport } from "../../../src/workers/data.jobs.ts";

const twins = (nRows: number, nGroups: number, nExact: number) =>
  ({ nearDuplicates: { nRows, nGroups, nExact } }) as unknown as StructureReport;

beforeEach(() => locale.choose("en"));

test("near-duplicates are told in the singular and the plural, and exact ones only where there are any", () => {
  expect(nearDuplicateWords(twins(0, 0, 0))).toBe("No row is a near-duplicate of another.");
  expect(nearDuplicateWords(twins(2, 1, 0))).toBe(
    "2 rows are near-duplicates of others, in 1 group. None of them repeats an earlier row exactly.",
  );
  expect(nearDuplicateWords(twins(1200, 500, 1))).toBe(
    "1,200 rows are near-duplicates of others, in 500 groups. 1 of them repeats an earlier row exactly.",
  );
  expect(duplicatesTitle(twins(2, 1, 0))).toBe("2 rows have a near-twin, none repeats an earlier one");
  expect(duplicatesTitle(twins(2, 1, 1))).toBe("1 row repeats an earlier one, 2 have a near-twin");
  expect(duplicatesTitle(twins(9, 4, 5))).toBe("5 rows repeat an earlier one, 9 have a near-twin");
});

test("the title of missing values says whether they are missing together", () => {
  const found = { columns: ["a", "b"], nOther: 5, nComplete: 70 };
  const groups = [
    { columns: [0, 1], nRows: 15 },
    { columns: [0], nRows: 10 },
  ];
  expect(gapTitle({ ...found, groups, nSeveral: 15 })).toBe("Of 30 rows that lack a value, 50.0\u202f% lack several at once");
  expect(gapTitle({ ...found, groups: groups.slice(1), nSeveral: 0 })).toBe(
    "Values are missing one at a time: no row lacks two of these columns",
  );
});
