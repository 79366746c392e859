import type { Block, BlocksEncoding } from "./block.types.ts";
import type { ColumnCodes } from "./column-codes.ts";

/** Hat functions per numeric column. */
const N_HATS = 16;

/** How the network sees one block: scores s become logits T·s, and a row x becomes the readout x·R. */
export interface BlockMaps {
  /** (nCombinations × nScores) */
  readonly tilt: Float64Array;
  readonly nScores: number;
  /** (nCombinations × nReadouts): the tilt, and the standardised value of each number. */
  readonly readout: Float64Array;
  readonly nReadouts: number;
}

/** Triangular hat functions, evenly spaced in cumulative frequency at each code's mid-point. Columns of (nCodes × N_HATS). */
function hats(frequencies: Float64Array): Float64Array[] {
  const columns = Array.from({ length: N_HATS }, () => new Float64Array(frequencies.length));
  let below = 0;
  for (let code = 0; code < frequencies.length; code++) {
    const place = (below + frequencies[code] / 2) * (N_HATS - 1);
    below += frequencies[code];
    const left = Math.min(N_HATS - 2, Math.floor(place));
    columns[left][code] = 1 - (place - left);
    columns[left + 1][code] = place - left;
  }
  return columns;
}

function oneHots(nCodes: number): Float64Array[] {
  return Array.from({ length: nCodes }, (_, code) => {
    const column = new Float64Array(nCodes);
    column[code] = 1;
    return column;
  });
}

/** Value of each code in standard deviations from the mean over the rows that have one; 0 for missing. */
function standardised(codes: ColumnCodes, frequencies: Float64Array): Float64Array {
  const centres = codes.numeric?.centres ?? new Float64Array(0);
  let weight = 0;
  let mean = 0;
  for (let code = 0; code < centres.length; code++) {
    weight += frequencies[code];
    mean += frequencies[code] * centres[code];
  }
  mean /= weight || 1;
  let variance = 0;
  for (let code = 0; code < centres.length; code++) variance += frequencies[code] * (centres[code] - mean) ** 2;
  const sd = Math.sqrt(variance / (weight || 1)) || 1;
  const values = new Float64Array(frequencies.length);
  for (let code = 0; code < centres.length; code++) values[code] = (centres[code] - mean) / sd;
  return values;
}

/** Functions of one member's codes that tilt it and that read it. */
function memberColumns(codes: ColumnCodes, frequencies: Float64Array): { tilt: Float64Array[]; readout: Float64Array[] } {
  if (codes.numeric === null) {
    const tilt = oneHots(codes.nCodes);
    return { tilt, readout: tilt };
  }
  const nValues = codes.numeric.nCodes;
  const tilt =
    nValues <= N_HATS ? oneHots(codes.nCodes) : hats(frequencies.subarray(0, nValues)).map((c) => pad(c, codes.nCodes));
  if (codes.hasMissing && nValues > N_HATS) tilt.push(oneHots(codes.nCodes)[nValues]);
  return { tilt, readout: [...tilt, standardised(codes, frequencies)] };
}

function pad(values: Float64Array, length: number): Float64Array {
  const padded = new Float64Array(length);
  padded.set(values);
  return padded;
}

/** Columns that differ, as a dense (nRows × nColumns) matrix. */
function stack(columns: readonly Float64Array[], nRows: number): Float64Array {
  const dense = new Float64Array(nRows * columns.length);
  columns.forEach((column, c) => {
    for (let row = 0; row < nRows; row++) dense[row * columns.length + c] = column[row];
  });
  return dense;
}

function withoutDuplicates(columns: readonly Float64Array[]): Float64Array[] {
  const known = new Map(columns.map((column) => [column.join(), column]));
  return [...known.values()];
}

/** Frequencies of one member's codes inside its block. */
function memberFrequencies(block: Block, m: number, nCodes: number): Float64Array {
  const frequencies = new Float64Array(nCodes);
  for (let k = 0; k < block.nCombinations; k++)
    frequencies[block.combinations[k * block.members.length + m]] += block.frequencies[k];
  return frequencies;
}

/** Tilt and readout of a block: its members' functions carried over to the combinations, duplicates removed. */
export function blockMaps(encoding: BlocksEncoding, block: Block): BlockMaps {
  const tilts: Float64Array[] = [];
  const readouts: Float64Array[] = [];
  block.members.forEach((member, m) => {
    const codes = encoding.columns[member];
    const { tilt, readout } = memberColumns(codes, memberFrequencies(block, m, codes.nCodes));
    const overCombinations = (column: Float64Array) =>
      Float64Array.from({ length: block.nCombinations }, (_, k) => column[block.combinations[k * block.members.length + m]]);
    tilts.push(...tilt.map(overCombinations));
    readouts.push(...readout.map(overCombinations));
  });
  const tilt = withoutDuplicates(tilts);
  const readout = withoutDuplicates(readouts);
  return {
    tilt: stack(tilt, block.nCombinations),
    nScores: tilt.length,
    readout: stack(readout, block.nCombinations),
    nReadouts: readout.length,
  };
}
