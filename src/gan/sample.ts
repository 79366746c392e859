import type { Random } from "../core/random.ts";
import type { Condition, SampleResult, Sampler } from "../samplers/sampler.ts";
import type { Table } from "../table/table.ts";
import { fillNormal } from "./batches.ts";
import { type BlocksEncoding, decodeBlocks, drawIndex } from "./blocks-encoding.ts";
import { type BlockConditions, readConditions } from "./conditions.ts";
import type { GanEngine } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** Latent rows that go through the network at once. */
const CHUNK_ROWS = 1000;
/** Weighted latent rows per conditioned row, and at least this many. */
const CANDIDATES_PER_ROW = 4;
const MIN_CANDIDATES = 4000;

/** Draws rows from a trained generator: noise, probabilities per block, one draw per block, decoding. Nothing is rejected. */
export class GanSampler implements Sampler {
  constructor(
    private readonly engine: GanEngine,
    private readonly encoding: BlocksEncoding,
    private readonly plan: NetworkPlan,
    private readonly latentDim: number,
  ) {}

  /**
   * New rows. Under conditions the draw is exact: given z the blocks are independent, so latent rows are weighted by the
   * probability of the conditions, drawn again by weight, and conditioned blocks are restricted to what matches. The
   * effective sample size is (Σw)² / Σw² of those weights (Kish 1965), at most `nRows`.
   * @throws TrendloomError condition-impossible
   */
  async sample(nRows: number, conditions: readonly Condition[], random: Random): Promise<SampleResult> {
    const met = readConditions(this.encoding, conditions);
    const { latent, effectiveSampleSize } =
      conditions.length > 0 ? await this.weightedLatent(nRows, met, random) : this.freshLatent(nRows, random);
    const codes = await this.drawCodes(latent, nRows, met, random.split("draws"));
    const table = decodeBlocks(this.encoding, codes, nRows, random.split("decode"));
    return { table: withExact(table, met.exact), effectiveSampleSize };
  }

  dispose(): void {
    this.engine.dispose();
  }

  private freshLatent(nRows: number, random: Random): { latent: Float32Array; effectiveSampleSize: number } {
    return {
      latent: fillNormal(new Float32Array(nRows * this.latentDim), random.split("latent")),
      effectiveSampleSize: nRows,
    };
  }

  private async weightedLatent(
    nRows: number,
    { allowed }: BlockConditions,
    random: Random,
  ): Promise<{ latent: Float32Array; effectiveSampleSize: number }> {
    const nCandidates = Math.max(MIN_CANDIDATES, CANDIDATES_PER_ROW * nRows);
    const { latent: candidates } = this.freshLatent(nCandidates, random);
    const cumulative = new Float64Array(nCandidates);
    let sum = 0;
    let sumOfSquares = 0;
    await this.eachRow(candidates, nCandidates, (row, probabilities, offset) => {
      let weight = 1;
      allowed.forEach((mask, block) => {
        if (mask) weight *= allowedMass(probabilities, offset + this.plan.levelOffset[block], mask);
      });
      sum += weight;
      sumOfSquares += weight * weight;
      cumulative[row] = sum;
    });
    const draws = random.split("resample");
    const latent = new Float32Array(nRows * this.latentDim);
    for (let row = 0; row < nRows; row++) {
      const from = drawIndex(cumulative, draws.next()) * this.latentDim;
      latent.set(candidates.subarray(from, from + this.latentDim), row * this.latentDim);
    }
    return { latent, effectiveSampleSize: Math.min(nRows, sumOfSquares > 0 ? (sum * sum) / sumOfSquares : 0) };
  }

  /** Block codes (nRows × nBlocks), one draw per block from its probabilities, restricted to what is allowed. */
  private async drawCodes(
    latent: Float32Array,
    nRows: number,
    { allowed }: BlockConditions,
    random: Random,
  ): Promise<Int32Array> {
    const { blocks } = this.encoding;
    const codes = new Int32Array(nRows * blocks.length);
    await this.eachRow(latent, nRows, (row, probabilities, offset) => {
      for (let block = 0; block < blocks.length; block++) {
        const first = offset + this.plan.levelOffset[block];
        codes[row * blocks.length + block] = drawLevel(
          probabilities,
          first,
          blocks[block].nCombinations,
          allowed[block],
          random.next(),
        );
      }
    });
    return codes;
  }

  private async eachRow(
    latent: Float32Array,
    nRows: number,
    visit: (row: number, probabilities: Float32Array, offset: number) => void,
  ): Promise<void> {
    for (let from = 0; from < nRows; from += CHUNK_ROWS) {
      const n = Math.min(CHUNK_ROWS, nRows - from);
      const probabilities = await this.engine.probabilities(
        latent.subarray(from * this.latentDim, (from + n) * this.latentDim),
        n,
      );
      for (let i = 0; i < n; i++) visit(from + i, probabilities, i * this.plan.nLevels);
    }
  }
}

function allowedMass(probabilities: Float32Array, first: number, mask: Uint8Array): number {
  let mass = 0;
  for (let k = 0; k < mask.length; k++) if (mask[k]) mass += probabilities[first + k];
  return mass;
}

/** Draws a level in proportion to its probability; where all allowed ones have none, the first allowed one. */
function drawLevel(probabilities: Float32Array, first: number, n: number, mask: Uint8Array | null, uniform: number): number {
  let total = 0;
  for (let k = 0; k < n; k++) if (!mask || mask[k]) total += probabilities[first + k];
  let rest = uniform * total;
  let last = -1;
  for (let k = 0; k < n; k++) {
    if (mask && !mask[k]) continue;
    if (last < 0 || probabilities[first + k] > 0) last = k;
    rest -= probabilities[first + k];
    if (rest < 0) return k;
  }
  return last;
}

function withExact(table: Table, exact: ReadonlyMap<number, number>): Table {
  if (exact.size === 0) return table;
  const columns = table.columns.map((column, position) => {
    const value = exact.get(position);
    return value !== undefined && column.kind === "numeric" ? { ...column, values: column.values.map(() => value) } : column;
  });
  return { nRows: table.nRows, columns };
}
