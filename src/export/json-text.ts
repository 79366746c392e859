/** A 32-bit float in the fewest digits that read back as it (nine always do), recognisable as no integer. */
export function floatText(value: number): string {
  const text = String(Number(Math.fround(value).toPrecision(9)));
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
