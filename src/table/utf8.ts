/** First bytes of sequences, what their second byte may be at least and at most, and how many follow (RFC 3629, section 4). */
const SEQUENCES: readonly (readonly [first: number, last: number, low: number, high: number, nMore: number])[] = [
  [0xc2, 0xdf, 0x80, 0xbf, 1],
  [0xe0, 0xe0, 0xa0, 0xbf, 2],
  [0xe1, 0xec, 0x80, 0xbf, 2],
  [0xed, 0xed, 0x80, 0x9f, 2],
  [0xee, 0xef, 0x80, 0xbf, 2],
  [0xf0, 0xf0, 0x90, 0xbf, 3],
  [0xf1, 0xf3, 0x80, 0xbf, 3],
  [0xf4, 0xf4, 0x80, 0x8f, 3],
];

const [LOW, HIGH, N_MORE] = tables();

function tables(): [low: Uint8Array, high: Uint8Array, nMore: Uint8Array] {
  const made: [Uint8Array, Uint8Array, Uint8Array] = [new Uint8Array(256), new Uint8Array(256), new Uint8Array(256)];
  for (const [first, last, ...rules] of SEQUENCES) {
    for (let byte = first; byte <= last; byte++) for (const [i, rule] of rules.entries()) made[i][byte] = rule;
  }
  return made;
}

/** Whether the bytes from `start` to `end` are whole characters of UTF-8. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte < 0x80) continue;
    const nMore = N_MORE[byte];
    if (nMore === 0 || at + nMore >= end) return false;
    const second = bytes[++at];
    if (second < LOW[byte] || second > HIGH[byte]) return false;
    for (let k = 1; k < nMore; k++) if ((bytes[++at] & 0xc0) !== 0x80) return false;
  }
  return true;
}
