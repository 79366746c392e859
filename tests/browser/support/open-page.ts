import { existsSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { type LaunchOptions, launchBrowser } from "../../../scripts/browser/launch.ts";
import type { RequestWatch } from "../../../scripts/browser/request-watch.ts";
import { serveFolder } from "../../../scripts/serve.mjs";
import { distFolder } from "../../../scripts/setup.mjs";

export interface OpenOptions extends LaunchOptions {
  /** Folder to serve; the built page where not said. */
  readonly folder?: string;
  /** The folder appears under this path, which begins and ends with a slash. */
  readonly basePath?: string;
  /** Send the built `_headers`; a plain static host, the default, sends none. */
  readonly sendsHeaders?: boolean;
  /** File below the base path, with fragment where wanted. */
  readonly path?: string;
}

export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly requests: RequestWatch;
  readonly url: string;
  readonly origin: string;
  /** Uncaught errors and console errors, refusals of the content security policy among them. */
  readonly errors: readonly string[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens the built page as a stranger would: own server, fresh profile, every request watched. */
export async function openPage(options: OpenOptions = {}): Promise<OpenedPage> {
  const { folder = distFolder, basePath = "/", sendsHeaders = false, path = "" } = options;
  if (!existsSync(folder)) throw new Error(`${folder} is absent: npm run build makes it`);
  const server = await serveFolder({ folder, basePath, sendsHeaders });
  const browser = await launchBrowser(options);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  await page.goto(server.url + path);
  const { context, requests } = browser;
  return { page, context, requests, url: server.url, origin: server.origin, errors, close, [Symbol.asyncDispose]: close };
}
