const MARKS = /\p{M}/gu;

/** Advance widths of Public Sans in em, by kind of letter; digits are tabular. */
function letterEm(letter: string): number {
  if (letter === " ") return 0.24;
  if ("iljI:;'|!’".includes(letter)) return 0.28;
  if (".,·()[]".includes(letter)) return 0.31;
  if ("frt-/".includes(letter)) return 0.37;
  if ("mMW%…".includes(letter)) return 0.9;
  if (letter === "w") return 0.8;
  if ((letter >= "A" && letter <= "Z") || (letter >= "0" && letter <= "9")) return 0.7;
  return letter.charCodeAt(0) > 0x2e80 ? 1 : 0.57;
}

/**
 * Width of a line of text in pixels, estimated from the letters so that geometry needs no DOM.
 * A label that fits by this estimate fits on the page.
 */
export function textWidth(text: string, sizePx = 12, isStrong = false): number {
  let em = 0;
  for (const letter of text.normalize("NFD").replace(MARKS, "")) em += letterEm(letter);
  return em * sizePx * (isStrong ? 1.03 : 1);
}

/** The text, or as much of it as fits with an ellipsis. */
export function fitText(text: string, maxWidth: number, sizePx = 12, isStrong = false): string {
  if (textWidth(text, sizePx, isStrong) <= maxWidth) return text;
  const letters = Array.from(text.normalize("NFC"));
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, sizePx, isStrong) > maxWidth) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** Breaks at spaces into at most `maxLines` lines; the last one is cut with an ellipsis where it must be. */
export function wrapText(text: string, maxWidth: number, maxLines: number, sizePx = 12, isStrong = false): string[] {
  const words = text.split(" ");
  const lines: string[] = [];
  let line = words[0] ?? "";
  for (let i = 1; i < words.length; i++) {
    const longer = `${line} ${words[i]}`;
    if (textWidth(longer, sizePx, isStrong) <= maxWidth) line = longer;
    else if (lines.length === maxLines - 1) line = longer;
    else {
      lines.push(line);
      line = words[i] ?? "";
    }
  }
  lines.push(line);
  return lines.map((each) => fitText(each, maxWidth, sizePx, isStrong));
}
