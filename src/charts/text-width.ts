const MARKS = /\p{M}/gu;

/** Widths of Public Sans in em, by kind of letter; digits are tabular. */
function letterEm(letter: string): number {
  if ("iljI.,:;'|!’·".includes(letter)) return 0.28;
  if ("frt()[]-/ ".includes(letter)) return letter === " " ? 0.26 : 0.38;
  if ("mwMW%@—".includes(letter)) return 0.88;
  if (letter >= "0" && letter <= "9") return 0.63;
  if (letter >= "A" && letter <= "Z") return 0.67;
  if (letter.charCodeAt(0) > 0x2e80) return 1;
  return 0.57;
}

/**
 * Width of a line of text in pixels, estimated from the letters so that geometry needs no DOM.
 * Errs a little wide: a label that fits by this estimate fits on the page.
 */
export function textWidth(text: string, sizePx = 12, isStrong = false): number {
  let em = 0;
  for (const letter of text.normalize("NFD").replace(MARKS, "")) em += letterEm(letter);
  return em * sizePx * (isStrong ? 1.06 : 1);
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
