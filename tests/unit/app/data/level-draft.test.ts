import { expect, test } from "vitest";
import {
  editOf,
  editToSave,
  mergeLevels,
  moveLevel,
  renameLevel,
  setOrdered,
  sharedNames,
  splitLevel,
  startDraft,
} from "../../../../src/app/screens/data/level-draft.ts";
import type { FileLabels } from "../../../../src/workers/data.jobs.ts";

const file: FileLabels = {
  labels: [
    { label: "Monthly", count: 9, rank: 1 },
    { label: "Weekly", count: 7, rank: 3 },
    { label: "Bi-Weekly", count: 5, rank: 2 },
    { label: "Fortnightly", count: 4, rank: 2 },
    { label: "Annually", count: 1, rank: 0 },
  ],
  nLabels: 5,
  synonyms: [["Bi-Weekly", "Fortnightly"]],
};
const names = (draft: ReturnType<typeof startDraft>) => draft.levels.map(({ name }) => name);

test("begins with the labels of the file, with those of one meaning together where these are merged", () => {
  expect(names(startDraft(file, null, false))).toEqual(["Monthly", "Weekly", "Bi-Weekly", "Fortnightly", "Annually"]);
  expect(editOf(startDraft(file, null, false))).toBeNull();
  const merged = startDraft(file, null, true);
  expect(names(merged)).toEqual(["Bi-Weekly", "Monthly", "Weekly", "Annually"]);
  expect(editOf(merged)).toEqual({ groups: [["Bi-Weekly", "Bi-Weekly", "Fortnightly"]], isOrdered: false });
});

test("begins with what was set before, without labels that the file has not", () => {
  const edit = { groups: [["Rarely", "Annually", "Never"], ["Gone"], ["Weekly"]], isOrdered: true };
  const draft = startDraft(file, edit, true);
  expect(names(draft)).toEqual(["Rarely", "Weekly", "Monthly", "Bi-Weekly", "Fortnightly"]);
  expect(draft.isOrdered).toBe(true);
});

test("levels are renamed, merged into the first of those chosen, and split again", () => {
  const start = startDraft(file, null, false);
  const merged = mergeLevels(renameLevel(start, 2, "Every 2 weeks"), [3, 2]);
  expect(names(merged)).toEqual(["Monthly", "Weekly", "Every 2 weeks", "Annually"]);
  expect(editOf(merged)).toEqual({ groups: [["Every 2 weeks", "Bi-Weekly", "Fortnightly"]], isOrdered: false });
  expect(splitLevel(merged, 2)).toEqual(start);
  expect(mergeLevels(start, [1])).toEqual(start);
  expect(editOf(renameLevel(start, 0, "  "))).toBeNull();
});

test("an order begins as the words have it, moves by one, and names all levels", () => {
  const ordered = setOrdered(mergeLevels(startDraft(file, null, false), [2, 3]), file, true);
  expect(names(ordered)).toEqual(["Annually", "Monthly", "Bi-Weekly", "Weekly"]);
  const moved = moveLevel(ordered, 0, 1);
  expect(editOf(moved)).toEqual({
    groups: [["Monthly"], ["Annually"], ["Bi-Weekly", "Bi-Weekly", "Fortnightly"], ["Weekly"]],
    isOrdered: true,
  });
  expect(moveLevel(ordered, 0, -1)).toEqual(ordered);
  expect(moveLevel(ordered, 3, 4)).toEqual(ordered);
  expect(setOrdered(moved, file, false)).toEqual({ ...moved, isOrdered: false });
});

test("labels that are merged everywhere else are named where they stay apart", () => {
  const apart = startDraft(file, null, false);
  expect(editToSave(apart, file, false)).toBeNull();
  const edit = editToSave(apart, file, true);
  expect(edit).toEqual({ groups: [["Bi-Weekly"], ["Fortnightly"]], isOrdered: false });
  expect(startDraft(file, edit, true).levels).toHaveLength(5);
});

test("names that two levels share are said", () => {
  expect(sharedNames(renameLevel(startDraft(file, null, false), 0, "Weekly "))).toEqual(["Weekly"]);
  expect(sharedNames(startDraft(file, null, false))).toEqual([]);
});
