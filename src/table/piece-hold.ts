const [LF, CR] = [10, 13];
/** An incomplete row of more bytes is not waited for. */
const MAX_KEPT_BYTES = 1_048_576;

/** The bytes of a file that are being read: what was left of the last piece, and the next one. A NUL stands behind them. */
export class PieceHold {
  bytes = new Uint8Array(1);
  end = 0;

  add(piece: Uint8Array): void {
    const end = this.end + piece.length;
    if (end + 1 > this.bytes.length) {
      const larger = new Uint8Array(end + 1 + MAX_KEPT_BYTES);
      larger.set(this.bytes.subarray(0, this.end));
      this.bytes = larger;
    }
    this.bytes.set(piece, this.end);
    this.bytes[end] = 0;
    this.end = end;
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.end);
  }

  canKeep(from: number): boolean {
    return this.end - from <= MAX_KEPT_BYTES;
  }

  /** Lets go of the bytes before `from`. */
  keep(from: number): void {
    this.bytes.copyWithin(0, from, this.end);
    this.end -= from;
  }

  /** Behind the last line break that lies behind `from` and not behind `limit`; where there is none, `limit`. */
  behindLineBreak(from: number, limit: number): number {
    const last = Math.min(limit, this.end);
    let at = last;
    while (at > from && this.bytes[at - 1] !== LF) at--;
    if (at > from) return at;
    at = last;
    while (at > from && this.bytes[at - 1] !== CR) at--;
    return at > from ? at : last;
  }
}
