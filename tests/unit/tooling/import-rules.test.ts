import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { cruise, type IConfiguration, type ICruiseResult } from "dependency-cruiser";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const config = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs")) as Required<
  Pick<IConfiguration, "forbidden" | "options">
>;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trendloom-imports-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), "{}");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Names of the rules that the planted files break. */
async function brokenRules(): Promise<string[]> {
  const { tsConfig: _, ...options } = config.options;
  const { output } = await cruise(["src"], {
    ...options,
    baseDir: folder,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
  });
  return [...new Set((output as ICruiseResult).summary.violations.map((violation) => violation.rule.name))].sort();
}

const value = "export const value = 1;\nexport type Kind = number;\n";
const useOf = (path: string) => `import { value } from "${path}";\nexport const use = value;\n`;
const typeOf = (path: string) => `import type { Kind } from "${path}";\nexport type Use = Kind;\n`;
const component = (path: string) =>
  `<script lang="ts">\n${useOf(path).replaceAll("export ", "")}</script>\n<p>{use as number}</p>\n`;

/** Rule, the file that breaks it, what it holds, and the file that it imports. */
type Violation = readonly [rule: string, from: string, text: string, to?: string];

const violations: readonly Violation[] = [
  ["layer-core", "src/core/a.ts", typeOf("../table/b.ts"), "src/table/b.ts"],
  ["layer-table", "src/table/a.ts", useOf("../encode/b.ts"), "src/encode/b.ts"],
  ["layer-encode", "src/encode/a.ts", useOf("../trees/b.ts"), "src/trees/b.ts"],
  ["layer-trees", "src/trees/a.ts", useOf("../metrics/b.ts"), "src/metrics/b.ts"],
  ["layer-metrics", "src/metrics/a.ts", useOf("../structure/b.ts"), "src/structure/b.ts"],
  ["layer-structure", "src/structure/a.ts", useOf("../segments/b.ts"), "src/segments/b.ts"],
  ["layer-segments", "src/segments/a.ts", useOf("../samplers/b.ts"), "src/samplers/b.ts"],
  ["layer-samplers", "src/samplers/a.ts", useOf("../gan/b.ts"), "src/gan/b.ts"],
  ["layer-gan", "src/gan/a.ts", useOf("../neural/b.ts"), "src/neural/b.ts"],
  ["layer-neural", "src/neural/a.ts", typeOf("../evaluate/b.ts"), "src/evaluate/b.ts"],
  ["evaluate-injected", "src/evaluate/a.ts", useOf("../trees/b.ts"), "src/trees/b.ts"],
  ["export-trees", "src/export/a.ts", useOf("../gan/b.ts"), "src/gan/b.ts"],
  ["engine-without-screen", "src/metrics/a.ts", 'import { mean } from "d3";\nexport const use = mean;\n'],
  ["rpc-knows-no-model", "src/rpc/a.ts", typeOf("../table/b.ts"), "src/table/b.ts"],
  ["jobs-types-only", "src/workers/a.jobs.ts", useOf("../table/b.ts"), "src/table/b.ts"],
  ["workers-without-screen", "src/workers/a.worker.ts", useOf("../charts/b.ts"), "src/charts/b.ts"],
  ["charts-draw-only", "src/charts/a.ts", typeOf("../segments/b.ts"), "src/segments/b.ts"],
  ["charts-draw-only", "src/charts/A.svelte", component("../table/b.ts"), "src/table/b.ts"],
  ["app-without-engines", "src/app/a.ts", useOf("../trees/b.ts"), "src/trees/b.ts"],
  ["app-without-engines", "src/app/A.svelte", component("../gan/b.ts"), "src/gan/b.ts"],
  ["app-without-engines", "src/app/a.ts", 'export const load = () => import("../neural/b.ts");\n', "src/neural/b.ts"],
  ["papaparse-in-csv", "src/table/a.ts", 'import papaparse from "papaparse";\nexport const use = papaparse;\n'],
  ["tensorflow-in-gan-and-neural", "src/metrics/a.ts", 'import { add } from "@tensorflow/tfjs";\nexport const use = add;\n'],
  [
    "reference-forest",
    "src/trees/a.ts",
    'import { RandomForestClassifier } from "ml-random-forest";\nexport const use = RandomForestClassifier;\n',
  ],
  ["no-node-in-page", "src/core/a.ts", 'import { readFileSync } from "node:fs";\nexport const use = readFileSync;\n'],
  ["source-imports-source", "src/core/a.ts", useOf("../../scripts/b.ts"), "scripts/b.ts"],
  ["no-barrel", "src/core/a.ts", useOf("./index.ts"), "src/core/index.ts"],
  ["resolvable", "src/core/a.ts", useOf("./absent.ts")],
];

describe("a planted violation turns the import rules red", () => {
  for (const [rule, from, text, to] of violations) {
    test(`${rule}: ${from}`, async () => {
      plant(to === undefined ? { [from]: text } : { [from]: text, [to]: value });
      expect(await brokenRules()).toEqual([rule]);
    });
  }

  test("no-cycle", async () => {
    plant({ "src/core/a.ts": useOf("./b.ts"), "src/core/b.ts": `${useOf("./a.ts")}export const value = 1;\n` });
    expect(await brokenRules()).toEqual(["no-cycle"]);
  });

  test("every rule has its violation", () => {
    const planted = new Set([...violations.map(([rule]) => rule), "no-cycle"]);
    expect(config.forbidden.map((rule) => rule.name).filter((name) => !planted.has(name as string))).toEqual([]);
  });
});

test("imports that follow the rules stay green", async () => {
  plant({
    "src/core/random.ts": value,
    "src/core/errors.ts": value,
    "src/table/scan-text.ts": `import papaparse from "papaparse";\n${useOf("../core/random.ts")}export default papaparse;\n`,
    "src/trees/forest.ts": `${useOf("../core/random.ts")}export type Kind = number;\n`,
    "src/trees/forest.params.ts": value,
    "src/evaluate/protocol.ts": typeOf("../trees/forest.ts"),
    "src/rpc/client.ts": useOf("../core/errors.ts"),
    "src/workers/learn.jobs.ts": typeOf("../trees/forest.ts"),
    "src/workers/learn.worker.ts": `import { use } from "../trees/forest.ts";\nexport const used = use;\n`,
    "src/charts/Dot.svelte": component("../core/random.ts"),
    "src/app/a.ts": `${typeOf("../trees/forest.ts")}export { value } from "../trees/forest.params.ts";\n`,
    "src/app/App.svelte": component("../core/random.ts").replace(
      "\n",
      `\n${typeOf("../trees/forest.ts").replaceAll("export ", "")}`,
    ),
  });
  expect(await brokenRules()).toEqual([]);
});
