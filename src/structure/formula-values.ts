import { type Column, getColumn, type Table } from "../table/table.ts";
import type { LinearNumeric, LinearTerm, ProductNumeric } from "./derived-numeric.ts";

type LinearParts = Pick<LinearNumeric, "kind" | "column" | "intercept" | "terms">;
type ProductParts = Pick<ProductNumeric, "kind" | "column" | "from" | "scale" | "noiseFrom">;

function numericValues(table: Table, name: string): Float64Array {
  const column = getColumn(table, name);
  if (column.kind !== "numeric") throw new Error(`${JSON.stringify(name)} must be numeric`);
  return column.values;
}

/** Adds the term of one column's levels; a level that has no term is the one that the intercept stands for. */
function addLevels(sums: Float64Array, column: Column, terms: readonly LinearTerm[]): void {
  if (column.kind !== "categorical") throw new Error(`${JSON.stringify(column.name)} must be categorical`);
  const ofLevel = new Map(terms.map((term) => [term.level, term.coefficient]));
  const ofCode = Float64Array.from([...column.levels, ""], (level) => ofLevel.get(level) ?? 0);
  for (let row = 0; row < sums.length; row++) {
    const code = column.codes[row];
    sums[row] += ofCode[code < 0 ? column.levels.length : code];
  }
}

/** What a formula gives for each row, without noise; NaN where a number that it needs is missing. */
export function formulaValues(formula: LinearParts | ProductParts, table: Table): Float64Array {
  if (formula.kind === "product") {
    const [factor, count] = formula.from.map((name) => numericValues(table, name));
    return factor.map((value, row) => formula.scale * value * count[row]);
  }
  const sums = new Float64Array(table.nRows).fill(formula.intercept);
  for (const name of new Set(formula.terms.map((term) => term.column))) {
    const terms = formula.terms.filter((term) => term.column === name);
    if (terms[0].level !== null) addLevels(sums, getColumn(table, name), terms);
    else
      numericValues(table, name).forEach((value, row) => {
        sums[row] += terms[0].coefficient * value;
      });
  }
  return sums;
}

/** What the noise of a product is multiplied by: scale · factor · √(count − noiseFrom). */
function noiseScales(formula: ProductParts, table: Table): Float64Array {
  const [factor, count] = formula.from.map((name) => numericValues(table, name));
  return factor.map((value, row) => formula.scale * value * Math.sqrt(Math.max(0, count[row] - formula.noiseFrom)));
}

/**
 * What stands between the column and its formula: the difference for a linear one, ρ for a product (0 where the formula leaves
 * no room for noise). NaN where a number is missing. `fromResiduals` is the inverse.
 */
export function residualsOf(formula: LinearParts | ProductParts, table: Table): Float64Array {
  const values = formulaValues(formula, table);
  const y = numericValues(table, formula.column);
  if (formula.kind === "linear") return y.map((value, row) => value - values[row]);
  const scales = noiseScales(formula, table);
  return y.map((value, row) => (scales[row] === 0 ? 0 * value : (value - values[row]) / scales[row]));
}

/** The column's values from its formula's columns and residuals. */
export function fromResiduals(formula: LinearParts | ProductParts, table: Table, residuals: Float64Array): Float64Array {
  const values = formulaValues(formula, table);
  if (formula.kind === "linear") return values.map((value, row) => value + residuals[row]);
  const scales = noiseScales(formula, table);
  return values.map((value, row) => value + residuals[row] * scales[row]);
}
