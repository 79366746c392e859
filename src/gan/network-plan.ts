import { log } from "../core/exp-log.ts";
import type { BlocksEncoding } from "./block.types.ts";
import { type BlockMaps, blockMaps } from "./tilts.ts";

/** Blocks of similar size share one group, padded to its largest, so that a group is one dense tensor. */
const MIN_FILL = 0.5;
/** Readouts are divided by their standard deviation, but never by less than this. */
const MIN_DEVIATION = 0.3;
/** Logit of a padded level: probability 0. */
const PADDING_LOGIT = -1e5;

/** Blocks that are computed together. Levels are laid out (nBlocks × paddedLevels), scores and readouts one block after another. */
export interface BlockGroup {
  readonly nBlocks: number;
  readonly paddedLevels: number;
  readonly nLevels: number;
  readonly nScores: number;
  readonly nReadouts: number;
  /** (nScores × nLevels), zero outside each block. */
  readonly tilt: Float32Array;
  /** (nLevels × nReadouts), normalised: x·readout has mean 0 over training rows. */
  readonly readout: Float32Array;
}

/** Everything the network needs to know about a table: shapes, fixed maps, and the targets of the matching losses. */
export interface NetworkPlan {
  readonly groups: readonly BlockGroup[];
  readonly nLevels: number;
  readonly nScores: number;
  readonly nReadouts: number;
  readonly nBlocks: number;
  /** Where each block of the encoding starts among the levels. */
  readonly levelOffset: Int32Array;
  /** Training frequency per level, 0 for padding. */
  readonly frequencies: Float32Array;
  readonly logFrequencies: Float32Array;
  /** 0, or a very low logit for padding. */
  readonly padding: Float32Array;
  /** Second moments of the normalised readouts (nReadouts × nReadouts), shrunk; 0 inside a block. */
  readonly pairTarget: Float32Array;
  /** 1 where two readouts belong to different blocks. */
  readonly pairMask: Float32Array;
}

interface PlacedBlock {
  readonly block: number;
  readonly maps: BlockMaps;
  readonly group: number;
  readonly level: number;
  readonly score: number;
  readonly readout: number;
}

interface Placement {
  readonly placed: readonly PlacedBlock[];
  readonly sizes: { nBlocks: number; paddedLevels: number; nScores: number; nReadouts: number }[];
  readonly nLevels: number;
  readonly nScores: number;
  readonly nReadouts: number;
}

function placeBlocks(encoding: BlocksEncoding): Placement {
  const order = encoding.blocks
    .map((_, b) => b)
    .sort((a, b) => encoding.blocks[b].nCombinations - encoding.blocks[a].nCombinations || a - b);
  const sizes: Placement["sizes"] = [];
  const placed: PlacedBlock[] = [];
  let level = 0;
  let score = 0;
  let readout = 0;
  for (const block of order) {
    const { nCombinations } = encoding.blocks[block];
    let size = sizes[sizes.length - 1];
    if (!size || nCombinations < MIN_FILL * size.paddedLevels) {
      size = { nBlocks: 0, paddedLevels: nCombinations, nScores: 0, nReadouts: 0 };
      sizes.push(size);
    }
    const maps = blockMaps(encoding, encoding.blocks[block]);
    placed.push({ block, maps, group: sizes.length - 1, level, score, readout });
    size.nBlocks++;
    size.nScores += maps.nScores;
    size.nReadouts += maps.nReadouts;
    level += size.paddedLevels;
    score += maps.nScores;
    readout += maps.nReadouts;
  }
  return { placed, sizes, nLevels: level, nScores: score, nReadouts: readout };
}

/** Readout of a block as deviations from its mean, in units of its standard deviation. */
function normalisedReadout(maps: BlockMaps, frequencies: Float64Array): Float64Array {
  const { readout, nReadouts } = maps;
  const normalised = new Float64Array(readout.length);
  for (let r = 0; r < nReadouts; r++) {
    let mean = 0;
    let square = 0;
    for (let k = 0; k < frequencies.length; k++) {
      mean += frequencies[k] * readout[k * nReadouts + r];
      square += frequencies[k] * readout[k * nReadouts + r] ** 2;
    }
    const deviation = Math.max(MIN_DEVIATION, Math.sqrt(Math.max(0, square - mean * mean)));
    for (let k = 0; k < frequencies.length; k++) normalised[k * nReadouts + r] = (readout[k * nReadouts + r] - mean) / deviation;
  }
  return normalised;
}

/**
 * Shrinks the second moments of two blocks' readouts by max(0, 1 − e₀ / ‖A‖²), where e₀ = (Σ v_a)(Σ v_b) / n is what
 * independence would give (v are the mean squares): chance associations of the training rows are not learnt.
 */
function shrinkPairs(moments: Float64Array, size: number, spans: readonly (readonly [number, number])[], nRows: number): void {
  const meanSquares = spans.map(([start, end]) => {
    let sum = 0;
    for (let r = start; r < end; r++) sum += moments[r * size + r];
    return sum;
  });
  spans.forEach(([startA, endA], a) => {
    spans.forEach(([startB, endB], b) => {
      let norm = 0;
      for (let i = startA; i < endA; i++) for (let j = startB; j < endB; j++) norm += moments[i * size + j] ** 2;
      const chance = (meanSquares[a] * meanSquares[b]) / nRows;
      const factor = a === b || norm === 0 ? 0 : Math.max(0, 1 - chance / norm);
      for (let i = startA; i < endA; i++) for (let j = startB; j < endB; j++) moments[i * size + j] *= factor;
    });
  });
}

/** Writes Z̃ᵀZ̃ / n over rows of block codes, from the counts of code pairs: O(nRows × nBlocks² + Σ K_a K_b R_b + …). */
function addSecondMoments(
  moments: Float64Array,
  codes: Int32Array,
  nBlocks: number,
  blocks: readonly {
    readonly readout: Float64Array;
    readonly nReadouts: number;
    readonly start: number;
    readonly nLevels: number;
  }[],
  size: number,
): void {
  const nRows = codes.length / nBlocks;
  for (let a = 0; a < nBlocks; a++) {
    for (let b = a; b < nBlocks; b++) {
      const A = blocks[a];
      const B = blocks[b];
      const counts = new Float64Array(A.nLevels * B.nLevels);
      for (let row = 0; row < codes.length; row += nBlocks) counts[codes[row + a] * B.nLevels + codes[row + b]]++;
      for (let x = 0; x < A.nLevels; x++) {
        const projected = new Float64Array(B.nReadouts);
        for (let y = 0; y < B.nLevels; y++) {
          const count = counts[x * B.nLevels + y];
          if (count > 0) for (let j = 0; j < B.nReadouts; j++) projected[j] += count * B.readout[y * B.nReadouts + j];
        }
        for (let i = 0; i < A.nReadouts; i++) {
          const weight = A.readout[x * A.nReadouts + i] / nRows;
          for (let j = 0; j < B.nReadouts; j++) moments[(A.start + i) * size + B.start + j] += weight * projected[j];
        }
      }
      for (let i = 0; i < A.nReadouts; i++)
        for (let j = 0; j < B.nReadouts; j++)
          moments[(B.start + j) * size + A.start + i] = moments[(A.start + i) * size + B.start + j];
    }
  }
}

function fillGroups(encoding: BlocksEncoding, placement: Placement, readouts: readonly Float64Array[]): BlockGroup[] {
  return placement.sizes.map((size, g) => {
    const members = placement.placed.filter((p) => p.group === g);
    const nLevels = size.nBlocks * size.paddedLevels;
    const tilt = new Float32Array(size.nScores * nLevels);
    const readout = new Float32Array(nLevels * size.nReadouts);
    for (const { block, maps, level, score, readout: column } of members) {
      const first = members[0];
      for (let k = 0; k < encoding.blocks[block].nCombinations; k++) {
        const at = level - first.level + k;
        for (let s = 0; s < maps.nScores; s++) tilt[(score - first.score + s) * nLevels + at] = maps.tilt[k * maps.nScores + s];
        for (let r = 0; r < maps.nReadouts; r++)
          readout[at * size.nReadouts + column - first.readout + r] = readouts[block][k * maps.nReadouts + r];
      }
    }
    return { ...size, nLevels, tilt, readout };
  });
}

/**
 * Plans the network for an encoding and its training rows of block codes (nRows × nBlocks). Without rows (null), for drawing
 * alone, the pairs' target is left at 0.
 */
export function planNetwork(encoding: BlocksEncoding, codes: Int32Array | null): NetworkPlan {
  const placement = placeBlocks(encoding);
  const { placed, nLevels, nScores, nReadouts } = placement;
  const nBlocks = encoding.blocks.length;
  const readouts: Float64Array[] = new Array(nBlocks);
  const levelOffset = new Int32Array(nBlocks);
  const frequencies = new Float32Array(nLevels);
  const logFrequencies = new Float32Array(nLevels);
  const padding = new Float32Array(nLevels).fill(PADDING_LOGIT);
  for (const { block, maps, level } of placed) {
    const { nCombinations, frequencies: shares } = encoding.blocks[block];
    readouts[block] = normalisedReadout(maps, shares);
    levelOffset[block] = level;
    for (let k = 0; k < nCombinations; k++) {
      frequencies[level + k] = shares[k];
      logFrequencies[level + k] = log(shares[k]);
      padding[level + k] = 0;
    }
  }
  const spans = placed.map(({ readout, maps }) => [readout, readout + maps.nReadouts] as const);
  const moments = new Float64Array(nReadouts * nReadouts);
  if (codes) {
    const blocks = [...placed]
      .sort((a, b) => a.block - b.block)
      .map(({ block, maps, readout }) => ({
        readout: readouts[block],
        nReadouts: maps.nReadouts,
        start: readout,
        nLevels: encoding.blocks[block].nCombinations,
      }));
    addSecondMoments(moments, codes, nBlocks, blocks, nReadouts);
    shrinkPairs(moments, nReadouts, spans, codes.length / nBlocks);
  }
  const pairMask = new Float32Array(nReadouts * nReadouts).fill(1);
  for (const [start, end] of spans)
    for (let i = start; i < end; i++) pairMask.fill(0, i * nReadouts + start, i * nReadouts + end);
  return {
    groups: fillGroups(encoding, placement, readouts),
    nLevels,
    nScores,
    nReadouts,
    nBlocks,
    levelOffset,
    frequencies,
    logFrequencies,
    padding,
    pairTarget: Float32Array.from(moments),
    pairMask,
  };
}
