/** First 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of the first 8. */
const { ROUNDS, START } = constants();

function constants(): { ROUNDS: Int32Array; START: Int32Array } {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return {
    ROUNDS: Int32Array.from(primes, (prime) => rootBits(prime, 3)),
    START: Int32Array.from(primes.slice(0, 8), (prime) => rootBits(prime, 2)),
  };
}

/** The first 32 bits behind the point of a root, by exact integer bisection. */
function rootBits(value: number, degree: number): number {
  const scaled = BigInt(value) << BigInt(32 * degree);
  let [low, high] = [0n, BigInt(value) << 32n];
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(degree) <= scaled) low = middle;
    else high = middle - 1n;
  }
  return Number(BigInt.asIntN(32, low));
}

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

/**
 * SHA-256 (FIPS 180-4) of bytes that come in pieces: for files that are too large to be held, and for pages that are served
 * without encryption, where browsers keep WebCrypto back.
 */
export class Sha256 {
  private readonly state = START.slice();
  private readonly words = new Int32Array(64);
  private readonly block = new Uint8Array(BLOCK_BYTES);
  private nHeld = 0;
  private nBytes = 0;

  push(bytes: Uint8Array): void {
    this.nBytes += bytes.length;
    let at = 0;
    if (this.nHeld > 0) {
      at = Math.min(BLOCK_BYTES - this.nHeld, bytes.length);
      this.block.set(bytes.subarray(0, at), this.nHeld);
      this.nHeld += at;
      if (this.nHeld < BLOCK_BYTES) return;
      this.mix(this.block, 0);
    }
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) this.mix(bytes, at);
    this.block.set(bytes.subarray(at));
    this.nHeld = bytes.length - at;
  }

  /** The digest, in lower-case hexadecimal digits. */
  finish(): string {
    const nBits = BigInt(this.nBytes) * 8n;
    const nZeros = (2 * BLOCK_BYTES - LENGTH_BYTES - 1 - this.nHeld) % BLOCK_BYTES;
    const tail = new Uint8Array(1 + nZeros + LENGTH_BYTES);
    tail[0] = 0x80;
    new DataView(tail.buffer).setBigUint64(1 + nZeros, nBits);
    this.push(tail);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /** One block of 64 bytes; the rounds of FIPS 180-4, 6.2.2. */
  private mix(bytes: Uint8Array, from: number): void {
    const { state, words } = this;
    for (let i = 0, at = from; i < 16; i++, at += 4) {
      words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const w15 = words[i - 15];
      const w2 = words[i - 2];
      const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3);
      const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10);
      words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
    }
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }
}
