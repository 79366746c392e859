import { beforeEach, describe, expect, it } from "vitest";
import {
  durationWords,
  formatBytes,
  formatCurrency,
  formatDate,
  formatList,
  formatNumber,
  formatPercent,
  formatPoints,
  formatPValue,
  formatRate,
  formatShortNumber,
  formatSigned,
  formatTime,
  timeLeftWords,
} from "../../../src/app/i18n/format.ts";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";

describe("in English", () => {
  beforeEach(() => locale.choose("en"));

  it("groups thousands with a comma and ends in a point", () => {
    expect(formatNumber(3900)).toBe("3,900");
    expect(formatNumber(0.3, 2)).toBe("0.30");
    expect(formatShortNumber(0.5)).toBe("0.5");
  });

  it("writes a real minus sign, never a hyphen", () => {
    expect(formatNumber(-1234.5, 1)).toBe("\u22121,234.5");
    expect(formatSigned(-0.3)).toBe("\u22120.3");
    expect(formatSigned(1.94)).toBe("+1.9");
    expect(formatCurrency(-59.7)).toBe("\u2212$59.70");
  });

  it("gives no sign to what rounds to zero", () => {
    expect(formatNumber(-0.0004, 2)).toBe("0.00");
    expect(formatSigned(0.004, 2)).toBe("0.00");
    expect(formatSigned(-0.004, 2)).toBe("0.00");
  });

  it("puts a narrow no-break space before the per-cent sign", () => {
    expect(formatPercent(0.1428)).toBe("14.3\u202f%");
    expect(formatPercent(1, 0)).toBe("100\u202f%");
  });

  it("writes a difference of shares in points", () => {
    expect(formatPoints(-0.003)).toBe("\u22120.3");
    expect(formatPoints(0.019)).toBe("+1.9");
  });

  it("writes an en dash for a figure that is not there", () => {
    for (const words of [
      formatNumber(Number.NaN),
      formatPercent(Number.NaN),
      formatSigned(Number.NaN),
      formatCurrency(Number.POSITIVE_INFINITY),
      formatBytes(Number.NaN),
      durationWords(Number.NaN),
      timeLeftWords(Number.POSITIVE_INFINITY),
    ]) {
      expect(words).toBe("\u2013");
    }
  });

  it("keeps p-values honest about what was measured", () => {
    expect(formatPValue(0.7)).toBe("= 0.70");
    expect(formatPValue(0.05)).toBe("= 0.050");
    expect(formatPValue(0.00099)).toBe("< 0.001");
  });

  it.each([
    [0, "0 ms"],
    [0.06, "60 ms"],
    [0.0996, "0.1 s"],
    [0.2, "0.2 s"],
    [1.94, "1.9 s"],
    [9.96, "10 s"],
    [36.4, "36 s"],
    [59.6, "1 min"],
    [90, "1 min 30 s"],
    [3599.7, "1 h"],
    [7500, "2 h 5 min"],
  ])("says %d seconds as %s", (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });

  it.each([
    [0, "1 s"],
    [35.2, "36 s"],
    [59.9, "1 min"],
    [64, "1 min"],
    [66, "1 min 10 s"],
  ])("says %d seconds left as %s", (seconds, words) => {
    expect(timeLeftWords(seconds)).toBe(words);
  });

  it.each([
    [940, "940\u00a0B"],
    [999.6, "1.0\u00a0kB"],
    [4_200_000, "4.2\u00a0MB"],
    [99_960_000, "100\u00a0MB"],
    [999_700_000, "1.0\u00a0GB"],
  ])("says %d bytes as %s", (nBytes, words) => {
    expect(formatBytes(nBytes)).toBe(words);
  });

  it("says a rate with the digits that mean something", () => {
    expect(formatRate(2.43)).toBe("2.4");
    expect(formatRate(31.2)).toBe("31");
  });

  it("lists with a last and", () => {
    expect(formatList(["Age", "Gender", "Size"])).toBe("Age, Gender, and Size");
  });
});

describe("in Vietnamese", () => {
  beforeEach(() => locale.choose("vi"));

  it("groups thousands with a point and ends in a comma", () => {
    expect(formatNumber(3900)).toBe("3.900");
    expect(formatPercent(0.135)).toBe("13,5\u202f%");
    expect(formatSigned(-0.3)).toBe("\u22120,3");
    expect(formatCurrency(59.7)).toBe("59,70\u00a0$");
    expect(formatPValue(0.00001)).toBe("< 0,001");
  });

  it("says durations, dates and lists in words of its own", () => {
    expect(durationWords(126)).toBe("2 phút 6 giây");
    expect(durationWords(1.9)).toBe("1,9 giây");
    expect(formatDate(new Date(2026, 2, 5))).toContain("tháng 3");
    expect(formatTime(new Date(2026, 2, 5, 0, 7))).toBe("00:07");
    expect(formatList(["Tuổi", "Giới tính"])).toBe("Tuổi và Giới tính");
  });
});
