import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeLink, encodeLink, type LinkContent, linkPayload, MAX_LINK_LENGTH } from "../../../../src/app/state/link.ts";
import { SETTINGS, STEPS } from "../../../../src/app/state/settings.ts";
import { TrendloomError } from "../../../../src/core/errors.ts";
import { defaultValues } from "../../../../src/core/params.ts";

const plain: LinkContent = {
  source: { kind: "sample", name: "shopping-sample" },
  step: "verdict",
  language: "vi",
  run: STEPS,
  settings: { ...defaultValues(SETTINGS), target: "Tần suất mua hàng", seed: 7, segmentColumns: ["Age", "Tuổi"] },
};
const withFile: LinkContent = { ...plain, source: { kind: "file", sha256: "ab".repeat(32), nRows: 3900, nColumns: 19 } };

test.each([
  ["a sample", plain],
  ["a file's fingerprint", withFile],
  ["no source", { ...plain, source: null }],
])("a link with %s comes back whole", async (_, content) => {
  expect(await decodeLink(await encodeLink(content))).toEqual(content);
});

test("a link of usual settings is short, and safe in an address", async () => {
  const link = await encodeLink(withFile);
  expect(link.length).toBeLessThan(MAX_LINK_LENGTH / 2);
  expect(link).toMatch(/^#v1\.[\w-]+$/);
});

test("no fragment means no link", async () => {
  expect(await decodeLink("")).toBeNull();
  expect(await decodeLink("#")).toBeNull();
});

async function codeOf(hash: string): Promise<string> {
  try {
    await decodeLink(hash);
    return "accepted";
  } catch (error) {
    return error instanceof TrendloomError ? error.code : "unnamed";
  }
}

async function pack(payload: unknown): Promise<string> {
  const { readable, writable } = new CompressionStream("deflate-raw");
  const writer = writable.getWriter();
  void writer.write(new TextEncoder().encode(JSON.stringify(payload)));
  void writer.close();
  return `#v1.${Buffer.from(await new Response(readable).arrayBuffer()).toString("base64url")}`;
}

describe("a link that is not one of ours", () => {
  test("of a later version is told apart", async () => expect(await codeOf("#v2.abc")).toBe("link-newer"));
  test.each(["#x", "#v1.", "#v1.!!!", "#v1.AAAA", "#v1.abc=def"])("%s is damaged", async (hash) =>
    expect(await codeOf(hash)).toBe("link-damaged"),
  );
  test("any text gives a link or a named error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(["accepted", "link-damaged", "link-newer"]).toContain(await codeOf(`#v1.${text}`));
      }),
    );
  });
  test.each([
    ["rows in the settings", { rows: [["1", "Male"]] }],
    ["an unknown setting", { zz: 1 }],
    ["a seed that is text", { s: "1" }],
  ])("with %s is refused", async (_, set) => {
    expect(await codeOf(await pack({ ...linkPayload(plain), set }))).toBe("link-damaged");
  });
  test("with a fingerprint that is none is refused", async () => {
    expect(await codeOf(await pack({ ...linkPayload(plain), src: { sha256: "x", rows: 1, columns: 1 } }))).toBe("link-damaged");
  });
  test("that unpacks to megabytes is refused before it is read", async () => {
    expect(await codeOf(await pack({ ...linkPayload(plain), filler: "a".repeat(5_000_000) }))).toBe("link-damaged");
  });
});
