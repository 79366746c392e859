/** Values that come one by one, for one reader that takes them in that order and waits where there is none. */
export class Inbox<Value> {
  private readonly values: Value[] = [];
  private take: ((value: Value) => void) | null = null;

  put(value: Value): void {
    const { take } = this;
    this.take = null;
    if (take) take(value);
    else this.values.push(value);
  }

  next(): Promise<Value> {
    const value = this.values.shift();
    if (value !== undefined) return Promise.resolve(value);
    return new Promise((resolve) => {
      this.take = resolve;
    });
  }
}
