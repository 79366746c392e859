/**
 * Makes the sample tables of public/samples: `npx tsx scripts/make-samples.ts`.
 * Every value is drawn here from published totals; no row is taken from the original table. See public/samples/README.md.
 */
import { writeFileSync } from "node:fs";
import { exp } from "../src/core/exp-log.ts";
import { createRandom, type Random } from "../src/core/random.ts";
import {
  CATEGORY_TOTALS,
  COLORS,
  FREQUENCIES,
  ITEMS,
  LOCATIONS,
  PAYMENT_METHODS,
  SEASONS,
  SHIPPING_TYPES,
  SIZES,
} from "./sample-levels.ts";

const N_ROWS = 3900;
const SEED = 20260117;
/** The rows are sorted as in the original: subscribers first, then the other discounted, then the other men. */
const LAST_SUBSCRIBER = 1053;
const LAST_DISCOUNT = 1677;
const LAST_MAN = 2652;

type Counts = readonly (readonly [label: string, count: number])[];
type SampleRow = Readonly<Record<string, string | number>>;

/** Splits `total` rows over labels as evenly as chance would: each count near the mean, all summing to `total`. */
function nearlyEven(labels: readonly string[], total: number, low: number, high: number, random: Random): Counts {
  const counts = labels.map(() => Math.floor(total / labels.length));
  for (let rest = total - counts.reduce((sum, count) => sum + count, 0); rest > 0; rest--) counts[rest]++;
  for (let swap = 0; swap < 40 * labels.length; swap++) {
    const [from, to] = [random.integer(labels.length), random.integer(labels.length)];
    if (from === to || counts[from] <= low || counts[to] >= high) continue;
    counts[from]--;
    counts[to]++;
  }
  return labels.map((label, i) => [label, counts[i]]);
}

/** The labels as often as counted, in random order. */
function deal(counts: Counts, random: Random): string[] {
  return random.shuffle(counts.flatMap(([label, count]) => new Array<string>(count).fill(label)));
}

/** Whole numbers in [low, high] whose mean and standard deviation come as near to the given ones as single steps allow. */
function drawIntegers(range: { low: number; high: number; mean: number; sd: number }, random: Random): number[] {
  const { low, high, mean, sd } = range;
  const values = Array.from({ length: N_ROWS }, () => low + random.integer(high - low + 1));
  let sum = values.reduce((total, value) => total + value, 0);
  let squares = values.reduce((total, value) => total + value * value, 0);
  const misfit = (s: number, q: number) => {
    const variance = (q - (s * s) / N_ROWS) / (N_ROWS - 1);
    return Math.abs(s / N_ROWS - mean) + Math.abs(Math.sqrt(variance) - sd);
  };
  for (let step = 0; step < 400_000; step++) {
    const i = random.integer(N_ROWS);
    const moved = values[i] + (random.next() < 0.5 ? -1 : 1);
    const [nextSum, nextSquares] = [sum + moved - values[i], squares + moved * moved - values[i] * values[i]];
    if (moved < low || moved > high || misfit(nextSum, nextSquares) >= misfit(sum, squares)) continue;
    values[i] = moved;
    sum = nextSum;
    squares = nextSquares;
  }
  return values;
}

/** Item counts: the known extremes (Blouse 171, Jeans 124) and the category totals hold, the others are nearly even. */
function itemCounts(random: Random): Counts {
  const fixed: Counts = [
    ["Blouse", 171],
    ["Jeans", 124],
  ];
  return CATEGORY_TOTALS.flatMap(([category, total]) => {
    const own = fixed.filter(([item]) => ITEMS[item] === category);
    const free = Object.keys(ITEMS).filter((item) => ITEMS[item] === category && !own.some(([known]) => known === item));
    const left = total - own.reduce((sum, [, count]) => sum + count, 0);
    return [...own, ...nearlyEven(free, left, 136, 170, random.split(category))];
  });
}

function locationCounts(random: Random): Counts {
  const others = LOCATIONS.filter((state) => state !== "Montana" && state !== "Kansas");
  return [["Montana", 96], ["Kansas", 63], ...nearlyEven(others, N_ROWS - 96 - 63, 64, 95, random)];
}

function makeRows(random: Random): SampleRow[] {
  const stream = (name: string) => random.split(name);
  const dealt = (name: string, counts: Counts) => deal(counts, stream(`deal ${name}`));
  const even = (name: string, labels: readonly string[], slack: number) => {
    const mean = N_ROWS / labels.length;
    return dealt(name, nearlyEven(labels, N_ROWS, mean - slack, mean + slack, stream(`count ${name}`)));
  };
  const numbers = (name: string, low: number, high: number, mean: number, sd: number) =>
    drawIntegers({ low, high, mean, sd }, stream(name));
  const item = dealt("item", itemCounts(stream("count item")));
  const columns: Readonly<Record<string, readonly (string | number)[]>> = {
    Age: numbers("age", 18, 70, 44.07, 15.21),
    "Item Purchased": item,
    Category: item.map((name) => ITEMS[name]),
    "Purchase Amount (USD)": numbers("amount", 20, 100, 59.76, 23.69),
    Location: dealt("location", locationCounts(stream("count location"))),
    Size: dealt("size", SIZES),
    Color: even("color", COLORS, 18),
    Season: dealt("season", SEASONS),
    "Review Rating": numbers("rating", 25, 50, 37.5, 7.16).map((tenths) => tenths / 10),
    "Payment Method": even("payment", PAYMENT_METHODS, 40),
    "Shipping Type": even("shipping", SHIPPING_TYPES, 25),
    "Previous Purchases": numbers("previous", 1, 50, 25.35, 14.45),
    "Preferred Payment Method": even("preferred", PAYMENT_METHODS, 35),
    "Frequency of Purchases": dealt("frequency", FREQUENCIES),
  };
  return Array.from({ length: N_ROWS }, (_, row) => ({
    ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]])),
    "Customer ID": row + 1,
    Gender: row < LAST_MAN ? "Male" : "Female",
    "Subscription Status": row < LAST_SUBSCRIBER ? "Yes" : "No",
    "Discount Applied": row < LAST_DISCOUNT ? "Yes" : "No",
    "Promo Code Used": row < LAST_DISCOUNT ? "Yes" : "No",
  }));
}

/** How much each category adds to a customer's pace of buying, in the planted table. */
const CATEGORY_PACE: Readonly<Record<string, number>> = { Clothing: 0.6, Accessories: 0.1, Footwear: -0.5, Outerwear: -1.2 };
/** Upper limits of the pace for each answer, slowest first; two answers of one meaning are told apart by a coin. */
const PACE_LIMITS: readonly (readonly [limit: number, labels: readonly string[]])[] = [
  [-1.2, ["Annually"]],
  [-0.15, ["Every 3 Months", "Quarterly"]],
  [0.7, ["Monthly"]],
  [2.8, ["Bi-Weekly", "Fortnightly"]],
  [Number.POSITIVE_INFINITY, ["Weekly"]],
];

/** The same customers with a frequency that follows from age, previous purchases, subscription and category, and noise. */
function plantFrequency(rows: readonly SampleRow[], random: Random): SampleRow[] {
  return rows.map((row) => {
    const loyalty = 1 / (1 + exp(-(Number(row["Previous Purchases"]) - 25) / 6)) - 0.5;
    const youth = (44 - Number(row.Age)) / 26;
    const isSubscriber = row["Subscription Status"] === "Yes";
    const pace = 2.2 * loyalty + youth + (isSubscriber ? 0.9 : -0.3) + CATEGORY_PACE[row.Category] + 0.8 * random.normal();
    const labels = PACE_LIMITS.find(([limit]) => pace < limit)?.[1] ?? ["Weekly"];
    return { ...row, "Frequency of Purchases": labels[random.integer(labels.length)] };
  });
}

const HEADINGS = [
  "Customer ID",
  "Age",
  "Gender",
  "Item Purchased",
  "Category",
  "Purchase Amount (USD)",
  "Location",
  "Size",
  "Color",
  "Season",
  "Review Rating",
  "Subscription Status",
  "Payment Method",
  "Shipping Type",
  "Discount Applied",
  "Promo Code Used",
  "Previous Purchases",
  "Preferred Payment Method",
  "Frequency of Purchases",
];

function save(name: string, rows: readonly SampleRow[]): void {
  const lines = [HEADINGS, ...rows.map((row) => HEADINGS.map((heading) => row[heading]))].map((cells) => cells.join(","));
  writeFileSync(new URL(`../public/samples/${name}.csv`, import.meta.url), `${lines.join("\n")}\n`);
}

const random = createRandom(SEED);
const rows = makeRows(random.split("sample"));
save("shopping-sample", rows);
save("shopping-planted", plantFrequency(makeRows(random.split("planted")), random.split("pace")));
