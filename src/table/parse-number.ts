import type { RepairRule } from "./data-report.ts";

export type DecimalMark = "." | ",";

/** A number read from text. `unit` is the currency or "%" that stood beside it, `rule` what had to be repaired. */
export interface ReadNumber {
  readonly value: number;
  readonly unit: string;
  readonly rule: RepairRule | null;
}

const MAX_LENGTH = 40;
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;
const CURRENCY = "[$€£¥₫₹₩₽฿]|US\\$|USD|EUR|GBP|JPY|VND|VNĐ|đ";
const AROUND = new RegExp(`^([+-]?)\\s*(${CURRENCY})?\\s*([+-]?)\\s*([^\\s].*?)\\s*(${CURRENCY}|%)?$`, "iu");
/** Groups of three digits, split by one and the same mark, then perhaps decimals. */
const GROUPED = { ".": /^\d{1,3}([,'’\s])\d{3}(?:\1\d{3})*(\.\d*)?$/, ",": /^\d{1,3}([.'’\s])\d{3}(?:\1\d{3})*(,\d*)?$/ };
const UNGROUPED = { ".": /^(\d+\.?\d*|\.\d+)$/, ",": /^(\d+,?\d*|,\d+)$/ };

/** −0 reads back as 0, so it is 0. Numbers beyond a double's range are none. */
function given(value: number, unit: string, rule: RepairRule | null): ReadNumber | null {
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value, unit, rule } : null;
}

/** The digits of a body such as `1.234,5` in the notation of `Number`, or null. */
function plainDigits(body: string, mark: DecimalMark): { digits: string; rule: RepairRule | null } | null {
  const isGrouped = GROUPED[mark].test(body);
  if (!isGrouped && !UNGROUPED[mark].test(body)) return null;
  const bare = isGrouped ? body.replace(mark === "." ? /[,'’\s]/g : /[.'’\s]/g, "") : body;
  const hasDecimalComma = bare.includes(",");
  const rule = isGrouped ? "thousands-separator" : hasDecimalComma ? "decimal-comma" : null;
  return { digits: bare.replace(",", "."), rule };
}

/**
 * The number that `text` writes with `mark` before its decimals: `53`, `-1.5e3`, `$53.00`, `1.234,5`, `5 %` (5, not 0.05),
 * `(1,200)` (−1200). Null when it is none. Text must be trimmed.
 */
export function parseNumber(text: string, mark: DecimalMark): ReadNumber | null {
  if (text.length > MAX_LENGTH) return null;
  if (PLAIN.test(text) && (mark === "." || !text.includes("."))) return given(Number(text), "", null);
  const isNegative = text.startsWith("(") && text.endsWith(")");
  const parts = AROUND.exec((isNegative ? text.slice(1, -1).trim() : text).replaceAll("−", "-"));
  if (!parts) return null;
  const [, outerSign, before = "", innerSign, body, after = ""] = parts;
  if ((outerSign && innerSign) || (isNegative && (outerSign || innerSign)) || (before && after)) return null;
  const number = plainDigits(body, mark);
  if (!number) return null;
  const unit = (before || after).toLowerCase();
  const sign = isNegative || outerSign === "-" || innerSign === "-" ? -1 : 1;
  const rule = unit === "%" ? "percent" : unit ? "currency" : isNegative ? "parentheses" : number.rule;
  return given(sign * Number(number.digits), unit, rule);
}

/** Digits that name something rather than count it: leading zeros, or more digits than a double keeps. */
export function isCode(text: string): boolean {
  return /^[+-]?0\d/.test(text) || /^[+-]?\d{16,}$/.test(text);
}

/** The number of decimals that the shortest form of a number shows. */
export function countDecimals(value: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  const nDecimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  return Math.max(0, nDecimals - Number(exponent));
}
