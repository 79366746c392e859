import { TrendloomError } from "../core/errors.ts";
import { type AsyncWork, finish } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { wasmEngineFactory } from "../gan/engine-wasm.ts";
import type { GeneratorData, GeneratorSummary } from "../gan/generator.types.ts";
import { restoreSampler } from "../gan/generator-data.ts";
import { readGenerator } from "../gan/generator-text.ts";
import { labelOrigin } from "../table/extend-table.ts";
import { cellText, type Table } from "../table/table.ts";
import { writeCsv, writeRecord } from "../table/write-csv.ts";
import type { GeneratorJobs, SampledRows } from "./generator.jobs.ts";

const N_PREVIEW = 5;

/** Names that one of two lists of columns has and the other has not, or has as another kind. */
function differing(a: GeneratorSummary["columns"], b: GeneratorSummary["columns"]): string[] {
  const kinds = (columns: GeneratorSummary["columns"]) => new Map(columns.map(({ name, kind }) => [name, kind]));
  const [ofA, ofB] = [kinds(a), kinds(b)];
  return [...new Set([...ofA.keys(), ...ofB.keys()])].filter((name) => ofA.get(name) !== ofB.get(name));
}

/**
 * A saved generator of rows with just these columns.
 * @throws TrendloomError generator-damaged, generator-newer, generator-other-table
 */
export async function openGenerator({ file, expected }: GeneratorJobs["open"]["input"]): Promise<GeneratorData> {
  const generator = readGenerator(await file.text());
  const columns = differing(generator.columns, expected);
  if (columns.length > 0) throw new TrendloomError("generator-other-table", { columns: columns.join(", ") });
  return generator;
}

function previewOf(table: Table): GeneratorJobs["sample"]["output"]["preview"] {
  const nShown = Math.min(N_PREVIEW, table.nRows);
  return {
    columns: table.columns.map(({ name }) => name),
    rows: Array.from({ length: nShown }, (_, row) => table.columns.map((column) => cellText(column, row))),
  };
}

/** Rows as CSV without the heading. */
function recordsOf(table: Table): Uint8Array<ArrayBuffer> {
  const heading = new TextEncoder().encode(writeRecord(table.columns.map(({ name }) => name)));
  return finish(writeCsv(table)).subarray(heading.length);
}

/**
 * Draws rows from a generator and gives them as pieces of one CSV, so that memory stays bounded whatever their number. They are
 * drawn on our own engine, with the streams of the run that trained it: its rows come first.
 */
export async function* sampleGenerator(
  generator: GeneratorData,
  { nRows, conditions }: GeneratorJobs["sample"]["input"],
): AsyncWork<GeneratorJobs["sample"]["output"], SampledRows> {
  const { engine, seed, stream } = generator.origin;
  const sampler = restoreSampler(generator, wasmEngineFactory(engine === "wasm-exact"));
  const random = createRandom(seed).split(stream).split("rows");
  let done = 0;
  let effectiveSampleSize = 0;
  let preview: ReturnType<typeof previewOf> | null = null;
  try {
    for await (const { table: drawn, effectiveSampleSize: size } of sampler.chunks(nRows, conditions, random)) {
      const isFirst = preview === null;
      preview ??= previewOf(drawn);
      const table = labelOrigin(drawn, { origin: "synthetic", real: null });
      done += table.nRows;
      effectiveSampleSize += size;
      const bytes = isFirst ? finish(writeCsv(table)) : recordsOf(table);
      yield { stage: "sample", done, total: nRows, unit: "row", piece: new Blob([bytes], { type: "text/csv;charset=utf-8" }) };
    }
  } finally {
    sampler.dispose();
  }
  return { nRows: done, effectiveSampleSize, preview: preview ?? { columns: [], rows: [] } };
}
