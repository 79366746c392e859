import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { estimateSize } from "../../../src/table/estimate-size.ts";
import { PIECE_BYTES } from "../../../src/table/read-csv.params.ts";
import type { ByteSource } from "../../../src/table/read-csv.ts";
import { fileSource } from "../../../src/workers/file-source.ts";
import { readFile } from "../../../src/workers/read-file.ts";

const N_ROWS = 120_000;
const text = `id,amount,answer\n${Array.from({ length: N_ROWS }, (_, i) => `${i + 100_000},${i % 97},${i % 50 ? "No" : "Yes"}`).join("\n")}\n`;
const source = (part: BlobPart = text) => fileSource(new Blob([part]));

test("the size of a file is told by its beginning, packed or not", async () => {
  for (const part of [text, gzipSync(text)]) {
    const estimate = await finishAsync(estimateSize(source(part)));
    expect(estimate?.nColumns).toBe(3);
    expect(Math.abs((estimate?.nRows ?? 0) / N_ROWS - 1)).toBeLessThan(part === text ? 0.01 : 0.5);
    expect(Math.abs((estimate?.nBytes ?? 0) / text.length - 1)).toBeLessThan(part === text ? 0.01 : 0.5);
  }
  expect(await finishAsync(estimateSize(source("a,b\n1,2\n3,4\n")))).toMatchObject({ nRows: 2, nColumns: 2 });
  expect(await finishAsync(estimateSize(source("")))).toBeNull();
  expect(await finishAsync(estimateSize(source("PK\u0003\u0004")))).toBeNull();
});

/** Every column by the type that its values have. */
const asRead = {};

test("a sample is stratified by the suggested target, says so, and is the same each time", async () => {
  const { table, facts } = await finishAsync(readFile(source(), 5000, asRead));
  expect(facts.sample).toEqual({ share: 5000 / N_ROWS, nRowsInFile: N_ROWS, by: "answer" });
  const answer = table.columns[2];
  expect(answer.kind === "categorical" && answer.codes.filter((code) => answer.levels[code] === "Yes").length).toBe(100);
  expect(table.columns[0].type).toBe("identifier");
  expect((await finishAsync(readFile(source(), 5000, asRead))).table).toEqual(table);
});

test("a file that has no more rows is read whole", async () => {
  const { table, facts } = await finishAsync(readFile(source(), N_ROWS, asRead));
  expect([table.nRows, facts.sample]).toEqual([N_ROWS, null]);
});

/** 2 GB by its own word, of which only so many pieces come. */
function hugeFile(nPieces: number): ByteSource {
  const nBytes = 2_000_000_000;
  const piece = new TextEncoder().encode("1000,some text,No\n".repeat(PIECE_BYTES / 16).slice(0, PIECE_BYTES));
  const first = Uint8Array.from(piece);
  first.set(new TextEncoder().encode("id,text,answer\n"));
  return {
    nBytes,
    async *pieces() {
      for (let at = 0; at < nPieces; at++) {
        const isEnd = at === nPieces - 1;
        yield { bytes: at === 0 ? first : piece, share: isEnd ? 1 : ((at + 1) * PIECE_BYTES) / nBytes, isEnd };
      }
    },
  };
}

test("of a file of 2 GB rows are drawn as they come, each with the same chance", async () => {
  const nPieces = 20;
  const { table, facts } = await finishAsync(readFile(hugeFile(nPieces), 200_000, asRead));
  const expected = (200_000 * nPieces * PIECE_BYTES) / 2_000_000_000;
  expect(Math.abs(table.nRows / expected - 1)).toBeLessThan(0.1);
  expect(facts.sample).toMatchObject({ by: null });
  expect(facts.sample?.nRowsInFile).toBeGreaterThan(1_000_000);
  await expect(finishAsync(readFile(hugeFile(nPieces), 0, asRead))).rejects.toThrow(
    expect.objectContaining({ code: "file-too-large" }),
  );
});
