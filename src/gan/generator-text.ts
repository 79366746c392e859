import { TrendloomError } from "../core/errors.ts";
import type { GeneratorData } from "./generator.types.ts";
import { checkGenerator } from "./generator-check.ts";

const FORMAT = "trendloom-generator";
const VERSION = 1;
const CHARACTERS_AT_ONCE = 8190;

/** FNV-1a over the characters, twice with different bases: tells a damaged file, not a forged one. */
function checksumOf(text: string): string {
  return [0x811c9dc5, 0x050c5d1f]
    .map((basis) => {
      let hash = basis;
      for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}

function toBase64(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let binary = "";
  for (let from = 0; from < bytes.length; from += CHARACTERS_AT_ONCE)
    binary += String.fromCharCode(...bytes.subarray(from, from + CHARACTERS_AT_ONCE));
  return btoa(binary);
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** A generator as the text of a JSON file; weights in base64 of little-endian single precision. */
export function writeGenerator({ average, ...rest }: GeneratorData): string {
  const generator = { ...rest, average: toBase64(average) };
  const checksum = checksumOf(JSON.stringify(generator));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, checksum, generator })}\n`;
}

function damaged(reason: string): TrendloomError {
  return new TrendloomError("generator-damaged", { reason });
}

/**
 * Reads what `writeGenerator` wrote.
 * @throws TrendloomError generator-newer (of a later version of the page), generator-damaged (anything else that is not right)
 */
export function readGenerator(text: string): GeneratorData {
  let file: Record<string, unknown>;
  try {
    file = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw damaged("no JSON");
  }
  if (file?.format !== FORMAT || typeof file.version !== "number") throw damaged("another format");
  if (file.version > VERSION) throw new TrendloomError("generator-newer", { got: file.version, expected: VERSION });
  if (checksumOf(JSON.stringify(file.generator) ?? "") !== file.checksum) throw damaged("checksum");
  const generator = file.generator as Record<string, unknown>;
  try {
    return checkGenerator({ ...generator, average: fromBase64(String(generator.average)) });
  } catch (error) {
    throw error instanceof TrendloomError ? error : damaged(String(error));
  }
}
