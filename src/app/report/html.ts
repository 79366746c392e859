/** Markup that is known to be safe. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | readonly Part[] | null | false;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Letters that HTML forbids, and those that turn the direction of what follows. */
const UNSAFE = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/gu;

const escapeText = (text: string): string => text.replace(UNSAFE, "").replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

function write(part: Part): string {
  if (part === null || part === false) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(write).join("");
  return escapeText(String(part));
}

/** Markup from a template: every value is escaped, except what is markup already. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, i) => text + (i < parts.length ? write(parts[i] ?? null) : "")).join(""));
}
