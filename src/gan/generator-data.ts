import { numericCodesOf } from "../encode/numeric-codes.ts";
import type { Column, NumericColumn } from "../table/table.ts";
import type { Block, BlocksEncoding } from "./block.types.ts";
import type { ColumnCodes } from "./column-codes.ts";
import type { DerivedColumn } from "./derived-columns.ts";
import { type EngineFactory, LOSS_WEIGHTS, type NetworkShape } from "./engine.ts";
import type { GeneratorColumn, GeneratorData, GeneratorFormula, GeneratorOrigin, GeneratorSummary } from "./generator.types.ts";
import { planNetwork } from "./network-plan.ts";
import { countParameters, criticShapes, generatorShapes } from "./parameters.ts";
import { GanSampler } from "./sample.ts";

/** Rows that a loaded generator takes through its network at once are an eighth of this. */
const SAMPLING_BATCH = 800;

/** Levels that are never emitted are left out by name too: they are rare, and may point at somebody. */
function describeColumn({ column, numeric, levels, hasMissing }: ColumnCodes): GeneratorColumn {
  if (column.kind === "numeric") {
    const { kind, name, type, step } = column;
    return { kind, name, type, step, codes: numeric?.data ?? null, hasMissing };
  }
  const { kind, name, type } = column;
  return { kind, name, type, levels: Array.from(levels ?? [], (level) => column.levels[level]), hasMissing };
}

function describeFormula(
  { formula, noise, column, low, high, codes }: DerivedColumn,
  columns: readonly GeneratorColumn[],
): GeneratorFormula {
  const { name, type, step } = column;
  const isEmitted = (of: string, level: string) =>
    level === "" || columns.some((other) => other.name === of && other.kind === "categorical" && other.levels.includes(level));
  const shown =
    formula.kind === "linear"
      ? { ...formula, terms: formula.terms.filter((term) => term.level === null || isEmitted(term.column, term.level)) }
      : formula;
  return { formula: shown, noise, column: { name, type, step }, low, high, codes: codes?.data ?? null };
}

/** A trained generator as plain data. `average` holds the parameters of the averaged generator. */
export function describeGenerator(
  encoding: BlocksEncoding,
  { hidden, latentDim }: Pick<NetworkShape, "hidden" | "latentDim">,
  average: Float32Array,
  origin: GeneratorOrigin,
): GeneratorData {
  const columns = encoding.columns.map(describeColumn);
  return {
    columns,
    formulas: encoding.derived.map((derived) => describeFormula(derived, columns)),
    blocks: encoding.blocks.map(({ members, combinations, frequencies }) => ({
      members: [...members],
      combinations: Array.from(combinations),
      frequencies: Array.from(frequencies),
    })),
    guards: encoding.guards,
    hidden,
    latentDim,
    average,
    origin,
  };
}

function restoreColumn(saved: GeneratorColumn): ColumnCodes {
  const { hasMissing } = saved;
  const nMissing = hasMissing ? 1 : 0;
  if (saved.kind === "numeric") {
    const { kind, name, type, step, codes } = saved;
    const numeric = codes && numericCodesOf(codes);
    const column: Column = { kind, name, type, step, values: new Float64Array(0) };
    return { column, numeric, levels: null, hasMissing, nCodes: (numeric?.nCodes ?? 0) + nMissing };
  }
  const { kind, name, type, levels } = saved;
  const column: Column = { kind, name, type, levels, codes: new Int32Array(0) };
  return { column, numeric: null, levels: Int32Array.from(levels.keys()), hasMissing, nCodes: levels.length + nMissing };
}

function restoreFormula({ formula, noise, column, low, high, codes }: GeneratorFormula): DerivedColumn {
  const restored: NumericColumn = { kind: "numeric", ...column, values: new Float64Array(0) };
  return { formula, noise, column: restored, low, high, codes: codes ? numericCodesOf(codes) : null };
}

const restoreBlock = ({ members, combinations, frequencies }: GeneratorData["blocks"][number]): Block => ({
  members,
  combinations: Int32Array.from(combinations),
  nCombinations: frequencies.length,
  frequencies: Float64Array.from(frequencies),
});

function planOf(data: GeneratorData) {
  const encoding: BlocksEncoding = {
    columns: data.columns.map(restoreColumn),
    blocks: data.blocks.map(restoreBlock),
    rules: [],
    derived: data.formulas.map(restoreFormula),
    guards: data.guards,
  };
  const plan = planNetwork(encoding, null);
  const shape: NetworkShape = { batchSize: SAMPLING_BATCH, hidden: data.hidden, latentDim: data.latentDim };
  return { encoding, plan, shape };
}

/** How many parameters the network of this generator has. */
export function countAverage(data: GeneratorData): number {
  const { plan, shape } = planOf(data);
  return countParameters(generatorShapes(plan, shape));
}

/**
 * A sampler that draws the rows which the saved generator drew: on the same kind of engine, with the same stream of random
 * numbers, the very same ones.
 */
export function restoreSampler(data: GeneratorData, createEngine: EngineFactory): GanSampler {
  const { encoding, plan, shape } = planOf(data);
  const { average } = data;
  const critic = new Float32Array(countParameters(criticShapes(plan, shape)));
  const engine = createEngine(plan, shape, LOSS_WEIGHTS.matching, { generator: average, average, critic });
  return new GanSampler(engine, encoding, plan, data.latentDim);
}

/** The columns of the rows that a generator makes, and where it comes from. */
export function summarise({ columns, origin }: GeneratorData): GeneratorSummary {
  return { origin, columns: columns.map(({ name, kind }) => ({ name, kind })) };
}
