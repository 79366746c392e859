import type { Random } from "../core/random.ts";
import type { BlocksEncoding } from "./block.types.ts";
import { GuardMasks, type Shares } from "./guards.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** Fresh draws of a row that runs into a dead end between rules. */
const MAX_REDRAWS = 50;

/** Draws an index by cumulative weights. */
export function drawIndex(cumulative: ArrayLike<number>, uniform: number): number {
  const target = uniform * cumulative[cumulative.length - 1];
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Probability of the allowed shares of the combinations that start at `first`. */
export function allowedMass(probabilities: Float32Array, first: number, shares: Float64Array): number {
  let mass = 0;
  for (let k = 0; k < shares.length; k++) mass += shares[k] * probabilities[first + k];
  return mass;
}

/**
 * Draws a level in proportion to the allowed share of its probability; where all allowed ones have none, the last allowed one;
 * −1 where none is allowed.
 */
function drawLevel(probabilities: Float32Array, first: number, n: number, shares: Shares | null, uniform: number): number {
  let total = 0;
  for (let k = 0; k < n; k++) total += (shares ? shares[k] : 1) * probabilities[first + k];
  let rest = uniform * total;
  let last = -1;
  for (let k = 0; k < n; k++) {
    if (shares && !shares[k]) continue;
    if (last < 0 || probabilities[first + k] > 0) last = k;
    rest -= (shares ? shares[k] : 1) * probabilities[first + k];
    if (rest < 0) return k;
  }
  return last;
}

/** Draws rows of block codes from probabilities: one draw per block, conditioned blocks first, cells that stay empty left out. */
export class RowDrawer {
  private readonly guards: GuardMasks;
  private readonly drawn: Int32Array;
  private readonly order: Int32Array;

  constructor(
    private readonly encoding: BlocksEncoding,
    private readonly plan: Pick<NetworkPlan, "levelOffset">,
    private readonly allowed: readonly (Float64Array | null)[],
  ) {
    this.guards = new GuardMasks(encoding.blocks, encoding.guards);
    this.drawn = new Int32Array(encoding.blocks.length);
    const blocks = Int32Array.from(encoding.blocks.keys());
    this.order = this.guards.isEmpty ? blocks : blocks.sort((a, b) => Number(!allowed[a]) - Number(!allowed[b]) || a - b);
  }

  /** Writes one row's codes, one per block, to `codes` from `at` on. */
  draw(probabilities: Float32Array, offset: number, codes: Int32Array, at: number, random: Random): void {
    for (let attempt = 0; attempt < MAX_REDRAWS && !this.tryDraw(probabilities, offset, random); attempt++);
    codes.set(this.drawn, at);
  }

  /** False where the rules left nothing open for some block: that one is then drawn without them. */
  private tryDraw(probabilities: Float32Array, offset: number, random: Random): boolean {
    const { blocks } = this.encoding;
    let isLegal = true;
    this.drawn.fill(-1);
    for (const block of this.order) {
      const first = offset + this.plan.levelOffset[block];
      const { nCombinations } = blocks[block];
      const allowed = this.allowed[block];
      const open = this.guards.open(block, this.drawn, allowed);
      const uniform = random.next();
      let level = drawLevel(probabilities, first, nCombinations, open, uniform);
      if (level < 0) {
        isLegal = false;
        level = drawLevel(probabilities, first, nCombinations, allowed, uniform);
      }
      this.drawn[block] = level;
    }
    return isLegal;
  }
}
