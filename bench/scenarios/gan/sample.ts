import Papa from "papaparse";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { cellText } from "../../../src/table/table.ts";
import { writeCsv } from "../../../src/table/write-csv.ts";
import { loadNetwork } from "../../data/gan-network.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const N_ROWS = 20_000;

function expectBytes(bytes: Uint8Array): void {
  if (bytes.length < 50 * N_ROWS) throw new Error(`${bytes.length} bytes are too few for ${N_ROWS} rows`);
}

const scenario: Scenario = {
  name: "gan.sample",
  rivalName: "papaparse, unparse of finished rows",
  data: "shopping",
  threads: 1,
  unit: "ms/1000 rows",
  scale: { ours: 1000 / N_ROWS, rival: 1000 / N_ROWS },
  note: "20,000 rows of 18 columns as CSV in UTF-8: ours draws them from the default network (latent rows, network, levels, values) and writes them; the rival is handed the same rows as arrays of text and writes them only, formulas escaped as ours are.",
  async prepare(data) {
    const { create, sampler: samplerOf } = await loadNetwork(data);
    const sampler = samplerOf(create(wasmEngineFactory(false)));
    const draw = async () => (await sampler.sample(N_ROWS, [], createRandom(5))).table;
    const made = await draw();
    const fields = made.columns.map(({ name }) => name);
    const rows = Array.from({ length: N_ROWS }, (_, row) => made.columns.map((column) => cellText(column, row)));
    const unparse = () => new TextEncoder().encode(Papa.unparse({ fields, data: rows }, { escapeFormulae: true }));
    return {
      rows: N_ROWS,
      ours: () => elapsedMs(async () => expectBytes(finish(writeCsv(await draw())))),
      rival: () => elapsedMs(() => expectBytes(unparse())),
      close: () => sampler.dispose(),
    };
  },
};

export default scenario;
