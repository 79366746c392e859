import type { Page } from "playwright-core";
import { encodeLink, type LinkContent } from "../../../src/app/state/link.ts";
import { SETTINGS, type Settings, STEPS, type StepName } from "../../../src/app/state/settings.ts";
import { defaultValues } from "../../../src/core/params.ts";

/** A link as the page itself would make it. */
export function linkWith(content: Partial<Omit<LinkContent, "settings">> & { settings?: Partial<Settings> }): Promise<string> {
  const settings = { ...defaultValues(SETTINGS), ...content.settings };
  return encodeLink({
    source: { kind: "sample", name: "shopping-sample" },
    step: "data",
    language: "en",
    run: [],
    ...content,
    settings,
  });
}

/** Small enough for a test of the wiring: two folds, few steps. */
export const TINY = {
  folds: 2,
  ganSteps: 20,
  quick: true,
  engine: "wasm",
  learners: ["random-forest", "xgboost"],
} as const satisfies Partial<Settings>;

export async function stateOf(page: Page, step: StepName): Promise<string | null> {
  return page.locator(`nav [data-step=${step}]`).getAttribute("data-state");
}

/** Waits until a step has that state; a step that fails instead ends the wait at once. */
export async function waitForState(page: Page, step: StepName, state: string, timeoutMs = 120_000): Promise<void> {
  const wanted = page.locator(`nav [data-step=${step}][data-state=${state}]`);
  const failed = page.locator(`nav [data-step=${step}][data-state=failed]`);
  await (state === "failed" ? wanted : wanted.or(failed)).first().waitFor({ timeout: timeoutMs });
  if (state !== "failed" && (await failed.count()) > 0) {
    throw new Error(`${step} failed: ${(await page.getByRole("alert").allInnerTexts()).join(" | ")}`);
  }
}

export async function waitForAll(page: Page, steps: readonly StepName[] = STEPS): Promise<void> {
  for (const step of steps) await waitForState(page, step, "done", 280_000);
}

/** The parts of report.json that tests read. */
export interface Report {
  readonly settings: unknown;
  readonly data: { readonly nRows: number; readonly nColumns: number };
  readonly structure: {
    readonly identifiers: readonly string[];
    readonly identical: readonly (readonly string[])[];
    readonly combinations: readonly { readonly cells: readonly { readonly count: number }[] }[];
  };
  readonly segments: unknown;
  readonly signal: { readonly verdict: string };
  readonly baselines: unknown;
  readonly models: readonly {
    readonly learner: string;
    readonly metrics: unknown;
    readonly tuning: { readonly folds: readonly { readonly score: number; readonly defaultScore: number }[] } | null;
  }[];
  readonly gan: {
    readonly engine: string;
    readonly candidates: readonly { readonly name: string; readonly rejected: string | null }[];
    readonly nRows: number;
    readonly heldOut: { readonly gan: { readonly brokenRows: number } };
  };
  readonly fidelity: Readonly<Record<string, { readonly columnShapes: number }>>;
  readonly ledger: readonly { readonly sampler: string; readonly verdict: string }[];
  readonly leakReplay: readonly { readonly mistake: string; readonly reported: number; readonly honest: number }[];
}

/** The current figures, through the page's own export. */
export async function readReport(page: Page): Promise<Report> {
  await page.locator("[data-action=export]").first().click();
  const dialog = page.getByRole("dialog");
  const button = dialog.getByRole("listitem").filter({ hasText: ".report.json" }).getByRole("button");
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  await page.keyboard.press("Escape");
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Report;
}

/** Opens bytes as if somebody had chosen a file. */
export async function chooseFile(page: Page, name: string, content: string | Buffer): Promise<void> {
  const buffer = typeof content === "string" ? Buffer.from(content) : content;
  await page.locator("input[type=file]").first().setInputFiles({ name, mimeType: "text/csv", buffer });
}
