import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import { makeTask } from "../../../src/table/task.ts";
import type { ExportCase } from "./export-cases.ts";

/**
 * A file as untidy as the reader takes it: a mark, semicolons, decimal commas and grouped thousands, currencies, per cents,
 * days before months, several words for "missing", quotes, escaped formulas, 1.0 for 1, headings empty and repeated.
 */
export function messyFile(): ExportCase {
  const random = createRandom(3);
  const pick = <Item>(items: readonly Item[]): Item => items[random.integer(items.length)];
  const lines = ['Since;" Spend ";Rate;Flag;;Grade;Grade;Kept'];
  for (let row = 0; row < 240; row++) {
    const day = `${1 + random.integer(28)}/${1 + random.integer(12)}/${2019 + random.integer(5)}`;
    const cents = `${random.integer(100)}`.padStart(2, "0");
    const spend = pick([`€1.${100 + random.integer(899)},${cents}`, `€${random.integer(900)},${cents}`, "(€5,50)", "none", "?"]);
    const rate = pick([`${random.integer(100)} %`, `${random.integer(100)},5%`, "N/A", "unknown"]);
    const flag = pick(["1", "0", "1,0", "0,00", "", "-"]);
    const city = pick(["Huế", '"Đà; Nẵng"', '"a ""b"""', " Hội An ", "'=SUM(A1)", "none", "null", ""]);
    const kept = spend.length > 6 !== (flag === "0") || random.integer(6) === 0 ? "yes" : "no";
    lines.push(
      [row % 17 === 0 ? "NA" : day, spend, rate, flag, city, pick(["A+", "A-", "a+"]), pick(["x", "y"]), kept].join(";"),
    );
  }
  const file = new TextEncoder().encode(`\ufeff${lines.join("\r\n")}\r\n`);
  const { table } = finish(readCsv(file.buffer));
  return { name: "untidy file", task: makeTask(table, "Kept", () => "feature", 2), train: table, rows: table, file };
}
