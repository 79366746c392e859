import type { Work } from "../core/progress.ts";
import { type Column, getColumn, type Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { PartialDependence } from "./explain-report.ts";
import { type ExplainedOutput, explainedOutputs } from "./explained-outputs.ts";
import type { FittedModel } from "./learner.ts";

const MAX_PLACES = 20;
const MAX_CURVES = 60;

/** One place at which a feature is held: what the report names it, and the column with that value in every row. */
interface Place {
  readonly name: number | string;
  readonly column: Column;
}

/** Distinct values where these are few, else evenly spaced quantiles from the least to the greatest value. */
export function quantileGrid(values: Float64Array, nPlaces: number): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= nPlaces) return [...distinct];
  const quantiles = Array.from({ length: nPlaces }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (nPlaces - 1))]);
  return [...new Set(quantiles)];
}

/** Numbers at quantiles; the commonest categories in the order of their counts. */
function places(column: Column): Place[] {
  if (column.kind === "numeric") {
    return quantileGrid(column.values, MAX_PLACES).map((value) => ({
      name: value,
      column: { ...column, values: new Float64Array(column.values.length).fill(value) },
    }));
  }
  const counts = new Int32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code]++;
  const commonest = [...counts.keys()].filter((code) => counts[code] > 0).sort((a, b) => counts[b] - counts[a] || a - b);
  return commonest.slice(0, MAX_PLACES).map((code) => ({
    name: column.levels[code],
    column: { ...column, codes: new Int32Array(column.codes.length).fill(code) },
  }));
}

const withColumn = (table: Table, column: Column): Table => ({
  ...table,
  columns: table.columns.map((other) => (other.name === column.name ? column : other)),
});

/** (nRows × nPlaces) of one output, from predictions place by place. */
function curvesOf(predictions: readonly Float64Array[], { column, width }: ExplainedOutput, nRows: number): Float64Array {
  const nPlaces = predictions.length;
  return new Float64Array(nRows * nPlaces).map((_, at) => predictions[at % nPlaces][Math.floor(at / nPlaces) * width + column]);
}

/**
 * Mean prediction over a table of held-out rows with one feature held at each of some values (Friedman 2001), and the same for
 * single rows (individual conditional expectation, Goldstein et al. 2015); per feature one entry for each explained
 * output. Curves are those of evenly spaced rows. Yields before every feature.
 */
export function* partialDependence(
  model: Pick<FittedModel, "predict">,
  table: Table,
  task: Task,
  features: readonly string[],
): Work<PartialDependence[]> {
  const found: PartialDependence[] = [];
  const nCurves = Math.min(MAX_CURVES, table.nRows);
  for (const [done, feature] of features.entries()) {
    yield { stage: "dependence", done, total: features.length };
    const column = getColumn(table, feature);
    const asked = places(column);
    const predictions = asked.map((place) => model.predict(withColumn(table, place.column)));
    const nPlaces = asked.length;
    for (const output of explainedOutputs(task)) {
      const all = curvesOf(predictions, output, table.nRows);
      const mean = new Float64Array(nPlaces);
      all.forEach((value, at) => {
        mean[at % nPlaces] += value / table.nRows;
      });
      const curves = new Float64Array(nCurves * nPlaces);
      for (let i = 0; i < nCurves; i++) {
        const row = Math.floor((i * table.nRows) / nCurves);
        curves.set(all.subarray(row * nPlaces, (row + 1) * nPlaces), i * nPlaces);
      }
      found.push({ feature, kind: column.kind, grid: asked.map(({ name }) => name), output: output.name, mean, curves });
    }
  }
  return found;
}
