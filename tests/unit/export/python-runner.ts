import { spawnSync } from "node:child_process";

const PYTHON = "/usr/bin/python3";

/** Whether the machine's Python has the modules; says so where it has not. */
export function hasPython(...modules: string[]): boolean {
  const found = spawnSync(PYTHON, ["-c", modules.map((name) => `import ${name}`).join("\n")]);
  if (found.status === 0) return true;
  console.warn(`${PYTHON} with ${modules.join(", ")} is absent: tests on it are skipped`);
  return false;
}

/** Runs a Python script; throws what it printed where it fails. */
export function runPython(script: string, args: readonly string[], cwd: string): string {
  const run = spawnSync(PYTHON, [script, ...args], { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${script} ended with ${run.status}:\n${run.stdout}\n${run.stderr}`);
  return run.stdout;
}
