import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../scripts/setup.mjs";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trendloom-analyze-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function analyze(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const main = join(root, "scripts", "analyze", "main.ts");
  return spawnSync(join(root, "node_modules", ".bin", "tsx"), [main, ...args], { cwd: folder, encoding: "utf8" });
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const ROWS = Array.from(
  { length: 240 },
  (_, i) => `${i},${18 + (i % 40)},${i % 3 ? "Ohio" : "Maine"},${i % 4 ? "weekly" : "monthly"}`,
);
const GOOD = `id,age,state,rhythm\n${ROWS.join("\n")}\n`;

describe("a mistake in the command ends with status 2 and one clear line", () => {
  test.each([
    [["--nonsense"], /nonsense/],
    [["--folds", "99"], /folds must be a whole number in \[2, 10\], got 99/],
    [["--steps", "data,dance"], /steps must be one of .*got dance/],
    [["absent.csv"], /no such file: absent.csv/],
  ])("%j", (args, line) => {
    const { status, stderr, stdout } = analyze(...args);
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(line);
    expect(stdout).toBe("");
  });

  test("a file that cannot be read, in the page's own words", () => {
    const { status, stderr } = analyze(write("empty.csv", ""), "--out", "bad");
    expect(status).toBe(2);
    expect(stderr).toContain("The file is empty.");
  });
});

test("a file runs through the page and leaves a report, rows and pictures", () => {
  const args = ["--out", "good", "--target", "rhythm", "--quick", "--engine", "wasm", "--gan-steps", "10", "--rows", "50"];
  const { status, stdout, stderr } = analyze(
    write("good.csv", GOOD),
    ...args,
    "--steps",
    "data,structure,predict,synthesize",
    "--learners",
    "xgboost",
    "--condition",
    "state=Ohio",
  );
  expect(stderr).not.toMatch(/error/i);
  expect(status).toBe(0);
  expect(stdout).toContain("good.csv: 240 rows × 4 columns");
  const report = JSON.parse(readFileSync(join(folder, "good", "report.json"), "utf8"));
  expect(report.schema).toBe("trendloom-report/1");
  expect(report.structure.identifiers).toEqual(["id"]);
  expect(report.network).toMatchObject({ foreignOrigin: 0, nonGet: 0, withQueryOrBody: 0 });
  expect(report).not.toHaveProperty("ledger");
  const rows = readFileSync(join(folder, "good", "synthetic.csv"), "utf8")
    .trim()
    .split(/\r?\n/);
  expect(rows).toHaveLength(51);
  expect(rows.slice(1).every((row) => row.includes("Ohio"))).toBe(true);
  const model = JSON.parse(readFileSync(join(folder, "good", "models", "xgboost.json"), "utf8"));
  expect(model.learner.feature_names).toEqual(["age", "state"]);
  expect(readFileSync(join(folder, "good", "models", "xgboost.onnx")).length).toBeGreaterThan(1000);
  for (const step of ["data", "structure", "synthesize"])
    expect(existsSync(join(folder, "good", "screens", `${step}.png`))).toBe(true);
});
