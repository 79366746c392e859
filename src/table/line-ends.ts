/** Whether a text's lines end in LF, CR LF or CR, not counting line breaks inside quotes; "mixed" when they differ. */
export function lineEndOutsideQuotes(text: string): "\n" | "\r\n" | "\r" | "mixed" {
  if (!text.includes("\r")) return "\n";
  const found = new Set<"\n" | "\r\n" | "\r">();
  let isQuoted = false;
  for (let i = 0; i < text.length && found.size < 2; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (code === 10) found.add("\n");
    else if (code === 13) {
      const isPair = text.charCodeAt(i + 1) === 10;
      found.add(isPair ? "\r\n" : "\r");
      if (isPair) i++;
    }
  }
  if (found.size > 1) return "mixed";
  return [...found][0] ?? "\n";
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
