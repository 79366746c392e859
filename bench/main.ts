/** `npm run bench [-- --only trees,forest.shopping] [--repetitions 7]`: see README.md. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../scripts/browser/launch.ts";
import { serveFolder } from "../scripts/serve.mjs";
import { root } from "../scripts/setup.mjs";
import { compileKernels } from "../scripts/wasm.mjs";
import { ensureData } from "./data/files.ts";
import type { Bench } from "./page/page.ts";
import { PythonProcess } from "./python-rival.ts";
import type { BenchResult, ScenarioFacts } from "./scenario.ts";
import { compare, formatTable } from "./statistics.ts";

const MIN_REPETITIONS = 5;
/** Between two sides, for what one leaves behind (garbage, threads that wait actively). */
const PAUSE_MS = 300;
const GROUPS = ["trees", "gan", "reader", "segments"];
const BUSY_LOAD = 0.75;
const OUT = join(root, "out", "bench");
const RESULTS = join(root, "bench", "results");

type BenchWindow = Window & { readonly bench: Bench };

const say = (line: string) => process.stderr.write(`${line}\n`);

function readCommand(): { only: readonly string[]; nRepetitions: number } {
  const { values } = parseArgs({ options: { only: { type: "string" }, repetitions: { type: "string" } } });
  const nRepetitions = Number(values.repetitions ?? 7);
  if (!(nRepetitions >= MIN_REPETITIONS)) throw new Error(`--repetitions must be at least ${MIN_REPETITIONS}`);
  return { only: values.only?.split(",") ?? [], nRepetitions };
}

async function buildPage(): Promise<void> {
  // Beside it stands the data, which is kept.
  rmSync(join(OUT, "assets"), { recursive: true, force: true });
  await build({
    configFile: false,
    root: join(root, "bench", "page"),
    base: "./",
    logLevel: "warn",
    worker: { format: "es" },
    build: { outDir: OUT, emptyOutDir: false, target: "es2023", chunkSizeWarningLimit: 10_000 },
  });
}

/** Processes that want a core, over the number of cores. A rival on OpenMP waits actively and suffers most from others. */
function currentLoad(): number {
  const load = Number((loadavg()[0] / cpus().length).toFixed(2));
  if (load > BUSY_LOAD) say(`the machine is busy (${load} processes a core): take the ratios with care`);
  return load;
}

/** Runs both sides in turn, after one repetition of each that does not count. */
async function runScenario(page: Page, facts: ScenarioFacts, nRepetitions: number): Promise<BenchResult> {
  const load = currentLoad();
  const file = ensureData(facts.data, join(OUT, "data"));
  const { rows, python } = await page.evaluate(([name, url]) => (window as unknown as BenchWindow).bench.prepare(name, url), [
    facts.name,
    `data/${file}`,
  ] as const);
  const rivalProcess = python && new PythonProcess();
  try {
    const rivalName = python && rivalProcess ? await rivalProcess.prepare(python, join(OUT, "data", file)) : facts.rivalName;
    const runOurs = () => page.evaluate(() => (window as unknown as BenchWindow).bench.ours());
    const runRival = () =>
      rivalProcess ? rivalProcess.run() : page.evaluate(() => (window as unknown as BenchWindow).bench.rival());
    const ours: number[] = [];
    const rival: number[] = [];
    for (let repetition = -1; repetition < nRepetitions; repetition++) {
      const oursMs = await runOurs();
      await wait(PAUSE_MS);
      const rivalMs = await runRival();
      await wait(PAUSE_MS);
      if (repetition < 0) continue;
      ours.push(oursMs * (facts.scale?.ours ?? 1));
      rival.push(rivalMs * (facts.scale?.rival ?? 1));
    }
    const { name, unit, threads, note } = facts;
    return { name, ...compare(ours, rival), rivalName, unit, rows, threads, repetitions: nRepetitions, load, note };
  } finally {
    rivalProcess?.close();
    await page.evaluate(() => (window as unknown as BenchWindow).bench.close());
  }
}

async function main(): Promise<void> {
  const { only, nRepetitions } = readCommand();
  await compileKernels();
  await buildPage();
  const server = await serveFolder({ folder: OUT });
  const browser = await launchBrowser();
  const results: BenchResult[] = [];
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await page.goto(server.url);
    await page.waitForFunction(() => "bench" in window);
    const all = await page.evaluate(() => (window as unknown as BenchWindow).bench.list());
    const known = new Set([...GROUPS, ...all.flatMap(({ group, name }) => [group, name])]);
    const unknown = only.find((name) => !known.has(name));
    if (unknown !== undefined) throw new Error(`--only knows no ${unknown}; it knows ${[...known].join(", ")}`);
    for (const facts of all) {
      if (only.length > 0 && !only.includes(facts.group) && !only.includes(facts.name)) continue;
      say(`${facts.name} …`);
      try {
        results.push(await runScenario(page, facts, nRepetitions));
      } catch (error) {
        say(`${facts.name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, "latest.json"), `${JSON.stringify(results, null, 2)}\n`);
  process.stdout.write(`${formatTable(results)}\n`);
}

await main();
