import type { CategoricalColumn, Column, Table } from "../table/table.ts";
import { sampleRows } from "./sample-rows.ts";
import type { TargetLeak } from "./structure-report.ts";

const MAX_ROWS = 20_000;
const MIN_ROWS = 50;
const MAX_BINS = 40;
const MIN_ROWS_PER_BIN = 5;
/** A column that takes away this share of the target's uncertainty knows it. */
const CERTAIN = 0.95;
/** So does one above the first where no column below it reaches the second. */
const SUSPECT = 0.7;
const LARGEST_HONEST = 0.35;
const MIN_PROBABILITY_VALUES = 20;

/** Bins of a feature: its levels, or up to 40 of equally many of its distinct values in order; the last is missing. */
function binsOf(column: Column): { bins: Int32Array; nBins: number } {
  if (column.kind === "categorical") {
    const nBins = column.levels.length + 1;
    return { bins: column.codes.map((code) => (code < 0 ? nBins - 1 : code)), nBins };
  }
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < MAX_BINS; bin++) {
    const edge = present[Math.floor((bin * present.length) / MAX_BINS)];
    if (edge !== undefined && edge > (edges.at(-1) ?? present[0])) edges.push(edge);
  }
  const nBins = edges.length + 2;
  const bins = Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return nBins - 1;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value >= edges[middle]) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { bins, nBins };
}

interface Score {
  readonly score: number;
  readonly accuracy: number | null;
}

/** Class shares of each bin in one half of the rows, judged on the other, and the reverse. Bins unseen answer with the whole's shares. */
function scoreClasses(bins: Int32Array, nBins: number, target: CategoricalColumn): Score {
  const nClasses = target.levels.length;
  const counts = [0, 1].map(() => new Float64Array(nBins * nClasses));
  const totals = [0, 1].map(() => new Float64Array(nBins));
  const priors = [0, 1].map(() => new Float64Array(nClasses));
  const n = [0, 0];
  for (let row = 0; row < bins.length; row++) {
    const half = row % 2;
    counts[half][bins[row] * nClasses + target.codes[row]]++;
    totals[half][bins[row]]++;
    priors[half][target.codes[row]]++;
    n[half]++;
  }
  let [brier, brierOfPrior, nRight] = [0, 0, 0];
  for (const half of [0, 1]) {
    const other = 1 - half;
    for (let bin = 0; bin < nBins; bin++) {
      const judged = totals[half][bin];
      if (judged === 0) continue;
      const isKnown = totals[other][bin] > 0;
      const shareOf = (k: number) =>
        isKnown ? counts[other][bin * nClasses + k] / totals[other][bin] : priors[other][k] / n[other];
      let [squares, best] = [0, 0];
      for (let k = 0; k < nClasses; k++) {
        squares += shareOf(k) ** 2;
        if (shareOf(k) > shareOf(best)) best = k;
      }
      nRight += counts[half][bin * nClasses + best];
      // Σ over rows of Σ_k (p_k − [class is k])² = rows · (1 + Σ p²) − 2 Σ_k count_k · p_k
      brier += judged * (1 + squares);
      for (let k = 0; k < nClasses; k++) brier -= 2 * counts[half][bin * nClasses + k] * shareOf(k);
    }
    const squares = priors[other].reduce((sum, count) => sum + (count / n[other]) ** 2, 0);
    brierOfPrior += n[half] * (1 + squares);
    priors[half].forEach((count, k) => {
      brierOfPrior -= (2 * count * priors[other][k]) / n[other];
    });
  }
  return { score: brierOfPrior > 0 ? 1 - brier / brierOfPrior : 0, accuracy: nRight / bins.length };
}

/** R² of the bins' means in one half of the rows, judged on the other, and the reverse. */
function scoreNumber(bins: Int32Array, nBins: number, values: Float64Array): Score {
  const sums = [0, 1].map(() => new Float64Array(nBins));
  const totals = [0, 1].map(() => new Float64Array(nBins));
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  for (let row = 0; row < bins.length; row++) {
    sums[row % 2][bins[row]] += values[row];
    totals[row % 2][bins[row]]++;
  }
  let [left, total] = [0, 0];
  for (let row = 0; row < bins.length; row++) {
    const other = 1 - (row % 2);
    const guess = totals[other][bins[row]] > 0 ? sums[other][bins[row]] / totals[other][bins[row]] : mean;
    left += (values[row] - guess) ** 2;
    total += (values[row] - mean) ** 2;
  }
  return { score: total > 0 ? 1 - left / total : 0, accuracy: null };
}

function isLikeProbability(column: Column): boolean {
  if (column.kind === "categorical") return false;
  const present = column.values.filter((value) => !Number.isNaN(value));
  return present.every((value) => value >= 0 && value <= 1) && new Set(present).size >= MIN_PROBABILITY_VALUES;
}

/** Rows that hold the target. */
function presentRows(table: Table, target: Column): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < table.nRows; row++) {
    if (target.kind === "categorical" ? target.codes[row] >= 0 : !Number.isNaN(target.values[row])) rows.push(row);
  }
  return Int32Array.from(rows);
}

/**
 * Features that by themselves nearly give the target away, such as a model's own output left in the file: each is binned,
 * and the target's class shares or means by bin of one half of the rows are judged on the other half. A leak takes away 95 %
 * of the target's Brier score or variance, or 70 % where every other column takes away at most 35 %. Levels that stand in
 * fewer than 5 rows on average are not judged. Over at most 20,000 rows; O(nRows × nColumns).
 */
export function findTargetLeaks(table: Table, targetName: string, features: readonly string[]): TargetLeak[] {
  const sampled = sampleRows(table, MAX_ROWS);
  const target = sampled.columns.find((column) => column.name === targetName);
  if (!target) return [];
  const rows = presentRows(sampled, target);
  if (rows.length < MIN_ROWS) return [];
  const known = new Set(features);
  const codes = target.kind === "categorical" ? rowsOf(target.codes, rows) : null;
  const judge = (column: Column): Score => {
    const { bins, nBins } = binsOf(column);
    if (nBins * MIN_ROWS_PER_BIN > rows.length) return { score: 0, accuracy: null };
    const here = rowsOf(bins, rows);
    if (target.kind === "categorical") return scoreClasses(here, nBins, { ...target, codes: codes ?? target.codes });
    return scoreNumber(
      here,
      nBins,
      Float64Array.from(rows, (row) => target.values[row]),
    );
  };
  const scored = sampled.columns
    .filter((column) => known.has(column.name) && column.name !== targetName)
    .map((column) => ({ column, ...judge(column) }));
  const largestHonest = scored.reduce((most, { score }) => (score < SUSPECT ? Math.max(most, score) : most), 0);
  const chance = codes ? largestShare(codes) : null;
  return scored
    .filter(({ score }) => score >= CERTAIN || (score >= SUSPECT && largestHonest <= LARGEST_HONEST))
    .sort((a, b) => b.score - a.score)
    .map(({ column, score, accuracy }) => ({
      column: column.name,
      score,
      accuracy,
      chance,
      isLikeProbability: isLikeProbability(column),
    }));
}

const rowsOf = (codes: Int32Array, rows: Int32Array): Int32Array => rows.map((row) => codes[row]);

function largestShare(codes: Int32Array): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Math.max(...counts.values()) / codes.length;
}
