import type { Random } from "../core/random.ts";
import { conditionImpossible } from "../samplers/conditions.ts";
import type { Condition, SampleResult, Sampler } from "../samplers/sampler.ts";
import { concatTables, type Table, takeRows } from "../table/table.ts";
import { fillNormal } from "./batches.ts";
import { type BlocksEncoding, decodeBlocks } from "./blocks-encoding.ts";
import { type BlockConditions, readConditions } from "./conditions.ts";
import { restoreDerived } from "./derived-columns.ts";
import { allowedMass, drawIndex, RowDrawer } from "./draw-rows.ts";
import type { GanEngine } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { ResidualChances, weighDerived } from "./weigh-derived.ts";

/** Rows that are made at once, and latent rows that go through the network at once. */
const CHUNK_ROWS = 4000;
const NETWORK_ROWS = 1000;
/** Weighted latent rows per round; rounds go on until the weights are worth the rows asked for, but not beyond the limit. */
const CANDIDATES_PER_ROUND = 4000;
const MAX_CANDIDATES = 16_000;
/** Rows that are weighted for wanted derived values, in all at most. */
const MAX_WEIGHTED_ROWS = 64_000;

/** Kish's effective sample size (Σw)² / Σw². */
class WeightSum {
  sum = 0;
  private squares = 0;

  add(weight: number): void {
    this.sum += weight;
    this.squares += weight * weight;
  }

  get effective(): number {
    return this.squares > 0 ? (this.sum * this.sum) / this.squares : 0;
  }
}

/** Streams that go on from chunk to chunk, so that rows do not depend on how they are cut. */
interface Streams {
  readonly latent: Random;
  readonly resample: Random;
  readonly draws: Random;
  readonly decode: Random;
}

interface DrawnRows {
  readonly codes: Int32Array;
  /** Probabilities of all levels, where asked for: (nRows × nLevels). */
  readonly probabilities: Float32Array | null;
}

/** Draws rows from a trained generator: noise, probabilities per block, one draw per block, decoding. Nothing is rejected. */
export class GanSampler implements Sampler {
  constructor(
    private readonly engine: Pick<GanEngine, "probabilities" | "dispose">,
    private readonly encoding: BlocksEncoding,
    private readonly plan: Pick<NetworkPlan, "levelOffset" | "nLevels">,
    private readonly latentDim: number,
  ) {}

  /**
   * New rows. Under conditions the draw is exact: given z the blocks are independent, so latent rows are weighted by the
   * probability of the conditions, drawn again by weight, and conditioned blocks are restricted to what matches. Rows for a
   * wanted value or range of a derived number are weighted by the probability of the residuals that make it. The effective
   * sample size is (Σw)² / Σw² of those weights (Kish 1965), at most `nRows`.
   * @throws TrendloomError condition-impossible, condition-too-rare
   */
  async sample(nRows: number, conditions: readonly Condition[], random: Random): Promise<SampleResult> {
    const parts: Table[] = [];
    let effectiveSampleSize = 0;
    for await (const part of this.chunks(nRows, conditions, random)) {
      parts.push(part.table);
      effectiveSampleSize += part.effectiveSampleSize;
    }
    return { table: parts.reduce(concatTables), effectiveSampleSize };
  }

  /** The same rows in chunks of at most 4,000, so that memory stays bounded whatever their number. */
  async *chunks(nRows: number, conditions: readonly Condition[], random: Random): AsyncGenerator<SampleResult, void, void> {
    const met = readConditions(this.encoding, conditions);
    const drawer = new RowDrawer(this.encoding, this.plan, met.allowed);
    const [latent, resample, draws] = ["latent", "resample", "draws"].map((name) => random.split(name));
    for (let from = 0, chunk = 0; from < nRows || chunk === 0; from += CHUNK_ROWS, chunk++) {
      const n = Math.min(CHUNK_ROWS, nRows - from);
      const streams: Streams = { latent, resample, draws, decode: random.split(`decode ${chunk}`) };
      const made =
        met.derived.size > 0 && n > 0 ? await this.weighted(n, met, drawer, streams) : await this.plain(n, met, drawer, streams);
      if (n > 0 && made.effectiveSampleSize === 0) throw conditionImpossible(conditions);
      yield made;
    }
  }

  dispose(): void {
    this.engine.dispose();
  }

  private async plain(nRows: number, met: BlockConditions, drawer: RowDrawer, streams: Streams): Promise<SampleResult> {
    const { latent, effectiveSampleSize } = await this.latentRows(nRows, met, streams);
    const { codes } = await this.drawCodes(latent, nRows, drawer, streams.draws, false);
    const rows = withExact(decodeBlocks(this.encoding, codes, nRows, streams.decode, met.ranges), met.exact);
    return { table: restoreDerived(rows, this.encoding.derived), effectiveSampleSize };
  }

  /** Rounds of rows that meet the other conditions, each weighted by the chance of the wanted derived values. */
  private async weighted(nRows: number, met: BlockConditions, drawer: RowDrawer, streams: Streams): Promise<SampleResult> {
    const kept: Table[] = [];
    const cumulative: number[] = [];
    const total = new WeightSum();
    let latentShare = 1;
    for (let made = 0; made < MAX_WEIGHTED_ROWS && total.effective < nRows; made += CANDIDATES_PER_ROUND) {
      const { latent, effectiveSampleSize } = await this.latentRows(CANDIDATES_PER_ROUND, met, streams);
      const drawn = await this.drawCodes(latent, CANDIDATES_PER_ROUND, drawer, streams.draws, true);
      const decode = streams.decode.split(`round ${made}`);
      const rows = withExact(decodeBlocks(this.encoding, drawn.codes, CANDIDATES_PER_ROUND, decode, met.ranges), met.exact);
      const chances = new ResidualChances(this.encoding, this.plan, drawn.probabilities as Float32Array);
      const { table, weights } = weighDerived(this.encoding, rows, met.derived, chances, decode.split("derived"));
      const used = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0);
      for (const row of used) {
        total.add(weights[row]);
        cumulative.push(total.sum);
      }
      if (used.length > 0) kept.push(takeRows(table, used));
      latentShare = Math.min(latentShare, effectiveSampleSize / CANDIDATES_PER_ROUND);
    }
    if (kept.length === 0) return { table: { nRows: 0, columns: [] }, effectiveSampleSize: 0 };
    const chosen = Int32Array.from({ length: nRows }, () => drawIndex(cumulative, streams.resample.next()));
    return {
      table: takeRows(kept.reduce(concatTables), chosen),
      effectiveSampleSize: Math.min(nRows, total.effective * latentShare),
    };
  }

  /** Fresh latent rows; under conditions as many drawn by the weights of candidates. */
  private async latentRows(
    nRows: number,
    { allowed }: BlockConditions,
    { latent, resample }: Streams,
  ): Promise<{ latent: Float32Array; effectiveSampleSize: number }> {
    const fresh = (n: number) => fillNormal(new Float32Array(n * this.latentDim), latent);
    if (allowed.every((mask) => mask === null)) return { latent: fresh(nRows), effectiveSampleSize: nRows };
    const rounds: Float32Array[] = [];
    const cumulative: number[] = [];
    const total = new WeightSum();
    while (cumulative.length < MAX_CANDIDATES && total.effective < nRows) {
      const candidates = fresh(CANDIDATES_PER_ROUND);
      rounds.push(candidates);
      await this.eachRow(candidates, CANDIDATES_PER_ROUND, (_, probabilities, offset) => {
        let weight = 1;
        allowed.forEach((mask, block) => {
          if (mask) weight *= allowedMass(probabilities, offset + this.plan.levelOffset[block], mask);
        });
        total.add(weight);
        cumulative.push(total.sum);
      });
    }
    const chosen = new Float32Array(nRows * this.latentDim);
    for (let row = 0; row < nRows; row++) {
      const candidate = drawIndex(cumulative, resample.next());
      const from = (candidate % CANDIDATES_PER_ROUND) * this.latentDim;
      const round = rounds[Math.floor(candidate / CANDIDATES_PER_ROUND)];
      chosen.set(round.subarray(from, from + this.latentDim), row * this.latentDim);
    }
    return { latent: chosen, effectiveSampleSize: Math.min(nRows, total.effective) };
  }

  /** Block codes (nRows × nBlocks). */
  private async drawCodes(
    latent: Float32Array,
    nRows: number,
    drawer: RowDrawer,
    random: Random,
    keepProbabilities: boolean,
  ): Promise<DrawnRows> {
    const nBlocks = this.encoding.blocks.length;
    const codes = new Int32Array(nRows * nBlocks);
    const kept = keepProbabilities ? new Float32Array(nRows * this.plan.nLevels) : null;
    await this.eachRow(latent, nRows, (row, probabilities, offset) => {
      drawer.draw(probabilities, offset, codes, row * nBlocks, random);
      kept?.set(probabilities.subarray(offset, offset + this.plan.nLevels), row * this.plan.nLevels);
    });
    return { codes, probabilities: kept };
  }

  private async eachRow(
    latent: Float32Array,
    nRows: number,
    visit: (row: number, probabilities: Float32Array, offset: number) => void,
  ): Promise<void> {
    for (let from = 0; from < nRows; from += NETWORK_ROWS) {
      const n = Math.min(NETWORK_ROWS, nRows - from);
      const probabilities = await this.engine.probabilities(
        latent.subarray(from * this.latentDim, (from + n) * this.latentDim),
        n,
      );
      for (let i = 0; i < n; i++) visit(from + i, probabilities, i * this.plan.nLevels);
    }
  }
}

function withExact(table: Table, exact: ReadonlyMap<number, number>): Table {
  if (exact.size === 0) return table;
  const columns = table.columns.map((column, position) => {
    const value = exact.get(position);
    return value !== undefined && column.kind === "numeric" ? { ...column, values: column.values.map(() => value) } : column;
  });
  return { nRows: table.nRows, columns };
}
