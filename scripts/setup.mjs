import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. Everything here runs in it, wherever it was called from. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
export const distFolder = join(root, "dist");

/** A command that ended with another status than 0. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {number} status
   */
  constructor(command, status) {
    super(`${command} ended with status ${status}`);
    this.status = status;
  }
}

/**
 * Runs a command, in the project's folder unless told otherwise, its output shown as it comes.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv, cwd?: string, outputTo?: "stdout" | "stderr", shell?: boolean }} [options]
 *   With `outputTo: "stderr"` standard output stays free for results.
 * @returns {Promise<void>} Rejects with CommandError.
 */
export function runCommand(command, args, options = {}) {
  const { quiet = false, env = process.env, cwd = root, outputTo = "stdout", shell = false } = options;
  return new Promise((resolve, reject) => {
    const stdout = quiet ? "ignore" : outputTo === "stderr" ? process.stderr : "inherit";
    const child = spawn(command, [...args], { cwd, env, shell, stdio: ["inherit", stdout, quiet ? "ignore" : "inherit"] });
    child.once("error", reject);
    child.once("close", (status) => {
      if (status === 0) resolve();
      else reject(new CommandError([command, ...args].join(" "), status ?? 1));
    });
  });
}

/**
 * Runs npm; on Windows it is a shell script.
 *
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, outputTo?: "stdout" | "stderr" }} [options]
 */
export function runNpm(args, options = {}) {
  return runCommand("npm", args, { ...options, shell: process.platform === "win32" });
}

/**
 * Runs a command line tool of an installed package with this Node, without a shell.
 *
 * @param {string} packageName
 * @param {readonly string[]} args
 * @param {{ tool?: string, env?: NodeJS.ProcessEnv, cwd?: string, outputTo?: "stdout" | "stderr", quiet?: boolean }} [options]
 *   `tool`: name of the command where it is not the package's own.
 */
export function runTool(packageName, args, { tool, ...options } = {}) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : bin[tool ?? packageName.replace(/^@[^/]+\//, "")];
  return runCommand(process.execPath, [join(folder, file), ...args], options);
}

/** @param {string} path */
const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/**
 * When the newest file under `paths` was changed, in milliseconds since 1970.
 *
 * @param {readonly string[]} paths
 * @param {(path: string) => boolean} [isLeftOut]
 * @returns {number}
 */
export function newestChange(paths, isLeftOut = () => false) {
  let newest = 0;
  for (const path of paths) {
    if (isLeftOut(path) || !existsSync(path)) continue;
    newest = Math.max(newest, changedAt(path));
    if (!statSync(path).isDirectory()) continue;
    const inside = readdirSync(path).map((name) => join(path, name));
    newest = Math.max(newest, newestChange(inside, isLeftOut));
  }
  return newest;
}

/**
 * Installs the packages of the lock file where they are absent or older than it. Not with `npm ci`: it refuses a lock
 * file that was written where the registry holds the native parts of one platform alone.
 *
 * @param {{ outputTo?: "stdout" | "stderr" }} [options]
 */
export async function ensureDependencies({ outputTo = "stdout" } = {}) {
  requireNode(20, 19);
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  if (changedAt(installed) >= Math.max(1, changedAt(lock))) return;
  console.error("Installing packages (npm install) …");
  await runNpm(["install", "--no-audit", "--no-fund", "--loglevel=error"], { outputTo });
  const now = new Date();
  utimesSync(installed, now, now);
}

/**
 * @param {number} major
 * @param {number} minor
 */
function requireNode(major, minor) {
  const [hasMajor = 0, hasMinor = 0] = process.versions.node.split(".").map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  throw new Error(`Node.js ${major}.${minor} or later is needed, this is ${process.versions.node}.`);
}

const SOURCES = [
  "src",
  "public",
  "scripts/vite",
  "scripts/message-options.mjs",
  "scripts/wasm.mjs",
  "index.html",
  "gallery.html",
];
const BUILD_SETTINGS = ["vite.config.ts", "package-lock.json", "project.inlang/settings.json"];

/** True where `dist/` is absent or older than anything it is built from. */
export function isBuildStale() {
  const generated = [join(root, "src", "app", "i18n", "paraglide"), join(root, "src", "wasm", "compiled")];
  const sources = [...SOURCES, ...BUILD_SETTINGS].map((path) => join(root, path));
  return (
    changedAt(join(distFolder, "index.html")) <
    Math.max(
      1,
      newestChange(sources, (path) => generated.includes(path)),
    )
  );
}

/**
 * Builds the page into `dist/`. Compiles the messages on the way.
 *
 * @param {{ outputTo?: "stdout" | "stderr" }} [options]
 */
export async function build({ outputTo = "stdout" } = {}) {
  await runTool("vite", ["build", "--logLevel", "warn"], { outputTo });
}

/**
 * Builds the page where that is needed.
 *
 * @param {{ outputTo?: "stdout" | "stderr" }} [options]
 */
export async function ensureBuild(options = {}) {
  if (!isBuildStale()) return;
  console.error("Building the page …");
  await build(options);
}

/** Loads a package that may have been installed a moment ago. */
export const requireFromRoot = createRequire(join(root, "package.json"));

/**
 * Ends the process with a clear line where a script failed.
 *
 * @param {unknown} error
 */
export function exitWith(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(error instanceof CommandError ? error.status : 1);
}
