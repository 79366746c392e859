import type { BenchResult } from "./scenario.ts";

/** Quantile of sorted or unsorted values, linear between neighbours. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

/** Medians of both sides, their ratio, and how far the ratios of neighbouring repetitions spread. */
export function compare(
  ours: readonly number[],
  rival: readonly number[],
): Pick<BenchResult, "ours" | "rival" | "ratio" | "spread"> {
  const ratio = quantile(ours, 0.5) / quantile(rival, 0.5);
  const ratios = ours.map((value, at) => value / rival[at]);
  const spread = (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / ratio;
  return { ours: quantile(ours, 0.5), rival: quantile(rival, 0.5), ratio, spread };
}

const HEADING = ["name", "ours", "rival", "unit", "ratio", "spread", "rows", "threads", "against"];

/** The results as aligned columns. */
export function formatTable(results: readonly BenchResult[]): string {
  const short = (value: number) => String(Number(value.toPrecision(4)));
  const lines = results.map((result) => [
    result.name,
    short(result.ours),
    short(result.rival),
    result.unit,
    result.ratio.toPrecision(3),
    `±${Math.round(50 * result.spread)} %`,
    String(result.rows),
    String(result.threads),
    result.rivalName,
  ]);
  const widths = HEADING.map((heading, at) => Math.max(heading.length, ...lines.map((line) => line[at].length)));
  return [HEADING, ...lines]
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
