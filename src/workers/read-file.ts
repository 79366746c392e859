import type { AsyncWork } from "../core/progress.ts";
import { describeColumns } from "../table/column-summary.ts";
import { estimateSize } from "../table/estimate-size.ts";
import type { CsvReading } from "../table/finish-reading.ts";
import { MAX_FILE_BYTES } from "../table/read-csv.params.ts";
import { type ByteSource, type ReadOptions, readCsvStream } from "../table/read-csv.ts";
import { fileRandom, stratifiedSample } from "../table/sample-table.ts";

type Options = Pick<ReadOptions, "typeOf" | "keepsAllSkipped">;

/** Of a file too large to be held, rows are drawn as they come: the file's rows are estimated, so the sample's size is near. */
async function* readDrawn(source: ByteSource, nRows: number, nInFile: number, options: Options): AsyncWork<CsvReading> {
  const share = Math.min(1, nRows / Math.max(1, nInFile));
  return yield* readCsvStream(source, () => {
    const random = fileRandom();
    return { ...options, takesRow: () => random.next() < share };
  });
}

/**
 * A file as a table: all rows, or with `sampleRows` above 0 about so many. The sample is stratified by the column that is the
 * suggested target; in files beyond 500 MB each row has the same chance. Depends on the file and the number alone. Details, where
 * they are kept, are those of all rows that were read.
 * @throws TrendloomError as `readCsvStream`
 */
export async function* readFile(source: ByteSource, sampleRows: number, options: Options): AsyncWork<CsvReading> {
  if (sampleRows === 0) return yield* readCsvStream(source, () => options);
  const estimate = yield* estimateSize(source);
  if (estimate && estimate.nBytes > MAX_FILE_BYTES) return yield* readDrawn(source, sampleRows, estimate.nRows, options);
  const reading = yield* readCsvStream(source, () => options);
  if (reading.table.nRows <= sampleRows) return reading;
  const by = describeColumns(reading.table).suggestedTarget;
  const table = stratifiedSample(reading.table, by, sampleRows);
  const { nRows } = reading.table;
  return { ...reading, table, facts: { ...reading.facts, sample: { share: table.nRows / nRows, nRowsInFile: nRows, by } } };
}
