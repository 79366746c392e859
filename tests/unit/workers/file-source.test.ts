import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { readCsv, readCsvStream } from "../../../src/table/read-csv.ts";
import { writeReadingList } from "../../../src/table/reading-list.ts";
import type { Column } from "../../../src/table/table.ts";
import { fileSource } from "../../../src/workers/file-source.ts";
import { hashFile } from "../../../src/workers/hash-file.ts";

const readFile = (part: BlobPart) => finishAsync(readCsvStream(fileSource(new Blob([part]))));
const bytesOf = (text: string) => Uint8Array.from(new TextEncoder().encode(text));
const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Rows that fill several pieces, with the awkward ones where pieces meet. */
const long = (row: (i: number) => string, n = 60_000, lineEnd = "\n") =>
  ["key,note,amount", ...Array.from({ length: n }, (_, i) => row(i))].join(lineEnd) + lineEnd;

const SOURCES: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
  ["plain", bytesOf(long((i) => `${i},note of ${i % 50} words,${(i % 977) / 4}`))],
  ["quoted line breaks", bytesOf(long((i) => `${i},"a ""note"" of\r\n${"x".repeat(i % 30)}",${i % 9}`, 60_000, "\r\n"))],
  ["characters of several bytes", bytesOf(long((i) => `${i},Mùa xuân ở Đà Nẵng 🌸 ${i % 7},${i % 9}`))],
  ["other line ends at the end", bytesOf(`${long((i) => `${i},some note,${i % 9}`)}1,y,2\r\n2,z,3\r\n`)],
  ["no UTF-8 at the end", latin(`${long((i) => `${i},a somewhat longer note,${i % 9}`)}1,caf\u00e9,2\n`)],
  ["short lines", bytesOf(long((i) => (i % 100 === 99 ? `${i},short` : `${i},a longer note,${i % 9}`)))],
];

/** Everything about a column, in a form that is compared quickly. */
const digest = (column: Column) =>
  column.kind === "numeric"
    ? [column.name, column.type, column.step, column.values.join()]
    : [column.name, column.type, column.levels.join(), column.codes.join()];

test.each(SOURCES)("a file read as a stream is the table that its bytes are: %s", async (_, bytes) => {
  const whole = finish(readCsv(bytes.buffer));
  expect(bytes.length).toBeGreaterThan(1_000_000);
  for (const part of [bytes, gzipSync(bytes)]) {
    const { table, facts } = await readFile(part);
    expect(facts).toEqual(whole.facts);
    expect(table.columns.map(digest)).toEqual(whole.table.columns.map(digest));
  }
});

describe("a packed file", () => {
  test("that is cut short says so", async () => {
    const packed = gzipSync(SOURCES[0][1]);
    const damaged = expect.objectContaining({ code: "file-unreadable", details: { reason: "damaged-archive" } });
    await expect(readFile(packed.subarray(0, packed.length - 20))).rejects.toThrow(damaged);
    await expect(readFile(packed.subarray(0, 12))).rejects.toThrow(damaged);
  });

  test("that holds no text is named", async () => {
    await expect(readFile(gzipSync("%PDF-1.7\n"))).rejects.toThrow(expect.objectContaining({ details: { kind: "pdf" } }));
    await expect(readFile(gzipSync(""))).rejects.toThrow(expect.objectContaining({ code: "file-empty" }));
  });
});

test("where a file is no stream of bytes, it is read in slices", async () => {
  const [, bytes] = SOURCES[2];
  const file = new Blob([bytes]);
  file.stream = () => new ReadableStream();
  const { table } = await finishAsync(readCsvStream(fileSource(file)));
  expect(table.columns.map(digest)).toEqual(finish(readCsv(bytes.buffer)).table.columns.map(digest));
});

test("an empty file", async () => {
  await expect(readFile("")).rejects.toThrow(expect.objectContaining({ code: "file-empty" }));
});

test("a file of 2 GB is refused by its size, before anything is read", async () => {
  const source = {
    nBytes: 2_000_000_000,
    pieces: () => {
      throw new Error("it was read");
    },
  };
  await expect(finishAsync(readCsvStream(source))).rejects.toThrow(
    expect.objectContaining({ code: "file-too-large", details: { unit: "bytes", expected: 500_000_000, got: 2_000_000_000 } }),
  );
});

test("the fingerprint is that of the file as it is stored", async () => {
  expect(await hashFile(new Blob(["abc"]))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const [, bytes] = SOURCES[0];
  expect(await hashFile(new Blob([bytes]))).toBe(createHash("sha256").update(bytes).digest("hex"));
});

describe("Vietnamese in windows-1258", () => {
  /** The bytes of windows-1258 for a text whose tones are written apart. */
  const encode = (text: string): Uint8Array<ArrayBuffer> => {
    const decoder = new TextDecoder("windows-1258");
    const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    const apart = text.replace(/\p{L}/gu, (letter) => {
      if (byteOf.has(letter)) return letter;
      const parts = letter.normalize("NFD");
      const tone = [...parts].find((part) => "\u0300\u0301\u0303\u0309\u0323".includes(part)) ?? "";
      return parts.replace(tone, "").normalize("NFC") + tone;
    });
    return Uint8Array.from([...apart].map((char) => byteOf.get(char) ?? 63));
  };

  test("is told from western text and joined to the usual letters", async () => {
    const { table, facts } = await readFile(encode("Tuổi,Giới tính,Mùa\n34,Nữ,Hạ\n51,Nam,Xuân\n"));
    expect(facts.encoding).toBe("windows-1258");
    expect(table.columns.map(({ name }) => name)).toEqual(["Tuổi", "Giới tính", "Mùa"]);
    expect(table.columns[2]).toMatchObject({ levels: ["Hạ", "Xuân"] });
  });

  test("Italian and Icelandic stay western", async () => {
    const { facts, table } = await readFile(latin("giorno,nome\nluned\u00ec,\u00de\u00f3r\nper\u00f2,caff\u00e8\n"));
    expect(facts.encoding).toBe("windows-1252");
    expect(table.columns[0]).toMatchObject({ levels: ["lunedì", "però"] });
  });
});

describe("the lists in full", () => {
  const text = `name,age,amount\n${Array.from({ length: 3000 }, (_, i) => (i % 2 ? ` =x${i % 5},${i === 7 ? 550 : 20 + (i % 50)},$${i % 90}.00` : `y,${20 + (i % 50)}`)).join("\n")}\n`;
  const listOf = async (kind: "repaired" | "skipped" | "flagged") => {
    const reading = await finishAsync(readCsvStream(fileSource(new Blob([text])), () => ({ keepsAllSkipped: true })));
    const pieces = reading.details ? finish(writeReadingList(reading.details, kind)) : [];
    return { facts: reading.facts, lines: (await new Blob(pieces).text()).trim().split("\r\n") };
  };

  test("every repair, in the order of lines, harmless to a spreadsheet", async () => {
    const { facts, lines } = await listOf("repaired");
    expect(lines).toHaveLength(1 + facts.repaired.count);
    expect(lines.slice(0, 3)).toEqual([
      "line,column,was,became,rule",
      '3,name," =x1",\'=x1,surrounding-spaces',
      "3,amount,$1.00,1,currency",
    ]);
  });

  test("every line that was skipped, more than the report holds", async () => {
    const { facts, lines } = await listOf("skipped");
    expect([facts.skipped.count, lines.length]).toEqual([1500, 1501]);
    expect(lines.slice(0, 2)).toEqual(["line,reason,text", '2,too-few-values,"y,20"']);
  });

  test("every value that is hardly meant", async () => {
    expect((await listOf("flagged")).lines).toEqual(["line,column,value,rule,low,high", "9,age,550,out-of-range,0,120"]);
  });
});

test("the sample's fingerprint and rows", async () => {
  const bytes = Uint8Array.from(readFileSync(new URL("../../../public/samples/shopping-sample.csv", import.meta.url)));
  const { table, facts } = await readFile(bytes);
  expect([table.nRows, table.columns.length, facts.flagged.count]).toEqual([3900, 19, 0]);
});
