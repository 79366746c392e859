import { TrendloomError } from "../core/errors.ts";

/** How the bytes of a file are to be read. */
export interface Encoding {
  /** As the Encoding Standard has it. */
  readonly name: string;
  /** The byte-order mark that names it; empty where none stands there. */
  readonly mark: readonly number[];
  /** Bytes that do not fit show that it is another one. */
  readonly isGuess: boolean;
}

const HEAD_BYTES = 65_536;
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

function magicKind(head: Uint8Array): string | null {
  const kind = MAGIC.find(([, bytes]) => startsWith(head, bytes))?.[0] ?? null;
  if (kind !== "zip") return kind;
  const names = new TextDecoder("windows-1252").decode(head.subarray(0, HEAD_BYTES));
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

/**
 * The encoding of a file that begins with `head`: by its byte-order mark, else UTF-16 where zero bytes show it, else a guess
 * of UTF-8, which `legacyEncoding` replaces at the first byte that does not fit.
 * @throws TrendloomError file-binary with `kind`: xlsx, zip, gzip, pdf, xls or image
 */
export function sniffEncoding(head: Uint8Array): Encoding {
  const kind = magicKind(head);
  if (kind !== null) throw new TrendloomError("file-binary", { kind });
  const marked = MARKS.find(([, signature]) => startsWith(head, signature));
  if (marked) return { name: marked[0], mark: marked[1], isGuess: false };
  const utf16 = unmarkedUtf16(head);
  return { name: utf16 ?? "utf-8", mark: [], isGuess: utf16 === null };
}

const TONES = "\u0300\u0301\u0303\u0309\u0323";
const TONE = new RegExp(`[${TONES}]`, "g");
const TONE_ON_VOWEL = new RegExp(`[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][${TONES}]`, "g");
const MIN_TONE_SHARE = 0.9;

/**
 * The encoding of text that is no UTF-8: windows-1258 where the five bytes that are tone marks in it stand behind Vietnamese
 * vowels (the Italian or Icelandic letters that they are elsewhere do not), else windows-1252.
 */
export function legacyEncoding(piece: Uint8Array): Encoding {
  const text = new TextDecoder("windows-1258").decode(piece);
  const nTones = text.match(TONE)?.length ?? 0;
  const nOnVowels = text.match(TONE_ON_VOWEL)?.length ?? 0;
  const isVietnamese = nTones > 0 && nOnVowels >= MIN_TONE_SHARE * nTones;
  return { name: isVietnamese ? "windows-1258" : "windows-1252", mark: [], isGuess: false };
}

/** Refuses text with NUL characters. @throws TrendloomError file-binary, kind nul-bytes */
export function refuseNul(text: string): void {
  if (text.includes("\0")) throw new TrendloomError("file-binary", { kind: "nul-bytes" });
}

/** Refuses what begins with many control characters. @throws TrendloomError file-binary, kind control-characters */
export function refuseControls(text: string): void {
  const head = text.slice(0, HEAD_BYTES);
  let nControls = 0;
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) nControls++;
  }
  if (nControls > Math.max(MAX_CONTROLS, MAX_CONTROL_SHARE * head.length))
    throw new TrendloomError("file-binary", { kind: "control-characters" });
}

/** Where the last character begins that a tone mark may still follow. */
function lastBase(text: string): number {
  let at = text.length - 1;
  while (at > 0 && TONES.includes(text[at])) at--;
  return Math.max(0, at);
}

/** Bytes to text, piece by piece; characters may lie across pieces. windows-1258 writes tones apart, which are joined (NFC). */
export class PieceDecoder {
  private readonly decoder: TextDecoder;
  private readonly joinsTones: boolean;
  private held = "";

  constructor(encoding: Encoding) {
    this.decoder = new TextDecoder(encoding.name, { fatal: encoding.isGuess });
    this.joinsTones = encoding.name === "windows-1258";
  }

  /** The text of the next bytes, of the last ones with `isEnd`; null where they do not fit a guessed encoding. */
  push(bytes: Uint8Array, isEnd: boolean): string | null {
    let text: string;
    try {
      text = this.decoder.decode(bytes, { stream: !isEnd });
    } catch {
      return null;
    }
    if (!this.joinsTones) return text;
    const all = this.held + text;
    const end = isEnd ? all.length : lastBase(all);
    this.held = all.slice(end);
    return all.slice(0, end).normalize("NFC");
  }
}
