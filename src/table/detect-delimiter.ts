const DELIMITERS = [",", ";", "\t", "|"] as const;
const HEAD_CHARS = 65_536;
const MAX_LINES = 100;
/** What may stand before a quote that opens a cell, beside the start of a line. */
const BEFORE_QUOTE = `${DELIMITERS.join("")}\r\n `;

/** How often each delimiter stands outside quotes in each of the first lines that are not blank. */
function countPerLine(text: string): number[][] {
  const lines: number[][] = [];
  let counts = DELIMITERS.map(() => 0);
  let isQuoted = false;
  let isBlank = true;
  const endLine = () => {
    if (!isBlank) lines.push(counts);
    counts = DELIMITERS.map(() => 0);
    isBlank = true;
  };
  for (let i = 0; i < text.length && lines.length < MAX_LINES; i++) {
    const char = text[i];
    if (isQuoted) {
      if (char !== '"') continue;
      if (text[i + 1] === '"') i++;
      else isQuoted = false;
    } else if (char === '"') {
      isQuoted = i === 0 || BEFORE_QUOTE.includes(text[i - 1]);
      isBlank = false;
    } else if (char === "\n" || char === "\r") {
      endLine();
    } else {
      const delimiter = (DELIMITERS as readonly string[]).indexOf(char);
      if (delimiter >= 0) counts[delimiter]++;
      if (char !== " ") isBlank = false;
    }
  }
  if (text.length < HEAD_CHARS || lines.length === 0) endLine();
  return lines;
}

/**
 * The delimiter (comma, semicolon, tab or pipe) that stands in the header line and, outside quotes, equally often in most of
 * the first lines; the more frequent one wins a tie. A comma where none does.
 */
export function detectDelimiter(text: string): string {
  const [header, ...rows] = countPerLine(text.slice(0, HEAD_CHARS));
  let best = { delimiter: ",", share: 0, count: 0 };
  DELIMITERS.forEach((delimiter, i) => {
    const count = header?.[i] ?? 0;
    if (count === 0) return;
    const share = (1 + rows.filter((row) => row[i] === count).length) / (1 + rows.length);
    if (share > best.share || (share === best.share && count > best.count)) best = { delimiter, share, count };
  });
  return best.delimiter;
}
