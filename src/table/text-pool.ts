const FIRST_TEXTS = 64;
const FIRST_BYTES = 1024;
/** Texts made from the pool at once: few calls, and no string as long as the pool. */
const TEXTS_PER_DECODING = 4096;

function enlarge<Values extends Int32Array | Uint8Array>(values: Values, nNeeded: number): Values {
  const larger = new (values.constructor as new (n: number) => Values)(Math.max(nNeeded, 2 * values.length));
  larger.set(values);
  return larger;
}

/** How many units of UTF-16 the UTF-8 in `bytes` from `start` to `end` makes. */
function countUnits(bytes: Uint8Array, start: number, end: number): number {
  let n = 0;
  for (let i = start; i < end; i++) n += (bytes[i] & 0xc0) === 0x80 ? 0 : bytes[i] >= 0xf0 ? 2 : 1;
  return n;
}

/** Distinct texts as valid UTF-8, numbered in order of appearance. Open addressing with linear probing over FNV-1a hashes. */
export class TextPool {
  private bytes = new Uint8Array(FIRST_BYTES);
  /** Where each text ends in `bytes`, and the next begins. */
  private ends = new Int32Array(FIRST_TEXTS);
  private hashes = new Int32Array(FIRST_TEXTS);
  /** Number of a text and 1, or 0 where a slot is free. At most half are taken. */
  private slots = new Int32Array(2 * FIRST_TEXTS);
  size = 0;

  /** The number of the text in `source` from `start` to `end`, a new one where it is new. */
  codeOf(source: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ source[i], 0x01000193);
    hash ^= hash >>> 15;
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot] - 1;
      if (code < 0) return this.add(source, start, end, hash, slot);
      if (hashes[code] === hash && this.holds(code, source, start, end)) return code;
    }
  }

  /** All texts by their numbers. */
  texts(): string[] {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const texts: string[] = [];
    for (let first = 0; first < this.size; first += TEXTS_PER_DECODING) {
      const last = Math.min(first + TEXTS_PER_DECODING, this.size);
      const all = decoder.decode(this.bytes.subarray(this.startOf(first), this.ends[last - 1]));
      for (let code = first, at = 0; code < last; code++) {
        const end = at + countUnits(this.bytes, this.startOf(code), this.ends[code]);
        texts.push(all.slice(at, end));
        at = end;
      }
    }
    return texts;
  }

  /** Each text as its bytes. */
  *stretches(): Generator<Uint8Array, void, void> {
    for (let code = 0; code < this.size; code++) yield this.bytes.subarray(this.startOf(code), this.ends[code]);
  }

  private startOf(code: number): number {
    return code === 0 ? 0 : this.ends[code - 1];
  }

  private holds(code: number, source: Uint8Array, start: number, end: number): boolean {
    const { bytes, ends } = this;
    let at = code === 0 ? 0 : ends[code - 1];
    if (ends[code] - at !== end - start) return false;
    for (let i = start; i < end; i++) if (bytes[at++] !== source[i]) return false;
    return true;
  }

  private add(source: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.size++;
    const at = this.startOf(code);
    const last = at + end - start;
    if (last > this.bytes.length) this.bytes = enlarge(this.bytes, last);
    if (code === this.ends.length) {
      this.ends = enlarge(this.ends, code + 1);
      this.hashes = enlarge(this.hashes, code + 1);
    }
    for (let i = start; i < end; i++) this.bytes[at + i - start] = source[i];
    this.ends[code] = last;
    this.hashes[code] = hash;
    this.slots[slot] = code + 1;
    if (2 * this.size > this.slots.length) this.makeRoom();
    return code;
  }

  private makeRoom(): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      let slot = this.hashes[code] & mask;
      while (slots[slot] > 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}
