import { type Encoding, legacyEncoding, PieceDecoder, refuseControls, refuseNul, sniffEncoding } from "./decode-text.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { type LineEnd, LineEndUnifier, LineEndWatch } from "./line-ends.ts";

/** What is known of a file before it is read; null until its first piece is seen. */
export interface Plan {
  readonly encoding: Encoding | null;
  readonly lineEnd: LineEnd | "mixed" | null;
}

export const UNKNOWN_PLAN: Plan = { encoding: null, lineEnd: null };

export interface Dialect {
  readonly delimiter: string;
  readonly newline: LineEnd;
  /** The line on which the header can stand first. */
  readonly firstLine: number;
}

/** Excel's own first line `sep=;`, which names the delimiter. */
const SEPARATOR_LINE = /^sep=([,;|\t])(\r\n|\r|\n)/i;

/** The text of a file, piece by piece, with its line ends made one where they differ. */
export class CsvText {
  private encodingFound: Encoding | null;
  private lineEnd: LineEnd | "mixed" | null;
  private decoder: PieceDecoder | null = null;
  private readonly watch = new LineEndWatch();
  private readonly unifier = new LineEndUnifier();
  private dialectFound: Dialect | null = null;
  private isBlankSoFar = true;

  constructor(plan: Plan) {
    this.encodingFound = plan.encoding;
    this.lineEnd = plan.lineEnd;
  }

  get encoding(): Encoding {
    if (!this.encodingFound) throw new Error("no text has come yet");
    return this.encodingFound;
  }

  get dialect(): Dialect {
    if (!this.dialectFound) throw new Error("no text has come yet");
    return this.dialectFound;
  }

  get isMixed(): boolean {
    return this.lineEnd === "mixed";
  }

  get isBlank(): boolean {
    return this.isBlankSoFar;
  }

  /**
   * The text of the next bytes, or a better plan where they show that the one at hand is wrong. They are a part of `piece`,
   * which tells more of the encoding than they do.
   * @throws TrendloomError file-binary
   */
  push(bytes: Uint8Array, isEnd: boolean, piece: Uint8Array): { text: string; plan: null } | { plan: Plan } {
    this.encodingFound ??= sniffEncoding(piece);
    const encoding = this.encodingFound;
    this.decoder ??= new PieceDecoder(encoding);
    const text = this.decoder.push(bytes, isEnd);
    if (text === null) return { plan: { encoding: legacyEncoding(piece), lineEnd: null } };
    refuseNul(text);
    if (!this.dialectFound) refuseControls(text);
    if (this.isBlankSoFar) this.isBlankSoFar = text.trim() === "";
    this.watch.push(text);
    if (isEnd) this.watch.finish();
    const { found } = this.watch;
    this.lineEnd ??= found ?? "\n";
    if (found !== null && found !== this.lineEnd && this.lineEnd !== "mixed") return { plan: { encoding, lineEnd: found } };
    return { text: this.begin(this.lineEnd === "mixed" ? this.unifier.push(text, isEnd) : text), plan: null };
  }

  /** Finds the dialect in the first text, and takes Excel's own line off it. */
  private begin(text: string): string {
    if (this.dialectFound) return text;
    const separator = SEPARATOR_LINE.exec(text);
    const newline = this.lineEnd === "mixed" || this.lineEnd === null ? "\n" : this.lineEnd;
    this.dialectFound = { delimiter: separator?.[1] ?? detectDelimiter(text), newline, firstLine: separator ? 2 : 1 };
    return text.slice(separator?.[0].length ?? 0);
  }
}
