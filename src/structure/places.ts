import { chiSquareSurvival } from "../metrics/chi-square.ts";
import { countLevels } from "../table/column-summary.ts";
import { foldName } from "../table/known-columns.ts";
import type { CategoricalColumn, Table } from "../table/table.ts";
import type { PlaceColumn } from "./structure-report.ts";

const STATES =
  "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming";

const CODE_OF: ReadonlyMap<string, string> = new Map(
  STATES.split("|").flatMap((entry): [string, string][] => {
    const code = entry.slice(0, 2);
    return [
      [code.toLowerCase(), code],
      [entry.slice(3).toLowerCase(), code],
    ];
  }),
);
/** Headings over places, folded (`foldName`). */
const PLACE_WORDS: ReadonlySet<string> = new Set(
  "location,country,state,province,city,region,county,town,dia diem,quoc gia,tinh,tinh thanh,thanh pho,khu vuc,noi o".split(","),
);
/** Levels that must be states, and rows that must stand in them. */
const MIN_STATES = 5;
const MIN_STATE_SHARE = 0.9;
const MAX_PLACES = 500;

const stateCode = (level: string): string | null => CODE_OF.get(level.trim().toLowerCase().replace(/\s+/g, " ")) ?? null;

function describe(column: CategoricalColumn): PlaceColumn | null {
  const { counts } = countLevels(column);
  const present = column.levels.map((value, code) => ({ value, count: counts[code], state: stateCode(value) }));
  const places = present.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const total = places.reduce((sum, { count }) => sum + count, 0);
  const inStates = places.filter(({ state }) => state !== null);
  const nInStates = inStates.reduce((sum, { count }) => sum + count, 0);
  const isStates = inStates.length >= MIN_STATES && nInStates >= MIN_STATE_SHARE * total;
  if (!isStates && !(PLACE_WORDS.has(foldName(column.name)) && places.length > 1)) return null;
  const shown = isStates ? inStates : places;
  const n = isStates ? nInStates : total;
  const expected = n / shown.length;
  const statistic = shown.reduce((sum, { count }) => sum + (count - expected) ** 2 / expected, 0);
  return {
    column: column.name,
    kind: isStates ? "us-states" : "other",
    places: shown,
    nElsewhere: total - n,
    expected,
    pValue: chiSquareSurvival(statistic, shown.length - 1),
  };
}

/**
 * Columns that hold places: US states by name or two letters (at least five of them, in at least 90 % of the rows), else those
 * whose heading says so. With them Pearson's χ² test of equally many rows in each place that occurs. O(nRows) for each.
 */
export function findPlaces(table: Table): PlaceColumn[] {
  return table.columns
    .filter((column): column is CategoricalColumn => column.kind === "categorical" && column.type === "categorical")
    .filter((column) => column.levels.length <= MAX_PLACES)
    .map(describe)
    .filter((places) => places !== null);
}
