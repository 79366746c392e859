import { expect, test } from "vitest";
import { pack, unpack } from "../../../src/rpc/parcel.ts";

test("a value comes out as it went in, with arrays of its own", async () => {
  const shared = Float64Array.of(1, Number.NaN, -0, Number.POSITIVE_INFINITY);
  const value = {
    nRows: 3,
    columns: [
      { name: "__proto__", values: shared.subarray(1), levels: ["a\u0000", "🌸", ""] },
      { name: "$array", codes: Int32Array.of(-1, 7), levels: [] },
    ],
    nothing: null,
    bytes: Uint8Array.of(1, 2, 3),
    empty: new Int32Array(0),
  };
  const parcel = structuredClone(pack(value));
  const back = await unpack(parcel);
  expect(back).toEqual(value);
  expect(back.columns[0].values?.byteLength).toBe(back.columns[0].values?.buffer.byteLength);
});

test("bytes before numbers do not stand in their way", async () => {
  const value = [Uint8Array.of(1), Float64Array.of(0.1), Int32Array.of(5)];
  expect(await unpack(pack(value))).toEqual(value);
});
