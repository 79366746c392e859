import { expect, test } from "vitest";
import { findPlaces } from "../../../src/structure/places.ts";
import { loadText, read } from "../table/reading.ts";

const csv = (heading: string, rows: readonly string[]) => read(`${heading}\n${rows.join("\n")}\n`).table;
const repeat = (value: string, n: number) => Array.from({ length: n }, (_, i) => `${value},${i % 2 ? "a" : "b"}`);

const shopping = loadText("../shared/data/shopping_trends.csv");
test.skipIf(!shopping)("the shopping table's states lie as chance gives", () => {
  const found = findPlaces(read(shopping ?? "").table);
  expect(found).toMatchObject([{ column: "Location", kind: "us-states", nElsewhere: 0, expected: 78 }]);
  expect(found[0].places).toHaveLength(50);
  expect(found[0].places[0]).toEqual({ value: "Montana", count: 96, state: "MT" });
  // scipy.stats.chisquare(table.Location.value_counts())
  expect(found[0].pValue).toBeCloseTo(0.7567124720056922, 12);
});

test("states go by name or two letters in any case, under any heading; a few other rows are counted apart", () => {
  const rows = ["TX", "california", "New  York", "oh", "WA", "Texas"].flatMap((state) => repeat(state, 40));
  const [places] = findPlaces(csv("where,x", [...rows, ...repeat("Ontario", 10)]));
  expect(places).toMatchObject({ column: "where", kind: "us-states", nElsewhere: 10 });
  expect(places.places.map(({ state }) => state)).toContain("NY");
});

test("other places are told by the heading; words that are no places by neither", () => {
  const cities = ["Hanoi", "Hue", "Da Nang"].flatMap((city, i) => repeat(city, 20 * (i + 1)));
  expect(findPlaces(csv("Thành phố,x", cities))).toMatchObject([{ kind: "other", places: { length: 3 } }]);
  expect(
    findPlaces(
      csv(
        "answer,x",
        ["ok", "in", "or"].flatMap((word) => repeat(word, 30)),
      ),
    ),
  ).toEqual([]);
});
