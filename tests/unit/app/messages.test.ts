import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../../src/app/i18n");
const SETTINGS = join(import.meta.dirname, "../../../project.inlang/settings.json");

type Messages = Record<string, unknown>;

const areas = (language: string): string[] => readdirSync(join(ROOT, language)).sort();
const read = (language: string, file: string): Messages => JSON.parse(readFileSync(join(ROOT, language, file), "utf8"));

/** Names in braces, of a plain message or of every variant of one with plural forms. */
function placeholders(message: unknown): string[] {
  const names = new Set<string>();
  for (const [, name] of JSON.stringify(message).matchAll(/\{(\w+)\}/g)) names.add(name!);
  return [...names].sort();
}

it("has the same areas in both languages, all of them compiled", () => {
  expect(areas("vi")).toEqual(areas("en"));
  const compiled: string[] = JSON.parse(readFileSync(SETTINGS, "utf8"))["plugin.inlang.messageFormat"].pathPattern;
  expect(compiled.map((path) => path.split("/").at(-1)).sort()).toEqual(areas("en"));
});

it("uses no key in two areas, where one would hide the other", () => {
  const keys = areas("en").flatMap((file) => Object.keys(read("en", file)));
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

describe.each(areas("en"))("%s", (file) => {
  const english = read("en", file);
  const vietnamese = read("vi", file);

  it("has the same keys in both languages", () => {
    expect(Object.keys(vietnamese).sort()).toEqual(Object.keys(english).sort());
  });

  it("has the same placeholders in both languages", () => {
    for (const key of Object.keys(english)) {
      expect(placeholders(vietnamese[key]), key).toEqual(placeholders(english[key]));
    }
  });

  it("keeps the voice: no message is empty, shouts or is written with a hyphen for minus", () => {
    for (const messages of [english, vietnamese]) {
      for (const [key, message] of Object.entries(messages)) {
        const text = JSON.stringify(message);
        expect(text.length, key).toBeGreaterThan(2);
        expect(text, key).not.toMatch(/!(?!=)|AI-powered|insight|\bmagic\b|(?:^|[\s(])-\d/i);
      }
    }
  });
});
