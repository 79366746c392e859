import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Sha256 } from "../../../src/table/sha256.ts";

test("the digest of nothing", () => {
  expect(new Sha256().finish()).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("pieces of any length give the digest of the whole", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
      const hash = new Sha256();
      for (const piece of pieces) hash.push(piece);
      expect(hash.finish()).toBe(createHash("sha256").update(Buffer.concat(pieces)).digest("hex"));
    }),
  );
});
