const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** What a spreadsheet might run as a formula, behind any number of escaping apostrophes. */
const FORMULA = /^'*[=+\-@\t\r\0]/;

const isRisky = (text: string): boolean => FORMULA.test(text) && !PLAIN_NUMBER.test(text);

/** Text made harmless for spreadsheets by a leading apostrophe (OWASP, "CSV Injection"); numbers stay as they are. */
export function escapeFormula(text: string): string {
  return isRisky(text) ? `'${text}` : text;
}

/** Undoes `escapeFormula`, so that what is written reads back equal. */
export function unescapeFormula(text: string): string {
  return text.charCodeAt(0) === 39 && isRisky(text.slice(1)) ? text.slice(1) : text;
}
