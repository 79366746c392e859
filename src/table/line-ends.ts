export type LineEnd = "\n" | "\r\n" | "\r";

/** Watches, piece by piece, how a text's lines end; line breaks inside quotes do not count. */
export class LineEndWatch {
  private readonly kinds = new Set<LineEnd>();
  private isQuoted = false;
  /** A CR ended the last piece: an LF may follow. */
  private hasOpenCr = false;

  /** What was found so far: one kind, "mixed", or null for none. */
  get found(): LineEnd | "mixed" | null {
    return this.kinds.size > 1 ? "mixed" : ([...this.kinds][0] ?? null);
  }

  push(text: string): void {
    if (this.kinds.size > 1 || text === "") return;
    if (this.hasOpenCr) this.kinds.add(text.startsWith("\n") ? "\r\n" : "\r");
    const start = this.hasOpenCr && text.startsWith("\n") ? 1 : 0;
    this.hasOpenCr = false;
    if (text.includes('"') || this.isQuoted) this.scanQuoted(text, start);
    else this.scanPlain(text, start);
  }

  /** No text follows. */
  finish(): void {
    if (this.hasOpenCr) this.kinds.add("\r");
    this.hasOpenCr = false;
  }

  private takeCr(text: string, at: number): number {
    if (at + 1 === text.length) {
      this.hasOpenCr = true;
      return at;
    }
    const isPair = text.charCodeAt(at + 1) === 10;
    this.kinds.add(isPair ? "\r\n" : "\r");
    return isPair ? at + 1 : at;
  }

  private scanPlain(text: string, start: number): void {
    let lf = text.indexOf("\n", start);
    let cr = text.indexOf("\r", start);
    while (cr >= 0 && this.kinds.size < 2) {
      if (lf >= 0 && lf < cr) this.kinds.add("\n");
      const end = this.takeCr(text, cr);
      cr = text.indexOf("\r", end + 1);
      if (lf >= 0 && lf <= end) lf = text.indexOf("\n", end + 1);
    }
    if (lf >= 0) this.kinds.add("\n");
  }

  private scanQuoted(text: string, start: number): void {
    for (let i = start; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 34) this.isQuoted = !this.isQuoted;
      else if (this.isQuoted) continue;
      else if (code === 10) this.kinds.add("\n");
      else if (code === 13) i = this.takeCr(text, i);
    }
  }
}

/** Makes every line end of a text an LF, piece by piece. */
export class LineEndUnifier {
  private held = "";

  push(text: string, isEnd: boolean): string {
    const all = this.held + text;
    const end = !isEnd && all.endsWith("\r") ? all.length - 1 : all.length;
    this.held = all.slice(end);
    return all.slice(0, end).replace(/\r\n?/g, "\n");
  }
}

/** How many line breaks stand in a text, as an editor counts them. */
export function countLineBreaks(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}
