import Papa from "papaparse";
import { finishAsync } from "../../../src/core/progress.ts";
import { readCsvStream } from "../../../src/table/read-csv.ts";
import { fileSource } from "../../../src/workers/file-source.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const N_ROWS = 1_000_000;

/** The rival's own way with files: objects by header, with its own guess at each cell's type. */
function parseAlone(file: File): Promise<number> {
  return new Promise((resolve, reject) => {
    Papa.parse<Record<string, unknown>>(file, {
      header: true,
      dynamicTyping: true,
      skipEmptyLines: true,
      complete: ({ data }) => resolve(data.length),
      error: reject,
    });
  });
}

function expectRows(nRows: number): void {
  if (nRows !== N_ROWS) throw new Error(`${nRows} rows were read`);
}

const scenario: Scenario = {
  name: "reader.1m",
  rivalName: "papaparse, header + dynamicTyping",
  data: "million-csv",
  threads: 1,
  unit: "ms",
  note: "Whole read of a file of 19 columns to typed columns, repairs and flags listed; the rival's result is an array of objects.",
  async prepare({ url }) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const file = new File([await response.blob()], "million.csv");
    return {
      rows: N_ROWS,
      ours: () => elapsedMs(async () => expectRows((await finishAsync(readCsvStream(fileSource(file)))).table.nRows)),
      rival: () => elapsedMs(async () => expectRows(await parseAlone(file))),
    };
  },
};

export default scenario;
