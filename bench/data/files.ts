import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/setup.mjs";
import { createRandom } from "../../src/core/random.ts";
import type { DataName } from "../scenario.ts";

const SHOPPING = [
  join(root, "..", "shared", "data", "shopping_trends.csv"),
  join(root, "public", "samples", "shopping-sample.csv"),
];

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

/** Puts the data into `folder` where it is not there yet; gives the file's name in it. */
export function ensureData(name: DataName, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = name === "shopping" ? "shopping.csv" : "million.bin";
  const path = join(folder, file);
  if (name === "million") {
    if (!existsSync(path)) makeMillion(path);
  } else copyFileSync(SHOPPING.find((candidate) => existsSync(candidate)) ?? "", path);
  return file;
}
