import { TrendloomError } from "../../core/errors.ts";
import { decodeParams, encodeParams, parseParam } from "../../core/params.ts";
import { SETTINGS, type Settings, STEPS, type StepName } from "./settings.ts";

/** Where the rows come from: a bundled sample by name, or a file known by its fingerprint alone. */
export type LinkSource =
  | { readonly kind: "sample"; readonly name: SampleName }
  | { readonly kind: "file"; readonly sha256: string; readonly nRows: number; readonly nColumns: number };

export const SAMPLE_NAMES = ["shopping-sample", "shopping-planted"] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

export const LOCALES = ["en", "vi"] as const;
export type Locale = (typeof LOCALES)[number];

/** All that a link can hold. There is no field for rows, and every text field is a column's name, one of its labels or a choice. */
export interface LinkContent {
  readonly source: LinkSource | null;
  readonly step: StepName;
  readonly language: Locale;
  /** The steps that were run, and that opening the link runs again. */
  readonly run: readonly StepName[];
  readonly settings: Settings;
}

export const LINK_VERSION = 1;
export const MAX_LINK_LENGTH = 2000;
const MAX_JSON_LENGTH = 20_000;

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const readable = new Blob([bytes])
    .stream()
    .pipeThrough(stream as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    if (length > MAX_JSON_LENGTH) throw new TrendloomError("link-damaged");
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

/** The link's content as the plain object that is compressed: what "see every byte" shows. */
export function linkPayload(content: LinkContent): Record<string, unknown> {
  return {
    src:
      content.source?.kind === "file"
        ? { sha256: content.source.sha256, rows: content.source.nRows, columns: content.source.nColumns }
        : (content.source?.name ?? null),
    step: content.step,
    lang: content.language,
    run: content.run,
    set: encodeParams(SETTINGS, content.settings),
  };
}

/** `#v1.` and the payload as JSON, deflated, in base64url. The fragment of an address is never sent to a host. */
export async function encodeLink(content: LinkContent): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(linkPayload(content)));
  return `#v${LINK_VERSION}.${toBase64Url(await pipe(json, new CompressionStream("deflate-raw")))}`;
}

function parseSource(value: unknown): LinkSource | null {
  if (value === null) return null;
  if (typeof value === "string") {
    return {
      kind: "sample",
      name: parseParam(
        "source",
        { kind: "choice", key: "src", default: SAMPLE_NAMES[0], options: SAMPLE_NAMES },
        value,
      ) as SampleName,
    };
  }
  const { sha256, rows, columns } = value as { sha256?: unknown; rows?: unknown; columns?: unknown };
  const count = { kind: "integer", key: "", default: 0, min: 0, max: 2 ** 31 } as const;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) throw new TrendloomError("link-damaged");
  return {
    kind: "file",
    sha256,
    nRows: parseParam("rows", count, rows) as number,
    nColumns: parseParam("columns", count, columns) as number,
  };
}

function parsePayload(payload: Record<string, unknown>): LinkContent {
  const choice = <Option extends string>(name: string, options: readonly Option[], value: unknown) =>
    parseParam(name, { kind: "choice", key: name, default: options[0], options }, value) as Option;
  const run = Array.isArray(payload.run) ? payload.run.map((step) => choice("run", STEPS, step)) : [];
  return {
    source: parseSource(payload.src),
    step: choice("step", STEPS, payload.step),
    language: choice("lang", LOCALES, payload.lang),
    run: STEPS.filter((step) => run.includes(step)),
    settings: decodeParams(SETTINGS, payload.set as Record<string, unknown>),
  };
}

/**
 * Reads a fragment. Null when there is none.
 * @throws TrendloomError link-newer (made by a later version), link-damaged (anything else that does not parse)
 */
export async function decodeLink(hash: string): Promise<LinkContent | null> {
  if (hash === "" || hash === "#") return null;
  const match = /^#v(\d+)\.([\w-]*)$/.exec(hash);
  if (!match) throw new TrendloomError("link-damaged");
  if (Number(match[1]) > LINK_VERSION) throw new TrendloomError("link-newer", { got: Number(match[1]), expected: LINK_VERSION });
  try {
    const json = await pipe(fromBase64Url(match[2]), new DecompressionStream("deflate-raw"));
    return parsePayload(JSON.parse(new TextDecoder().decode(json)));
  } catch {
    throw new TrendloomError("link-damaged");
  }
}
