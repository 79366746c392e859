/** Written for "no value" wherever they stand. */
const ALWAYS_MISSING: ReadonlySet<string> = new Set(
  "na,n/a,#n/a,<na>,nan,null,?,-,--,#null!,#value!,#ref!,#div/0!,#name?,#num!".split(","),
);
/** Written for "no value" among numbers and dates; among words they may be an answer. */
const MISSING_AMONG_NUMBERS: ReadonlySet<string> = new Set("none,nil,unknown,missing,n.a.,.,not available,inf,-inf".split(","));

const MAX_LENGTH = 16;

export function isMissingToken(text: string): boolean {
  return text.length <= MAX_LENGTH && ALWAYS_MISSING.has(text.toLowerCase());
}

export function isMissingAmongNumbers(text: string): boolean {
  return text.length <= MAX_LENGTH && MISSING_AMONG_NUMBERS.has(text.toLowerCase());
}
