import { describe, expect, it } from "vitest";
import { errorWords } from "../../../src/app/i18n/error-words.ts";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";
import { ERROR_CODES, type ErrorCode, type ErrorDetails } from "../../../src/core/errors.ts";

const words = (code: ErrorCode, details: ErrorDetails = {}) => errorWords({ code, details, message: "" });

describe.each(["en", "vi"] as const)("every failure, in %s", (language) => {
  it.each(ERROR_CODES)("%s has a sentence and a remedy of its own", (code) => {
    locale.choose(language);
    const { what, remedy } = words(code);
    for (const sentence of [what, remedy]) {
      expect(sentence).toMatch(/^\P{Ll}.*\.$/su);
      expect(sentence).not.toMatch(/errors_|undefined|[{}!]/);
    }
    expect(remedy).not.toBe(what);
  });

  it("gives no two codes the same sentence", () => {
    locale.choose(language);
    expect(new Set(ERROR_CODES.map((code) => words(code).what)).size).toBe(ERROR_CODES.length);
  });
});

it("says every code differently in the two languages", () => {
  for (const code of ERROR_CODES) {
    locale.choose("en");
    const english = words(code);
    locale.choose("vi");
    expect(words(code).what, code).not.toBe(english.what);
    expect(words(code).remedy, code).not.toBe(english.remedy);
  }
});

describe("the facts in the sentences", () => {
  it("are written by the language", () => {
    locale.choose("vi");
    expect(words("target-too-many-classes", { target: "Mã", got: 3900, expected: 50 }).what).toContain("3.900");
  });

  it("are sizes where bytes are meant", () => {
    locale.choose("en");
    const { what } = words("file-too-large", { unit: "bytes", got: 2_100_000_000, expected: 1_000_000_000 });
    expect(what).toBe("The file has 2.1\u00a0GB; this page can hold 1.0\u00a0GB.");
  });

  it("choose the sentence where the kind of file is known", () => {
    locale.choose("en");
    expect(words("file-binary", { kind: "xlsx" }).what).toBe("This is an Excel workbook, not a CSV.");
    expect(words("file-binary", { kind: "gzip" }).remedy).toBe("Unpack it and open the CSV inside.");
    expect(words("file-binary", { kind: "constructor" }).what).toBe("This is not a text file.");
  });

  it("keep the bounds of a setting and drop its English", () => {
    locale.choose("vi");
    const { what } = words("parameter-invalid", { parameter: "k", expected: "a whole number in [2, 20]", got: 99 });
    expect(what).toBe("Thiết lập “k” không thể là 99; cho phép: 2 … 20.");
  });

  it("are text even when a column is named like a property", () => {
    locale.choose("en");
    expect(words("target-missing", { target: "__proto__" }).what).toBe("The table has no column “__proto__”.");
    expect(words("target-missing").what).toBe("The table has no column “not known”.");
  });
});
