import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const source = resolve(import.meta.dirname, "../../../src");
const ENGINES = ["core", "table", "encode", "trees", "metrics", "structure", "segments", "samplers", "gan", "neural", "evaluate"];

/** Functions whose last bit differs between browsers, and readings of chance and time: results must not hang on them. */
const FORBIDDEN =
  /\bMath\.(random|exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b|\bDate\.now\b|\bDate\(\)|\bperformance\.now\b/g;

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
const impurities = (text: string) => withoutComments(text).match(FORBIDDEN) ?? [];

test.each(ENGINES)("%s draws no chance, reads no clock and takes exp and log from core", (engine) => {
  const files = readdirSync(join(source, engine), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const found = files.flatMap((name) =>
    impurities(readFileSync(join(source, engine, name), "utf8")).map((what) => `${name}: ${what}`),
  );
  expect(found).toEqual([]);
});

test("a planted impurity is found", () => {
  expect(impurities("// Math.random()\n/** Math.exp */ const x = Math.exp(1) + Math.sqrt(2) * Date.now();")).toEqual([
    "Math.exp",
    "Date.now",
  ]);
});
