/** Sentences that replace the suggested actions, by segment. They are free text, so they stay on this page. */
export class SegmentActions {
  private texts = $state<Record<number, string>>({});

  of(segment: number): string | null {
    return this.texts[segment] ?? null;
  }

  set(segment: number, text: string | null): void {
    if (text === null) delete this.texts[segment];
    else this.texts[segment] = text;
  }

  clear(): void {
    this.texts = {};
  }
}
