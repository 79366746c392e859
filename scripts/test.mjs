// npm test [-- --only unit,build]: installs what is missing, then every check of the project, stopping at the first that fails.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, ensureDependencies, runTool } from "./setup.mjs";

const TYPE_CONFIGS = ["engines", "gpu", "workers", "app", "node", "types"];
const IMPORT_RULES = ["src", "--config", ".dependency-cruiser.cjs", "--output-type", "err"];

const reports = mkdtempSync(join(tmpdir(), "trendloom-test-"));
const totals = { passed: 0, failed: 0, skipped: 0 };

/**
 * Adds up what vitest counted; a file or a run that broke before it was counted adds a failure.
 *
 * @param {string} file
 */
function addTotals(file) {
  try {
    /** @type {import("vitest/node").JsonTestResults} */
    const report = JSON.parse(readFileSync(file, "utf8"));
    const nBrokenFiles = report.testResults.filter(
      (result) => result.status === "failed" && result.assertionResults.length === 0,
    ).length;
    totals.passed += report.numPassedTests;
    totals.failed += report.numFailedTests + nBrokenFiles;
    totals.skipped += report.numPendingTests + report.numTodoTests;
  } catch {
    totals.failed += 1;
  }
}

/** @param {"unit" | "browser"} project */
async function runVitest(project) {
  const file = join(reports, `${project}.json`);
  try {
    await runTool("vitest", ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]);
  } finally {
    addTotals(file);
  }
}

async function checkTypes() {
  for (const name of TYPE_CONFIGS) await runTool("typescript", ["-p", `tsconfig.${name}.json`], { tool: "tsc" });
  await runTool("svelte-check", ["--tsconfig", "./tsconfig.app.json", "--fail-on-warnings"]);
}

async function lintComponents() {
  await runTool("eslint", ["src", "--max-warnings", "0"]);
  await runTool("prettier", ["--check", "src/**/*.svelte", "*.html", "--log-level", "warn"]);
}

/** The browser that later stages start, found or installed now: an installation with npm would disturb them. */
async function prepareBrowser() {
  const { findChromium } = await import("./chromium.mjs");
  const { executablePath } = await findChromium();
  console.log(executablePath);
}

/** @type {Record<string, () => Promise<void>>} */
const STAGES = {
  browser: prepareBrowser,
  messages: async () => (await import("./messages.mjs")).compileMessages(),
  kernels: async () => (await import("./wasm.mjs")).compileKernels(),
  types: checkTypes,
  format: () => runTool("@biomejs/biome", ["ci", ".", "--error-on-warnings", ...(process.stdout.isTTY ? [] : ["--colors=off"])]),
  components: lintComponents,
  imports: () => runTool("dependency-cruiser", IMPORT_RULES, { tool: "depcruise" }),
  unused: () => runTool("knip", []),
  unit: () => runVitest("unit"),
  build: () => build(),
  size: () => runTool("size-limit", []),
  "browser-tests": () => runVitest("browser"),
};

/** Stages of `npm run check`: everything but the tests and the build. */
const CHECKS = ["messages", "kernels", "types", "format", "components", "imports", "unused"];

function chosenStages() {
  const { values } = parseArgs({ options: { only: { type: "string" }, checks: { type: "boolean" } } });
  const names = values.only?.split(",") ?? (values.checks ? CHECKS : Object.keys(STAGES));
  const unknown = names.find((name) => !(name in STAGES));
  if (unknown !== undefined) throw new Error(`No stage is called ${unknown}. Stages: ${Object.keys(STAGES).join(", ")}`);
  return names;
}

async function test() {
  const names = chosenStages();
  await ensureDependencies();
  for (const name of names) {
    const startedAt = Date.now();
    console.log(`\n== ${name}`);
    try {
      await STAGES[name]?.();
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      console.error(`== ${name} FAILED; the stages after it did not run`);
      return 1;
    }
    console.log(`== ${name} passed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  return 0;
}

try {
  process.exitCode = await test();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
const { passed, failed, skipped } = totals;
if (passed + failed + skipped > 0) console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
