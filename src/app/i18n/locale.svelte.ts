import { baseLocale, isLocale, type Locale, overwriteGetLocale } from "./paraglide/runtime.js";

/** The first language of the browser's list that the page speaks. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const primary = language.toLowerCase().split("-")[0];
    if (isLocale(primary)) return primary;
  }
  return baseLocale;
}

/**
 * The language of the page. Every message read in a template or a `$derived` follows it at once.
 * It lives in memory alone: a link may carry it, nothing is stored.
 */
class LocaleState {
  current: Locale = $state(preferredLocale(typeof navigator === "undefined" ? [] : navigator.languages));

  choose(next: Locale): void {
    this.current = next;
    if (typeof document !== "undefined") document.documentElement.lang = next;
  }
}

export const locale = new LocaleState();
overwriteGetLocale(() => locale.current);
locale.choose(locale.current);
