import { log } from "./exp-log.ts";

/**
 * A seeded source of randomness. The same seed and the same sequence of `split` names give the same numbers
 * in every browser and for any number of workers.
 */
export interface Random {
  /** Uniform in [0, 1), 32 random bits. */
  next(): number;
  /** Uniform integer in [0, limit). */
  integer(limit: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** An independent stream; does not advance this one, so the order of splits is irrelevant. */
  split(name: string): Random;
  /** Fisher–Yates, in place; returns its argument. */
  shuffle<T extends Shufflable>(values: T): T;
}

type Shufflable = { length: number; [index: number]: unknown };

/** FNV-1a over UTF-16 code units, then murmur3's finaliser. */
function hashName(name: string, basis: number): number {
  let hash = (0x811c9dc5 ^ basis) >>> 0;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return mix(hash);
}

function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** xoshiro128** (Blackman and Vigna 2018), seeded through murmur3's finaliser. */
class Xoshiro implements Random {
  private readonly state = new Uint32Array(4);
  private spareNormal = Number.NaN;

  constructor(
    private readonly low: number,
    private readonly high: number,
  ) {
    for (let i = 0; i < 4; i++) this.state[i] = mix(low + Math.imul(i + 1, 0x9e3779b9)) ^ mix(high + i);
    if (this.state.every((word) => word === 0)) this.state[0] = 1;
  }

  private word(): number {
    const s = this.state;
    const s1 = s[1];
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s1 << 9;
    s[2] = s[2] ^ s[0];
    s[3] = s[3] ^ s1;
    s[1] = s1 ^ s[2];
    s[0] = s[0] ^ s[3];
    s[2] = s[2] ^ shifted;
    const s3 = s[3];
    s[3] = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  next(): number {
    return this.word() / 4294967296;
  }

  integer(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  normal(): number {
    if (!Number.isNaN(this.spareNormal)) {
      const spare = this.spareNormal;
      this.spareNormal = Number.NaN;
      return spare;
    }
    let u = 0;
    let v = 0;
    let s = 0;
    do {
      u = 2 * this.next() - 1;
      v = 2 * this.next() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * log(s)) / s);
    this.spareNormal = v * scale;
    return u * scale;
  }

  split(name: string): Random {
    return new Xoshiro(hashName(name, this.low), hashName(name, mix(this.high + 0x632be59b)));
  }

  shuffle<T extends Shufflable>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return values;
  }
}

/** A new stream from a seed (an integer in [0, 2^32)). */
export function createRandom(seed: number): Random {
  return new Xoshiro(mix(seed), mix(seed ^ 0x5bd1e995));
}
