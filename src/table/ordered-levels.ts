/** How often a year somebody buys, and the words for it as `foldWords` leaves them. */
export const FREQUENCY_WORDS: readonly { readonly perYear: number; readonly words: readonly string[] }[] = [
  { perYear: 365, words: ["daily", "every day", "hàng ngày", "mỗi ngày"] },
  { perYear: 52, words: ["weekly", "every week", "once a week", "hàng tuần", "mỗi tuần"] },
  {
    perYear: 26,
    words: ["fortnightly", "bi weekly", "biweekly", "every 2 weeks", "every two weeks", "hai tuần một lần", "2 tuần một lần"],
  },
  { perYear: 12, words: ["monthly", "every month", "once a month", "hàng tháng", "mỗi tháng"] },
  {
    perYear: 4,
    words: ["quarterly", "every 3 months", "every three months", "hàng quý", "mỗi quý", "3 tháng một lần", "ba tháng một lần"],
  },
  {
    perYear: 2,
    words: ["semi annually", "half yearly", "every 6 months", "every six months", "6 tháng một lần", "nửa năm một lần"],
  },
  {
    perYear: 1,
    words: ["annually", "yearly", "every year", "once a year", "every 12 months", "hàng năm", "mỗi năm"],
  },
];

/** The words of a label without case and punctuation; accents stay, they tell words apart (`nam`, `năm`). */
export const foldWords = (label: string): string =>
  label
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const PER_YEAR: ReadonlyMap<string, number> = new Map(
  FREQUENCY_WORDS.flatMap(({ perYear, words }) => words.map((word) => [word, perYear] as const)),
);

/** A number, a range from one (`18-25`, `18 – 25`), or a bound (`65+`, `< 18`, `≥ 65`). */
const NUMERIC_LABEL = /^\s*(<|>|≤|≥|<=|>=)?\s*(-?\d+(?:\.\d+)?)\s*(?:[-–—]\s*\d+(?:\.\d+)?|\+)?\s*$/;

/** Where a numeric-looking label stands; an open lower end just below its bound, an open upper one just above. */
function numberOf(label: string): number {
  const found = NUMERIC_LABEL.exec(label);
  if (!found) return Number.NaN;
  const value = Number(found[2]);
  return found[1]?.startsWith("<") || found[1] === "≤" ? value - 1e-9 : found[1] ? value + 1e-9 : value;
}

/**
 * Rank of each level where all levels are times a year (Weekly 52, Fortnightly and Bi-Weekly 26, Monthly 12, Quarterly
 * and Every 3 Months 4, Annually 1) or look like numbers; levels of one value share a rank. Null for levels without such
 * an order, and where there are fewer than three ranks.
 */
export function levelRanks(levels: readonly string[]): Int32Array | null {
  const read = (toNumber: (level: string) => number): number[] | null => {
    const values = levels.map(toNumber);
    return values.some(Number.isNaN) ? null : values;
  };
  const values = read((level) => PER_YEAR.get(foldWords(level)) ?? Number.NaN) ?? read(numberOf);
  if (!values) return null;
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  return distinct.length < 3 ? null : Int32Array.from(values, (value) => distinct.indexOf(value));
}
