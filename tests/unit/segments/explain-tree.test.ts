import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { explainByTree } from "../../../src/segments/explain-tree.ts";
import { tableOf } from "../support/load-table.ts";

const random = createRandom(4);
const rows = Array.from({ length: 600 }, () => {
  const age = 18 + random.integer(53);
  const colour = ["red", "green", "blue"][random.integer(3)];
  return { age, colour, label: age >= 45 ? (colour === "red" ? 0 : 1) : 2 };
});
const { columns } = tableOf(
  ["Age", "Colour"],
  rows.map(({ age, colour }) => [String(age), colour]),
);
const labels = Uint8Array.from(rows, ({ label }) => label);

describe("explainByTree", () => {
  test("finds the rules that made the segments, and says how well it sorts rows it has not seen", () => {
    const tree = explainByTree(columns, labels, 3, createRandom(1));
    expect(tree).toMatchObject({ accuracy: 1, depth: 2, nTrainRows: 420, nTestRows: 180 });
    expect(tree.baseline).toBeGreaterThan(0.4);
    expect(tree.baseline).toBeLessThan(0.62);
    expect(tree.leaves.map(({ segment, purity }) => [segment, purity])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(tree.leaves[0].bounds).toEqual([
      { column: "Age", low: 45, high: null, values: [] },
      { column: "Colour", low: null, high: null, values: ["red"] },
    ]);
    expect(tree.leaves[2].bounds).toEqual([{ column: "Age", low: null, high: 44, values: [] }]);
    expect(tree.leaves.reduce((sum, { size }) => sum + size, 0)).toBe(600);
  });

  test("does no better than the commonest segment where columns tell nothing", () => {
    const lot = createRandom(9);
    const drawn = labels.map(() => lot.integer(3));
    const tree = explainByTree(columns, drawn, 3, createRandom(1));
    expect(tree.accuracy).toBeLessThan(tree.baseline + 0.12);
    expect(tree.depth).toBeLessThanOrEqual(3);
  });

  test("sorts rows with missing values, too", () => {
    const holes = tableOf(
      ["Age", "Colour"],
      rows.map(({ age, colour }, i) => [i % 10 === 0 ? "" : String(age), i % 7 === 0 ? "" : colour]),
    );
    const tree = explainByTree(holes.columns, labels, 3, createRandom(1));
    expect(tree.accuracy).toBeGreaterThan(0.75);
    expect(tree.leaves.reduce((sum, { size }) => sum + size, 0)).toBe(600);
  });
});
