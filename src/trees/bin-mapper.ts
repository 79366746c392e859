import type { TrainRows } from "../table/split-rows.ts";
import { type CategoricalColumn, getColumn, type NumericColumn, type Table } from "../table/table.ts";

/** Most bins with values that a feature may have; one more bin holds missing values, so that every bin fits a byte. */
export const MAX_BINS = 255;

/** Bin b holds the values v with thresholds[b − 1] ≤ v < thresholds[b], compared as 32-bit floats, as XGBoost does. */
export interface NumericBins {
  readonly kind: "numeric";
  readonly name: string;
  readonly nBins: number;
  /** Ascending, (nBins − 1); each lies above one training value and not above the next. */
  readonly thresholds: Float32Array;
}

/** A bin per level seen in training; beyond `MAX_BINS` levels, the rarest share one. */
export interface CategoricalBins {
  readonly kind: "categorical";
  readonly name: string;
  readonly nBins: number;
  readonly binOfLevel: ReadonlyMap<string, number>;
  /** Where levels unseen in training go: the shared bin of the rare ones, or else the missing bin. */
  readonly unseenBin: number;
}

/** Missing values of a feature stand in bin `nBins`. */
export type FeatureBins = NumericBins | CategoricalBins;

export interface BinMapper {
  readonly features: readonly FeatureBins[];
}

/** Bins of a table's features, (nRows × nFeatures) row-major: measured 1.6 times as fast to sum as feature-major. */
export interface BinnedTable {
  readonly nRows: number;
  readonly nFeatures: number;
  readonly bins: Uint8Array;
  /** Per feature: the number of its bins with values, which is also the index of its missing bin. */
  readonly nBins: Int32Array;
}

/** Midpoint of two neighbouring 32-bit floats as one: above `low`, not above `high`. */
function thresholdBetween(low: number, high: number): number {
  const middle = Math.fround((low + high) / 2);
  return middle > low ? middle : high;
}

/**
 * Thresholds of one column: between all distinct values if these fit, else at quantiles, where each bin in turn is
 * filled up to an equal share of the rows that are left.
 */
function quantileThresholds(values: Float64Array): Float32Array {
  const sorted = new Float32Array(values.filter((value) => !Number.isNaN(value))).sort();
  const starts: number[] = [];
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) starts.push(i);
  const thresholds: number[] = [];
  let binStart = 0;
  for (let i = 1; i < starts.length; i++) {
    const binsLeft = MAX_BINS - thresholds.length;
    const isFull = (starts[i] - binStart) * binsLeft >= sorted.length - binStart;
    const fitsSingly = starts.length - i <= binsLeft - 1;
    if (binsLeft > 1 && (isFull || fitsSingly)) {
      thresholds.push(thresholdBetween(sorted[starts[i] - 1], sorted[starts[i]]));
      binStart = starts[i];
    }
  }
  return Float32Array.from(thresholds);
}

function fitCategorical(column: CategoricalColumn): CategoricalBins {
  const counts = new Int32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code]++;
  const present = [...counts.keys()].filter((code) => counts[code] > 0);
  const isPooled = present.length > MAX_BINS;
  const commonestFirst = [...present].sort((a, b) => counts[b] - counts[a] || a - b);
  const own = new Set(isPooled ? commonestFirst.slice(0, MAX_BINS - 1) : present);
  const nBins = own.size + (isPooled ? 1 : 0);
  const binOfLevel = new Map<string, number>();
  let nextBin = 0;
  for (const code of present) binOfLevel.set(column.levels[code], own.has(code) ? nextBin++ : nBins - 1);
  return { kind: "categorical", name: column.name, nBins, binOfLevel, unseenBin: isPooled ? nBins - 1 : nBins };
}

/** Bins for the named features, from training rows alone. */
export function fitBinMapper(train: TrainRows, features: readonly string[]): BinMapper {
  return {
    features: features.map((name) => {
      const column = getColumn(train.table, name);
      if (column.kind === "categorical") return fitCategorical(column);
      const thresholds = quantileThresholds(column.values);
      return { kind: "numeric", name, nBins: thresholds.length + 1, thresholds };
    }),
  };
}

/** Number of thresholds that are not above `value`. */
function numericBin(thresholds: Float32Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function binNumeric(feature: NumericBins, column: NumericColumn, bins: Uint8Array, at: number, stride: number): void {
  for (let row = 0; row < column.values.length; row++) {
    const value = Math.fround(column.values[row]);
    bins[row * stride + at] = Number.isNaN(value) ? feature.nBins : numericBin(feature.thresholds, value);
  }
}

function binCategorical(feature: CategoricalBins, column: CategoricalColumn, bins: Uint8Array, at: number, stride: number): void {
  const binOfCode = column.levels.map((level) => feature.binOfLevel.get(level) ?? feature.unseenBin);
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row];
    bins[row * stride + at] = code < 0 ? feature.nBins : binOfCode[code];
  }
}

/** The bins of a table's rows; columns are matched by name, levels by their text. */
export function binTable(mapper: BinMapper, table: Table): BinnedTable {
  const nFeatures = mapper.features.length;
  const bins = new Uint8Array(table.nRows * nFeatures);
  mapper.features.forEach((feature, at) => {
    const column = getColumn(table, feature.name);
    if (feature.kind === "numeric" && column.kind === "numeric") binNumeric(feature, column, bins, at, nFeatures);
    else if (feature.kind === "categorical" && column.kind === "categorical")
      binCategorical(feature, column, bins, at, nFeatures);
    else throw new Error(`column ${JSON.stringify(feature.name)} was ${feature.kind} in training, got ${column.kind}`);
  });
  return { nRows: table.nRows, nFeatures, bins, nBins: Int32Array.from(mapper.features, (feature) => feature.nBins) };
}
