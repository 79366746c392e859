import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/setup.mjs";
import { createRandom } from "../../src/core/random.ts";
import type { DataName } from "../scenario.ts";

const SAMPLE = join(root, "public", "samples", "shopping-sample.csv");
const SHOPPING = [join(root, "..", "shared", "data", "shopping_trends.csv"), SAMPLE];

const N_ROWS = 1_000_000;
const N_NORMAL = 12;
const N_COUNTS = 6;

/**
 * 10⁶ rows of 18 columns, then their class, column by column as 32-bit floats: 12 columns standard normal, 6 of whole
 * numbers in [0, 20). The class is the sign of x0 + x1 x2 + (x12 − 9.5) / 6 + noise.
 */
function makeMillion(path: string): void {
  const values = new Float32Array((N_NORMAL + N_COUNTS + 1) * N_ROWS);
  const random = createRandom(20240601);
  for (let column = 0; column < N_NORMAL + N_COUNTS; column++) {
    const stream = random.split(`column-${column}`);
    for (let row = 0; row < N_ROWS; row++) {
      values[column * N_ROWS + row] = column < N_NORMAL ? stream.normal() : stream.integer(20);
    }
  }
  const noise = random.split("noise");
  const at = (column: number, row: number) => values[column * N_ROWS + row];
  for (let row = 0; row < N_ROWS; row++) {
    const score = at(0, row) + at(1, row) * at(2, row) + (at(12, row) - 9.5) / 6 + noise.normal();
    values[(N_NORMAL + N_COUNTS) * N_ROWS + row] = score > 0 ? 1 : 0;
  }
  writeFileSync(`${path}.part`, values);
  renameSync(`${path}.part`, path);
}

const ROWS_PER_WRITE = 10_000;

/** Columns of the sample that hang together; every other one is drawn on its own. */
const LINKED = [
  ["Item Purchased", "Category"],
  ["Gender", "Subscription Status", "Discount Applied", "Promo Code Used"],
];

/** Which columns are drawn from one row of the sample: the linked ones together. */
function drawnTogether(headings: readonly string[]): number[][] {
  const linked = LINKED.map((names) => names.map((name) => headings.indexOf(name)));
  const single = headings.map((_, at) => at).filter((at) => at > 0 && !linked.flat().includes(at));
  return [...linked, ...single.map((at) => [at])];
}

/**
 * 10⁶ rows with the columns of the bundled sample, drawn with a seed, under identifiers of their own: 19 columns, about 117 MB.
 * Columns that determine each other come from one row of the sample, all others each from another, so that rows differ.
 */
function makeMillionCsv(path: string): void {
  const [header, ...lines] = readFileSync(SAMPLE, "utf8").trim().split("\n");
  const sample = lines.map((line) => line.split(","));
  const groups = drawnTogether(header.split(","));
  const random = createRandom(20240602);
  const cells: string[] = [];
  const drawRow = (id: number): string => {
    cells[0] = String(id);
    for (const columns of groups) {
      const from = sample[random.integer(sample.length)];
      for (const at of columns) cells[at] = from[at];
    }
    return `${cells.join(",")}\n`;
  };
  writeFileSync(`${path}.part`, `${header}\n`);
  for (let from = 1; from <= N_ROWS; from += ROWS_PER_WRITE) {
    appendFileSync(`${path}.part`, Array.from({ length: ROWS_PER_WRITE }, (_, i) => drawRow(from + i)).join(""));
  }
  renameSync(`${path}.part`, path);
}

const FILES: Readonly<Record<DataName, string>> = {
  shopping: "shopping.csv",
  million: "million.bin",
  "million-csv": "million-drawn.csv",
};

/** Puts the data into `folder` where it is not there yet; gives the file's name in it. */
export function ensureData(name: DataName, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = FILES[name];
  const path = join(folder, file);
  if (name === "shopping") copyFileSync(SHOPPING.find((candidate) => existsSync(candidate)) ?? "", path);
  else if (!existsSync(path)) (name === "million" ? makeMillion : makeMillionCsv)(path);
  return file;
}
