/** A 32-bit float in seven digits or, where these do not read back as it, in nine, which always do; never an integer's text. */
export function floatText(value: number): string {
  const float = Math.fround(value);
  const short = Number(float.toPrecision(7));
  const text = String(Math.fround(short) === float ? short : Number(float.toPrecision(9)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

const BYTES_PER_PIECE = 1 << 20;

/** Text collected as UTF-8, so that a model may be longer than the longest string. */
export class TextPieces {
  private readonly encoder = new TextEncoder();
  private readonly pieces: Uint8Array[] = [];
  private pending: string[] = [];
  private nPending = 0;
  private nBytes = 0;

  add(text: string): void {
    this.pending.push(text);
    this.nPending += text.length;
    if (this.nPending >= BYTES_PER_PIECE) this.flush();
  }

  private flush(): void {
    const piece = this.encoder.encode(this.pending.join(""));
    this.pieces.push(piece);
    this.nBytes += piece.length;
    this.pending = [];
    this.nPending = 0;
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.flush();
    const bytes = new Uint8Array(this.nBytes);
    let offset = 0;
    for (const piece of this.pieces) {
      bytes.set(piece, offset);
      offset += piece.length;
    }
    return bytes;
  }
}
