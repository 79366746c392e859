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

/** Spreads two words and a length over all bits (the last steps of MurmurHash3's 32-bit mixing, Appleby 2008). */
function mix(first: number, last: number, length: number): number {
  let hash = Math.imul(first, 0xcc9e2d51) ^ Math.imul(last ^ length, 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** Texts of at most so many bytes are their length, their first four bytes and their last four. */
const SHORT = 8;
const WORD = 4;

/**
 * Distinct texts as valid UTF-8, numbered in order of appearance. Open addressing with linear probing. Two words stand for a
 * text: of a short one they tell all, of a longer one they are the end of it and a hash.
 */
export class TextPool {
  private bytes = new Uint8Array(FIRST_BYTES);
  /** Where each text ends in `bytes`, and the next begins. */
  private ends = new Int32Array(FIRST_TEXTS);
  private lengths = new Int32Array(FIRST_TEXTS);
  private firstWords = new Int32Array(FIRST_TEXTS);
  private lastWords = new Int32Array(FIRST_TEXTS);
  /** Number of a text and 1, or 0 where a slot is free. At most half are taken. */
  private slots = new Int32Array(2 * FIRST_TEXTS);
  private source = new Uint8Array(0);
  private view = new DataView(this.source.buffer);
  size = 0;

  /** The number of the text in `source` from `start` to `end`, a new one where it is new. */
  codeOf(source: Uint8Array<ArrayBuffer>, start: number, end: number): number {
    if (source !== this.source) this.look(source);
    const length = end - start;
    const { slots, lengths, firstWords, lastWords } = this;
    const first = this.firstWord(start, length);
    const last = length < WORD ? 0 : this.view.getInt32(end - WORD, true);
    const mask = slots.length - 1;
    for (let slot = mix(first, last, length) & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot] - 1;
      if (code < 0) return this.add(start, end, first, last, slot);
      if (lengths[code] !== length || firstWords[code] !== first || lastWords[code] !== last) continue;
      if (length <= SHORT || this.holds(code, start, end)) return code;
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
  *stretches(): Generator<Uint8Array<ArrayBuffer>, void, void> {
    for (let code = 0; code < this.size; code++) yield this.bytes.subarray(this.startOf(code), this.ends[code]);
  }

  private startOf(code: number): number {
    return code === 0 ? 0 : this.ends[code - 1];
  }

  private look(source: Uint8Array<ArrayBuffer>): void {
    this.source = source;
    this.view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  }

  private firstWord(start: number, length: number): number {
    const { source, view } = this;
    if (length < WORD) {
      let word = 0;
      for (let i = 0; i < length; i++) word |= source[start + i] << (8 * i);
      return word;
    }
    let word = view.getInt32(start, true);
    for (let at = WORD; at + WORD < length; at += WORD)
      word = Math.imul(word ^ (word >>> 15), 0x85ebca6b) ^ view.getInt32(start + at, true);
    return word;
  }

  private holds(code: number, start: number, end: number): boolean {
    const { bytes, source } = this;
    let at = this.startOf(code);
    for (let i = start; i < end; i++) if (bytes[at++] !== source[i]) return false;
    return true;
  }

  private add(start: number, end: number, first: number, last: number, slot: number): number {
    const code = this.size++;
    const at = this.startOf(code);
    const length = end - start;
    if (at + length > this.bytes.length) this.bytes = enlarge(this.bytes, at + length);
    if (code === this.ends.length) this.makeRoom();
    for (let i = 0; i < length; i++) this.bytes[at + i] = this.source[start + i];
    this.ends[code] = at + length;
    this.lengths[code] = length;
    this.firstWords[code] = first;
    this.lastWords[code] = last;
    this.slots[slot] = code + 1;
    if (2 * this.size > this.slots.length) this.spread();
    return code;
  }

  private makeRoom(): void {
    this.ends = enlarge(this.ends, 2 * this.size);
    this.lengths = enlarge(this.lengths, 2 * this.size);
    this.firstWords = enlarge(this.firstWords, 2 * this.size);
    this.lastWords = enlarge(this.lastWords, 2 * this.size);
  }

  /** Twice as many slots. */
  private spread(): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      let slot = mix(this.firstWords[code], this.lastWords[code], this.lengths[code]) & mask;
      while (slots[slot] > 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}
