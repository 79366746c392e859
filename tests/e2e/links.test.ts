import { expect, test } from "vitest";
import { chooseFile, linkWith, type Report, readReport, TINY, waitForAll, waitForState } from "../browser/support/app-page.ts";
import { openPage } from "../browser/support/open-page.ts";

/** What must be the same on any machine: all but the generator, times and devices. */
function figures(report: Report): unknown {
  const { data, structure, segments, signal, models, baselines } = report;
  const scores = models.map(({ learner, metrics }) => ({ learner, metrics }));
  return { data, structure, segments, signal, baselines, scores };
}

test("a link made in one profile gives the same settings and figures in another, under a sub-path too", async () => {
  const run = ["data", "structure", "segments", "predict"] as const;
  const settings = { ...TINY, seed: 7, segmentPreset: "seed-tiers", mergeSynonyms: true } as const;
  await using first = await openPage({ path: await linkWith({ run, step: "segments", settings }) });
  await waitForAll(first.page, run);
  const made = await readReport(first.page);
  await first.page.locator("[data-action=share]").first().click();
  const link = await first.page.getByRole("dialog").locator("textarea[readonly]").inputValue();
  expect(link.length).toBeLessThan(2000);

  await using second = await openPage({ basePath: "/some/folder/", locale: "vi-VN", path: link.slice(link.indexOf("#")) });
  await waitForAll(second.page, run);
  await waitForState(second.page, "segments", "done");
  expect(await second.page.locator("main#content").getAttribute("data-step")).toBe("segments");
  const opened = await readReport(second.page);
  expect(opened.settings).toEqual(made.settings);
  expect(figures(opened)).toEqual(figures(made));
  expect(second.errors).toEqual([]);
  expect(second.requests.judge(second.origin)).toMatchObject({ foreignOrigin: [], nonGet: [], withQueryOrBody: [] });
});

const csv = (seed: number) =>
  `n,kind,answer\n${Array.from({ length: 120 }, (_, i) => `${(i * seed) % 17},${i % 3 ? "x" : "y"},${(i * seed) % 5 > 2 ? "yes" : "no"}`).join("\n")}\n`;

test("a link to a private file asks for it, refuses another one, and then runs", async () => {
  const { createHash } = await import("node:crypto");
  const sha256 = createHash("sha256").update(csv(3)).digest("hex");
  const path = await linkWith({
    source: { kind: "file", sha256, nRows: 120, nColumns: 3 },
    run: ["data", "structure"],
    step: "structure",
    settings: TINY,
  });
  await using opened = await openPage({ path });
  const { page } = opened;
  await page.getByText(sha256).waitFor();
  await chooseFile(page, "other.csv", csv(5));
  expect(await page.getByRole("alert").innerText()).toMatch(/fingerprint|another file/i);
  await chooseFile(page, "mine.csv", csv(3));
  await waitForAll(page, ["data", "structure"]);
  expect(await page.locator("main#content").getAttribute("data-step")).toBe("structure");
});
