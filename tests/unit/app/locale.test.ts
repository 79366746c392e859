import { describe, expect, it } from "vitest";
import { locale, preferredLocale } from "../../../src/app/i18n/locale.svelte.ts";
import { m } from "../../../src/app/i18n/paraglide/messages.js";
import { stageWords, unitWords } from "../../../src/app/parts/stage-words.ts";

describe("the language", () => {
  it("is the first of the browser's that the page speaks", () => {
    expect(preferredLocale(["fr-FR", "vi-VN", "en"])).toBe("vi");
    expect(preferredLocale(["EN-gb", "vi"])).toBe("en");
    expect(preferredLocale(["fr"])).toBe("en");
    expect(preferredLocale([])).toBe("en");
  });

  it("changes every message at once", () => {
    locale.choose("en");
    expect(m.common_requests({ count: 0, shown: "0" })).toBe("0 requests since load");
    expect(m.common_requests({ count: 1, shown: "1" })).toBe("1 request since load");
    locale.choose("vi");
    expect(m.common_requests({ count: 1, shown: "1" })).toBe("1 yêu cầu mạng từ khi mở trang");
  });
});

describe("a stage of work in words", () => {
  it("counts where there is something to count", () => {
    locale.choose("en");
    expect(stageWords("forest", { done: 64, total: 100 })).toBe("Growing tree 64 of 100");
    expect(stageWords("forest", { done: 0, total: 100 })).toBe("Growing tree 1 of 100");
    expect(stageWords("read", { done: 0, total: 1 })).toBe("Reading the file");
    expect(stageWords("race")).toBe("Measuring which engine is fastest here");
  });

  it("has words for a stage it does not know, also one named like a property", () => {
    locale.choose("vi");
    expect(stageWords("constructor")).toBe("Đang tính");
    expect(unitWords("toString")).toBe("việc mỗi giây");
  });
});
