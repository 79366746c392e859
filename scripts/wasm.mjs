// node scripts/wasm.mjs: compiles the AssemblyScript kernels of src/wasm to TypeScript modules that hold them as text.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { exitWith, newestChange, root } from "./setup.mjs";

const sourceFolder = join(root, "src", "wasm");
const compiledFolder = join(sourceFolder, "compiled");

/** Fixed-width SIMD is all that every current browser has; no threads. */
const OPTIONS = ["-O3", "--noAssert", "--converge", "--runtime", "stub", "--enable", "simd", "--use", "abort="];

/** A kernel of this ending is another for browsers that have relaxed SIMD as well. */
const RELAXED = "-relaxed";

/** @param {string} path */
const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** One kernel to a file; its further parts stand in a folder of its name. */
const kernelNames = () =>
  readdirSync(sourceFolder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => basename(name, ".ts"));

/**
 * The text of a module that exports a kernel's bytes. Text, because the page's policy lets a worker fetch nothing that
 * an engine could start from at once.
 *
 * @param {Uint8Array | string} binary
 */
function moduleText(binary) {
  const base64 = Buffer.from(binary).toString("base64");
  return `/** WebAssembly in base64, made by scripts/wasm.mjs. */\nexport default ${JSON.stringify(base64)};\n`;
}

/** @param {string} name */
async function compileKernel(name) {
  const { main } = await import("assemblyscript/asc");
  /** @type {Map<string, Uint8Array | string>} */
  const written = new Map();
  const features = name.endsWith(RELAXED) ? ["--enable", "relaxed-simd"] : [];
  const { error, stderr } = await main([`src/wasm/${name}.ts`, "--outFile", "kernel.wasm", ...OPTIONS, ...features], {
    readFile: (file, folder) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : null),
    writeFile: (file, contents) => void written.set(file, contents),
    listFiles: () => [],
  });
  const binary = written.get("kernel.wasm");
  if (error || !binary) throw new Error(`src/wasm/${name}.ts does not compile:\n${stderr.toString()}`);
  mkdirSync(compiledFolder, { recursive: true });
  // Renamed into place whole: several processes may compile at once.
  const unfinished = join(compiledFolder, `${name}.${process.pid}.part`);
  writeFileSync(unfinished, moduleText(binary));
  renameSync(unfinished, join(compiledFolder, `${name}.ts`));
}

/** Compiles the kernels that are newer than their modules, and removes modules whose kernel is gone. */
export async function compileKernels() {
  process.chdir(root);
  const names = kernelNames();
  const compilerAt = changedAt(join(root, "scripts", "wasm.mjs"));
  for (const name of names) {
    const plain = name.replace(RELAXED, "");
    const sources = [`${name}.ts`, `${plain}.ts`, plain].map((source) => join(sourceFolder, source));
    const sourceAt = Math.max(compilerAt, newestChange(sources));
    if (changedAt(join(compiledFolder, `${name}.ts`)) < sourceAt) await compileKernel(name);
  }
  if (!existsSync(compiledFolder)) return;
  for (const file of readdirSync(compiledFolder))
    if (file.endsWith(".ts") && !names.includes(basename(file, ".ts"))) rmSync(join(compiledFolder, file));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) compileKernels().catch(exitWith);
