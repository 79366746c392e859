import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findChromium } from "../../../scripts/chromium.mjs";
import { newestChange, root } from "../../../scripts/setup.mjs";
import { packageFolder } from "../../../scripts/vite/licence-list.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trendloom-setup-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, changedAtSeconds: number): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), "");
  utimesSync(join(folder, path), changedAtSeconds, changedAtSeconds);
}

test("the newest change is that of the newest file at any depth, but for what is left out", () => {
  const [past, soon, later] = [1_000, 4_000_000_000, 4_100_000_000];
  write("old.ts", past);
  write("deep/inside/new.ts", soon);
  write("generated/newest.ts", later);
  expect(newestChange([folder])).toBe(later * 1000);
  expect(newestChange([folder], (path) => path === join(folder, "generated"))).toBe(soon * 1000);
  expect(newestChange([join(folder, "absent")])).toBe(0);
});

test("CHROME_PATH names the browser, and a wrong one is refused by name", async () => {
  write("my-browser", 1_000);
  vi.stubEnv("CHROME_PATH", join(folder, "my-browser"));
  const { executablePath, args } = await findChromium();
  expect(executablePath).toBe(join(folder, "my-browser"));
  expect(args.includes("--no-sandbox")).toBe(process.getuid?.() === 0);
  vi.stubEnv("CHROME_PATH", join(folder, "absent"));
  await expect(findChromium()).rejects.toThrow(/CHROME_PATH names no file: .*absent/);
});

test("a file's package is the innermost folder of node_modules that holds it", () => {
  expect(packageFolder(join(root, "node_modules/svelte/src/index.js"))).toBe(join(root, "node_modules/svelte"));
  expect(packageFolder(join(root, "node_modules/@tensorflow/tfjs/dist/a.js?worker"))).toBe(
    join(root, "node_modules/@tensorflow/tfjs"),
  );
  expect(packageFolder(join(root, "src/main.ts"))).toBeNull();
  expect(packageFolder("\0virtual:node_modules/absent/a.js")).toBeNull();
});
