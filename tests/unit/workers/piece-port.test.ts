import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { readCsvStream } from "../../../src/table/read-csv.ts";
import type { fileSource } from "../../../src/workers/file-source.ts";
import { hashWhileServing } from "../../../src/workers/hash-file.ts";
import { readServed } from "../../../src/workers/piece-port.ts";

const text = `key,note,amount\n${Array.from({ length: 120_000 }, (_, i) => `${i},note of ${i % 50} words,${(i % 977) / 4}`).join("\n")}\n`;
const plain = Uint8Array.from(new TextEncoder().encode(text));
/** What shows the encoding stands in the last piece, so that the file is read from its beginning again. */
const western = Uint8Array.from([...plain, ...Uint8Array.from("1,caf\u00e9,2\n", (char) => char.charCodeAt(0))]);

test.each([
  ["plain", plain],
  ["packed", Uint8Array.from(gzipSync(plain))],
  ["read twice", western],
  ["read twice from early on", Uint8Array.from([...western, ...plain])],
  ["empty header line", Uint8Array.of(10, 10)],
])("a file served by a port is the file: %s", async (_, bytes) => {
  const file = new Blob([bytes]);
  const read = (source: ReturnType<typeof fileSource>) => readCsvStream(source);
  const { port1, port2 } = new MessageChannel();
  const hashing = hashWhileServing(file, port1);
  const [served, alone] = await Promise.allSettled([
    finishAsync(readServed(file, port2, read)),
    finishAsync(readServed(file, null, read)),
  ]);
  expect(served).toEqual(alone);
  expect(await hashing).toBe(createHash("sha256").update(bytes).digest("hex"));
  port1.close();
});

test("a reader that stops early lets go of the file", async () => {
  const { port1, port2 } = new MessageChannel();
  const hashing = hashWhileServing(new Blob([plain]), port1);
  const work = readServed(new Blob([plain]), port2, (source) => readCsvStream(source));
  await work.next();
  await work.next();
  await work.return(undefined as never);
  expect(await hashing).toMatch(/^[0-9a-f]{64}$/);
  port1.close();
});

test("a file that is gone is told", async () => {
  const file = new Blob([plain]);
  file.stream = () => new ReadableStream({ type: "bytes", pull: (controller) => controller.error(new Error("gone")) });
  const { port1, port2 } = new MessageChannel();
  const hashing = hashWhileServing(file, port1);
  await expect(finishAsync(readServed(file, port2, (source) => readCsvStream(source)))).rejects.toThrow(
    expect.objectContaining({ code: "file-unreadable", details: { reason: "lost" } }),
  );
  await hashing;
  port1.close();
});
