/** A range as it stands in a condition, `from..to`: numbers or dates as in the CSV; an empty end is open. */
export interface RangeText {
  readonly from: string;
  readonly to: string;
}

const isEnd = (text: string): boolean => /^\d{4}-\d\d-\d\d(T[\d:.]+)?$/.test(text) || Number.isFinite(Number(text));

/** The ends of a range; null where the text is none, as every single number, date or ordinary label is. */
export function splitRange(text: string): RangeText | null {
  const at = text.indexOf("..");
  if (at < 0) return null;
  const [from, to] = [text.slice(0, at).trim(), text.slice(at + 2).trim()];
  return (from !== "" || to !== "") && isEnd(from) && isEnd(to) ? { from, to } : null;
}

/** A range as a condition's value; of one number where both ends are the same. */
export const writeRange = ({ from, to }: RangeText): string => (from === to ? from : `${from}..${to}`);
