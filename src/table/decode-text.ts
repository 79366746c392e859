import { TrendloomError } from "../core/errors.ts";
import type { Repair } from "./data-report.ts";
import { MAX_FILE_BYTES } from "./read-csv.params.ts";

export interface DecodedText {
  readonly text: string;
  /** Name of the encoding, as the Encoding Standard has it. */
  readonly encoding: string;
  /** The byte-order mark, if one stood there. */
  readonly repairs: readonly Repair[];
}

const HEAD_BYTES = 65536;
/** Text has next to no control characters; more than these mean that it is none. */
const MAX_CONTROL_SHARE = 0.02;
const MAX_CONTROLS = 8;

const MAGIC: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["gzip", [0x1f, 0x8b]],
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["xls", [0xd0, 0xcf, 0x11, 0xe0]],
  ["image", [0x89, 0x50, 0x4e, 0x47]],
  ["image", [0xff, 0xd8, 0xff]],
];

const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

const startsWith = (data: Uint8Array, bytes: readonly number[]): boolean =>
  data.length >= bytes.length && bytes.every((byte, i) => data[i] === byte);

function magicKind(data: Uint8Array): string | null {
  const kind = MAGIC.find(([, bytes]) => startsWith(data, bytes))?.[0] ?? null;
  if (kind !== "zip") return kind;
  const names = new TextDecoder("windows-1252").decode(data.subarray(0, HEAD_BYTES));
  return names.includes("[Content_Types].xml") || names.includes("xl/") ? "xlsx" : "zip";
}

/** UTF-16 without a mark shows by its zero bytes, which stand on one side of nearly every character. */
function unmarkedUtf16(data: Uint8Array): string | null {
  const head = data.subarray(0, Math.min(HEAD_BYTES, data.length - (data.length % 2)));
  let nEven = 0;
  let nOdd = 0;
  for (let i = 0; i < head.length; i += 2) {
    if (head[i] === 0) nEven++;
    if (head[i + 1] === 0) nOdd++;
  }
  const half = head.length / 2;
  if (nOdd > 0.4 * half && nEven < 0.05 * half) return "utf-16le";
  if (nEven > 0.4 * half && nOdd < 0.05 * half) return "utf-16be";
  return null;
}

function decodeAs(encoding: string, data: Uint8Array, fatal: boolean): string {
  try {
    return new TextDecoder(encoding, { fatal }).decode(data);
  } catch {
    throw new TrendloomError("file-unreadable", { reason: "encoding" });
  }
}

function decodeUnmarked(data: Uint8Array): { text: string; encoding: string } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(data), encoding: "utf-8" };
  } catch {
    return { text: decodeAs("windows-1252", data, false), encoding: "windows-1252" };
  }
}

function refuseBinary(text: string): void {
  if (text.includes("\0")) throw new TrendloomError("file-binary", { kind: "nul-bytes" });
  const head = text.slice(0, HEAD_BYTES);
  let nControls = 0;
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) nControls++;
  }
  if (nControls > Math.max(MAX_CONTROLS, MAX_CONTROL_SHARE * head.length))
    throw new TrendloomError("file-binary", { kind: "control-characters" });
}

const hex = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).toUpperCase()).join(" ");

/**
 * The text of a file: by its byte-order mark, else UTF-16 where zero bytes show it, else UTF-8, else windows-1252.
 * @throws TrendloomError file-empty, file-too-large, file-unreadable, and file-binary with `kind`: xlsx, zip, gzip, pdf, xls,
 * image, nul-bytes or control-characters
 */
export function decodeText(bytes: ArrayBuffer): DecodedText {
  const data = new Uint8Array(bytes);
  if (data.length > MAX_FILE_BYTES)
    throw new TrendloomError("file-too-large", { unit: "bytes", expected: MAX_FILE_BYTES, got: data.length });
  const kind = magicKind(data);
  if (kind !== null) throw new TrendloomError("file-binary", { kind });
  const mark = MARKS.find(([, signature]) => startsWith(data, signature));
  const encoding = mark?.[0] ?? unmarkedUtf16(data);
  const decoded = encoding ? { text: decodeAs(encoding, data, false), encoding } : decodeUnmarked(data);
  if (decoded.text.trim() === "") throw new TrendloomError("file-empty", {});
  refuseBinary(decoded.text);
  const repair: Repair[] = mark ? [{ line: 1, column: "", was: hex(mark[1]), became: "", rule: "byte-order-mark" }] : [];
  return { ...decoded, repairs: repair };
}
