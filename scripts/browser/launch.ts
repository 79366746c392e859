import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type BrowserContext, chromium } from "playwright-core";
import { findChromium } from "../chromium.mjs";
import { type RequestWatch, watchRequests } from "./request-watch.ts";

/** What the page finds to compute on: the browser's default, WebGPU also where it is software, or nothing but the CPU. */
export type GpuMode = "default" | "webgpu" | "none";

export interface LaunchOptions {
  readonly gpu?: GpuMode;
  /** More command line flags of Chromium. */
  readonly args?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Language of the browser, `en-GB` where not said. */
  readonly locale?: string;
  readonly colorScheme?: "light" | "dark";
  readonly reducedMotion?: "reduce" | "no-preference";
}

export interface LaunchedBrowser {
  readonly context: BrowserContext;
  readonly requests: RequestWatch;
  close(): Promise<void>;
}

const GPU_ARGS: Readonly<Record<GpuMode, readonly string[]>> = {
  default: [],
  webgpu: ["--enable-unsafe-webgpu"],
  none: ["--disable-gpu", "--disable-software-rasterizer"],
};

/** The address that Chromium writes into its profile once it listens. */
async function readEndpoint(profile: string): Promise<string> {
  const file = join(profile, "DevToolsActivePort");
  for (let attempt = 0; attempt < 200; attempt++) {
    const [port, path] = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    if (port && path) return `ws://127.0.0.1:${port}${path.trim()}`;
    await wait(50);
  }
  throw new Error("Chromium did not say where its protocol can be reached.");
}

/** Starts a headless Chromium with a fresh profile, all its requests watched from before the first page. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<LaunchedBrowser> {
  const { gpu = "default", args = [], viewport = { width: 1440, height: 900 }, locale = "en-GB" } = options;
  const { executablePath, args: ownArgs } = await findChromium();
  const profile = await mkdtemp(join(tmpdir(), "trendloom-profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...ownArgs, ...GPU_ARGS[gpu], ...args, "--remote-debugging-port=0"],
    viewport: { ...viewport },
    locale,
    colorScheme: options.colorScheme ?? "light",
    reducedMotion: options.reducedMotion ?? "no-preference",
    acceptDownloads: true,
  });
  const requests = await watchRequests(await readEndpoint(profile));
  return {
    context,
    requests,
    async close() {
      requests.close();
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
