import type { CategoricalColumn, NumericColumn } from "../table/table.ts";

/** Variables of one column: the number itself, or one for each level but the commonest. `level` is "" for missing. */
export interface DesignGroup {
  readonly column: string;
  /** First variable and number of variables. */
  readonly start: number;
  readonly levels: readonly (string | null)[];
}

/** Sums of squares and products of all variables about their means, numbers standardised. */
export interface Design {
  readonly groups: readonly DesignGroup[];
  /** (nVariables × nVariables), row-major. */
  readonly gram: Float64Array;
  readonly nVariables: number;
  readonly nRows: number;
  readonly means: Float64Array;
  /** What one unit of a variable is in the column's own unit; 1 for levels. */
  readonly scales: Float64Array;
}

/** Codes that occur but for the commonest, which needs no variable. Missing counts as code `levels.length`. */
function codesToTell(column: CategoricalColumn, rows: Int32Array): number[] {
  const counts = new Int32Array(column.levels.length + 1);
  for (const row of rows) counts[column.codes[row] < 0 ? column.levels.length : column.codes[row]]++;
  const commonest = counts.indexOf(Math.max(...counts));
  return Array.from(counts.keys()).filter((code) => counts[code] > 0 && code !== commonest);
}

/** Mean and population standard deviation of a number over the rows. */
function momentsOf(values: Float64Array, rows: Int32Array): { mean: number; sd: number } {
  let mean = 0;
  for (const row of rows) mean += values[row] / rows.length;
  let squares = 0;
  for (const row of rows) squares += (values[row] - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / rows.length) };
}

/**
 * Design over the given rows, in which every number must be present. A row touches one variable of each column, so that
 * the products cost O(nRows × nColumns²) however many levels there are.
 */
export function makeDesign(
  numbers: readonly NumericColumn[],
  categories: readonly CategoricalColumn[],
  rows: Int32Array,
): Design {
  const groups: DesignGroup[] = numbers.map((column, start) => ({ column: column.name, start, levels: [null] }));
  const places: Int32Array[] = [];
  let nVariables = numbers.length;
  for (const column of categories) {
    const kept = codesToTell(column, rows);
    const place = new Int32Array(column.levels.length + 1).fill(-1);
    kept.forEach((code, i) => {
      place[code] = nVariables + i;
    });
    places.push(place);
    groups.push({ column: column.name, start: nVariables, levels: kept.map((code) => column.levels[code] ?? "") });
    nVariables += kept.length;
  }
  const moments = numbers.map((column) => momentsOf(column.values, rows));
  const gram = new Float64Array(nVariables * nVariables);
  const sums = new Float64Array(nVariables);
  const at = new Int32Array(groups.length);
  const value = new Float64Array(groups.length).fill(1);
  for (const row of rows) {
    let n = 0;
    numbers.forEach((column, i) => {
      at[n] = i;
      value[n++] = (column.values[row] - moments[i].mean) / (moments[i].sd || 1);
    });
    categories.forEach((column, i) => {
      const variable = places[i][column.codes[row] < 0 ? column.levels.length : column.codes[row]];
      if (variable < 0) return;
      at[n] = variable;
      value[n++] = 1;
    });
    for (let i = 0; i < n; i++) {
      sums[at[i]] += value[i];
      for (let j = 0; j <= i; j++) gram[at[i] * nVariables + at[j]] += value[i] * value[j];
    }
  }
  for (let i = 0; i < nVariables; i++) {
    for (let j = 0; j <= i; j++) {
      const centred = gram[i * nVariables + j] - (sums[i] * sums[j]) / rows.length;
      gram[i * nVariables + j] = centred;
      gram[j * nVariables + i] = centred;
    }
  }
  return {
    groups,
    gram,
    nVariables,
    nRows: rows.length,
    means: sums.map((sum, i) => (i < numbers.length ? moments[i].mean : sum / rows.length)),
    scales: sums.map((_, i) => (i < numbers.length ? moments[i].sd || 1 : 1)),
  };
}
