import { describe, expect, it } from "vitest";
import { brokenRowShare, findEmptyCells } from "../../../src/metrics/legal-cells.ts";
import { tableOf } from "../gan/tables.ts";

const rows = (a: string, b: string, n: number) => Array.from({ length: n }, (_, i) => [a, b, String(i % 3 === 0 ? "u" : "v")]);
const real = tableOf(["a", "b", "c"], [...rows("x", "p", 50), ...rows("y", "q", 50), ...rows("y", "p", 20)]);

describe("empty cells", () => {
  it("are those that chance would have filled twelve times", () => {
    const rules = findEmptyCells(real);
    expect(rules).toEqual([{ a: "a", b: "b", expected: (50 * 50) / 120, empty: [["x", "q"]] }]);
  });

  it("are not claimed where too few rows are expected", () => {
    expect(findEmptyCells(tableOf(["a", "b"], [...rows("x", "p", 500), ["y", "q", ""]]))).toEqual([]);
  });

  it("are counted in generated rows whatever the order of levels", () => {
    const made = tableOf(
      ["c", "b", "a"],
      [
        ["u", "q", "x"],
        ["u", "q", "y"],
        ["v", "p", "x"],
        ["v", "q", "x"],
      ],
    );
    expect(brokenRowShare(findEmptyCells(real), made)).toBe(0.5);
    expect(brokenRowShare(findEmptyCells(real), real)).toBe(0);
  });
});
