import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { encodeLink, type LinkContent, SAMPLE_NAMES } from "../../src/app/state/link.ts";
import { launchBrowser } from "../browser/launch.ts";
import { serveFolder } from "../serve.mjs";
import { distFolder } from "../setup.mjs";
import { type Command, parseCommand, UsageError } from "./flags.ts";
import { summarize } from "./summary.ts";

/** What the page itself says of its state; the attributes are there for assistive and automatic readers alike. */
const CONTENT = "main#content";
const POLL_MS = 250;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The link that holds the command's settings; a file of the user's own is dropped on the page that it opens. */
function linkOf(command: Command): Promise<string> {
  const last = command.steps.at(-1) ?? "data";
  const source = command.file ? null : { kind: "sample" as const, name: SAMPLE_NAMES[0] };
  const content: LinkContent = { source, step: last, language: command.language, run: command.steps, settings: command.settings };
  return encodeLink(content);
}

interface PageState {
  readonly isOpen: boolean;
  readonly step: string | null;
  readonly isBusy: boolean;
  readonly failure: string | null;
  readonly rail: readonly (readonly [name: string, state: string])[];
}

function readState(page: Page): Promise<PageState> {
  return page.evaluate((selector) => {
    const content = document.querySelector<HTMLElement>(selector);
    const alert = document.querySelector<HTMLElement>("[role=alert]");
    const rail = [...document.querySelectorAll<HTMLElement>("nav [data-state]")].map((knot): [string, string] => [
      knot.dataset.step ?? "",
      knot.dataset.state ?? "",
    ]);
    return {
      isOpen: content?.dataset.step !== undefined,
      step: content?.dataset.step ?? null,
      isBusy: content?.dataset.busy === "true",
      failure: alert?.innerText.replace(/\s+/g, " ").trim() ?? null,
      rail,
    };
  }, CONTENT);
}

/** Waits until every step asked for is done. @throws Error with the page's own words where a step failed */
async function waitForSteps(page: Page, command: Command): Promise<void> {
  const wanted = command.steps;
  let last = "";
  for (;;) {
    const state = await readState(page);
    if (!state.isOpen && state.failure) throw new UsageError(state.failure);
    const states = new Map(state.rail);
    const failed = state.rail.find(([, knot]) => knot === "failed");
    if (failed) throw new UsageError(state.failure ?? `the step ${failed[0]} failed`);
    if (state.isOpen && wanted.every((step) => states.get(step) === "done") && !state.isBusy) return;
    const line = await page
      .locator("[role=progressbar]")
      .first()
      .getAttribute("aria-label", { timeout: 50 })
      .catch(() => null);
    if (line && line !== last) say(line);
    last = line ?? last;
    await page.waitForTimeout(POLL_MS);
  }
}

/** Saves what a control of the page offers as a download. */
async function saveDownload(page: Page, press: () => Promise<void>, path: string): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  await download.saveAs(path);
}

async function saveExports(page: Page, out: string): Promise<void> {
  await page.locator("[data-action=export]").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  for (const [ending, name] of [
    [".report.json", "report.json"],
    [".report.html", "report.html"],
    [".synthetic.csv", "synthetic.csv"],
    [".segments.real.csv", "segments.csv"],
  ] as const) {
    const item = dialog.locator(`li:has(code:text-matches("\\\\${ending}$"))`);
    if ((await item.count()) > 0) await saveDownload(page, () => item.getByRole("button").first().click(), join(out, name));
  }
  await page.keyboard.press("Escape");
}

/** Learners whose models leave the page. */
const MODEL_LEARNERS = ["random-forest", "xgboost"] as const;

/** The models for use, fitted on all real rows, in both formats that other programs load. */
async function saveModels(page: Page, command: Command): Promise<void> {
  const learners = MODEL_LEARNERS.filter((learner) => command.settings.learners.includes(learner));
  if (!command.steps.includes("predict") || learners.length === 0) return;
  const folder = join(command.out, "models");
  await mkdir(folder, { recursive: true });
  await page.locator("nav [data-step=predict]").click();
  const panel = page.locator("[data-part=model-for-use]");
  for (const learner of learners) {
    say(`Training ${learner} on all rows, to take away`);
    await panel.locator("select").first().selectOption(learner);
    await panel.locator("[data-action=fit-model]").click();
    await panel.locator(`[data-fitted=${learner}]`).waitFor({ timeout: 600_000 });
    for (const [format, ending] of [
      ["xgboost-json", "json"],
      ["onnx", "onnx"],
    ] as const)
      await saveDownload(page, () => page.locator(`[data-format=${format}]`).click(), join(folder, `${learner}.${ending}`));
  }
}

async function saveScreens(page: Page, command: Command): Promise<void> {
  const folder = join(command.out, "screens");
  await mkdir(folder, { recursive: true });
  for (const step of command.steps) {
    await page.locator(`nav [data-step=${step}]`).click();
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(folder, `${step}.png`), fullPage: true });
  }
}

async function analyze(command: Command): Promise<void> {
  if (command.file && !existsSync(command.file)) throw new UsageError(`no such file: ${command.file}`);
  await mkdir(command.out, { recursive: true });
  const server = await serveFolder({ folder: distFolder });
  const browser = await launchBrowser({ viewport: { width: 1440, height: 1000 } });
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await page.goto(server.url + (await linkOf(command)));
    if (command.file) {
      say(`Reading ${basename(command.file)}`);
      await page.locator("input[type=file]").setInputFiles(resolve(command.file));
    }
    await waitForSteps(page, command);
    await saveExports(page, command.out);
    await saveModels(page, command);
    await saveScreens(page, command);
    const judged = browser.requests.judge(server.origin);
    const path = join(command.out, "report.json");
    const report = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    report.network = {
      ownFiles: judged.ownFiles.length,
      foreignOrigin: judged.foreignOrigin.length,
      nonGet: judged.nonGet.length,
      withQueryOrBody: judged.withQueryOrBody.length,
    };
    await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
    process.stdout.write(`${summarize(report, command.out)}\n`);
  } finally {
    await browser.close();
    await server.close();
  }
}

try {
  await analyze(parseCommand(process.argv.slice(2)));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
