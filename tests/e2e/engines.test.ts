import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chooseFile, linkWith, type Report, readReport, waitForAll } from "../browser/support/app-page.ts";
import { openPage } from "../browser/support/open-page.ts";

/** A network and a table small enough for a software adapter. */
const SMALL_TABLE = readFileSync("public/samples/shopping-sample.csv", "utf8").split("\n").slice(0, 201).join("\n");
const TINY_GAN = { folds: 2, ganSteps: 10, ganHidden: 8, ganBatch: 20, rows: 50, learners: ["softmax"] } as const;

async function train(gpu: "default" | "webgpu" | "none", engine: "auto" | "webgpu" | "webgl"): Promise<Report> {
  await using opened = await openPage({
    gpu,
    path: await linkWith({ source: null, run: ["data", "synthesize"], step: "synthesize", settings: { ...TINY_GAN, engine } }),
  });
  await chooseFile(opened.page, "small.csv", SMALL_TABLE);
  await waitForAll(opened.page, ["data", "synthesize"]);
  expect(opened.errors).toEqual([]);
  return await readReport(opened.page);
}

test("the generator trains on WebGPU when asked to", async () => {
  const report = await train("webgpu", "webgpu");
  expect(report.gan).toMatchObject({ engine: "webgpu", why: "asked-for", steps: 10, nRows: 50 });
  expect(report.gan.heldOut.gan.brokenRows).toBe(0);
});

test("the generator trains on WebGL when asked to", async () => {
  const report = await train("default", "webgl");
  expect(report.gan).toMatchObject({ engine: "webgl", why: "asked-for", steps: 10, nRows: 50 });
});

test("left to itself, the page rejects software adapters and says so", async () => {
  const report = await train("webgpu", "auto");
  expect(report.gan.engine).toBe("wasm");
  const rejected = Object.fromEntries(report.gan.candidates.map((candidate) => [candidate.name, candidate.rejected]));
  expect(rejected).toMatchObject({ webgpu: "software-adapter", webgl: "software-adapter", wasm: null });
});

test("without WebGPU and WebGL it falls back to WASM", async () => {
  const report = await train("none", "auto");
  expect(report.gan.engine).toBe("wasm");
  const rejected = Object.fromEntries(report.gan.candidates.map((candidate) => [candidate.name, candidate.rejected]));
  expect(rejected).toMatchObject({ webgpu: "absent", webgl: "absent", wasm: null });
});
