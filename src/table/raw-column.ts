/** A column as text: `codes[row]` points into `texts`, which holds every distinct text once, in order of appearance. */
export interface RawColumn {
  readonly name: string;
  readonly texts: readonly string[];
  readonly codes: Int32Array;
}

/** Int32 values appended one by one; memory doubles when it is full. */
export class Int32List {
  private values = new Int32Array(64);
  private size = 0;

  push(value: number): void {
    if (this.size === this.values.length) {
      const larger = new Int32Array(2 * this.size);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.size++] = value;
  }

  toArray(): Int32Array {
    return this.values.slice(0, this.size);
  }
}

/** Collects a column's texts row by row. */
export class RawColumnBuilder {
  private readonly codeOf = new Map<string, number>();
  private readonly codes = new Int32List();

  constructor(private readonly name: string) {}

  push(text: string): void {
    let code = this.codeOf.get(text);
    if (code === undefined) {
      code = this.codeOf.size;
      this.codeOf.set(text, code);
    }
    this.codes.push(code);
  }

  finish(): RawColumn {
    return { name: this.name, texts: [...this.codeOf.keys()], codes: this.codes.toArray() };
  }
}

/** How many rows hold each text. */
export function countTexts(raw: RawColumn): Int32Array {
  const counts = new Int32Array(raw.texts.length);
  for (const code of raw.codes) counts[code]++;
  return counts;
}
