import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const PYTHON = "/usr/bin/python3";

/** Whether the machine's Python has the modules; says so where it has not. */
export function hasPython(...modules: string[]): boolean {
  const found = spawnSync(PYTHON, ["-c", `import importlib.util as u; assert all(map(u.find_spec, ${JSON.stringify(modules)}))`]);
  if (found.status === 0) return true;
  console.warn(`${PYTHON} with ${modules.join(", ")} is absent: tests on it are skipped`);
  return false;
}

/** Runs a Python script; throws what it printed where it fails. */
export function runPython(script: string, args: readonly string[], folder: string): string {
  const run = spawnSync(PYTHON, [script, ...args], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${script} ended with ${run.status}:\n${run.stdout}\n${run.stderr}`);
  return run.stdout;
}

/** A folder that is gone after the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "trendloom-export-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Files of one script run, in a new folder. */
export interface ScriptJob {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The script and its arguments; several runs one after the other. */
  readonly runs: readonly (readonly string[])[];
}

/** Runs the scripts in one Python process, each in folder/name; `cluster` tells them the address of two Dask workers. */
export function runScripts(folder: string, jobs: readonly ScriptJob[], { cluster }: { cluster: boolean }): void {
  const listed = jobs.flatMap(({ name, files, runs }) => {
    const own = join(folder, name);
    mkdirSync(own);
    for (const [fileName, content] of Object.entries(files)) writeFileSync(join(own, fileName), content);
    return runs.map((run) => [own, ...run]);
  });
  writeFileSync(join(folder, "jobs.json"), JSON.stringify(listed));
  runPython(join(import.meta.dirname, "run-scripts.py"), [join(folder, "jobs.json"), ...(cluster ? ["--cluster"] : [])], folder);
}
