const ARRAYS = { Int32Array, Float64Array, Uint8Array } as const;
type ArrayKind = keyof typeof ARRAYS;

/** Stands in the JSON for a typed array. No field of ours is called so. */
const MARK = "$array";

interface ArrayPlace {
  readonly [MARK]: ArrayKind;
  readonly at: number;
  readonly length: number;
}

/**
 * Plain data with typed arrays, packed into a file. A page that hands it from worker to worker holds no more than its name,
 * where the value itself would be copied on the page's own thread, twice for each worker.
 */
export interface Parcel<Value> {
  readonly blob: Blob;
  readonly jsonAt: number;
  /** Never set: what `unpack` gives. */
  readonly value?: Value;
}

const isArray = (value: unknown): value is InstanceType<(typeof ARRAYS)[ArrayKind]> =>
  value instanceof Int32Array || value instanceof Float64Array || value instanceof Uint8Array;

const isPlace = (value: unknown): value is ArrayPlace => typeof value === "object" && value !== null && MARK in value;

/** Typed arrays one behind the other, then everything else as JSON; numbers outside of typed arrays must be finite. */
export function pack<Value>(value: Value): Parcel<Value> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  const json = JSON.stringify(value, (_, part: unknown) => {
    if (!isArray(part)) return part;
    const kind = part.constructor.name as ArrayKind;
    const place: ArrayPlace = { [MARK]: kind, at, length: part.length };
    parts.push(new Uint8Array(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength));
    at += part.byteLength;
    return place;
  });
  return { blob: new Blob([...parts, json]), jsonAt: at };
}

/** The value that was packed; every array has a buffer of its own. */
export async function unpack<Value>({ blob, jsonAt }: Parcel<Value>): Promise<Value> {
  const buffer = await blob.arrayBuffer();
  const json = new TextDecoder().decode(new Uint8Array(buffer, jsonAt));
  return JSON.parse(json, (_, part: unknown) => {
    if (!isPlace(part)) return part;
    const make = ARRAYS[part[MARK]];
    return new make(buffer.slice(part.at, part.at + part.length * make.BYTES_PER_ELEMENT));
  }) as Value;
}
