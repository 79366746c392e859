import type { EngineCandidate, EngineChoice, EngineName } from "../../workers/gpu.jobs.ts";
import { m } from "./paraglide/messages.js";

const NAMES: Readonly<Record<EngineName | "auto", () => string>> = {
  auto: m.synthesize_engine_auto,
  webgpu: m.synthesize_engine_webgpu,
  webgl: m.synthesize_engine_webgl,
  wasm: m.synthesize_engine_wasm,
  "wasm-exact": m.synthesize_engine_wasm_exact,
  cpu: m.synthesize_engine_cpu,
};

const REJECTED: Readonly<Record<string, () => string>> = {
  absent: m.synthesize_race_absent,
  "software-adapter": m.synthesize_race_software,
  "half-precision": m.synthesize_race_half,
  slower: m.synthesize_race_slower,
  "too-slow": m.synthesize_race_too_slow,
  failed: m.synthesize_race_failed,
  "last-resort": m.synthesize_race_last_resort,
};

export const engineName = (engine: EngineName | "auto"): string => NAMES[engine]();

/** How an engine fared: chosen, or why not. */
export function candidateWords(candidate: EngineCandidate, chosen: EngineName): string {
  if (candidate.name === chosen) return m.synthesize_race_chosen();
  const rejected = candidate.rejected ?? "";
  return Object.hasOwn(REJECTED, rejected) ? REJECTED[rejected]!() : m.synthesize_race_not_raced();
}

/** Which engine runs and why, as a sentence. */
export function engineFinding(choice: EngineChoice): string {
  const engine = engineName(choice.engine);
  if (choice.why === "asked-for") return m.synthesize_race_title_asked({ engine });
  if (choice.why === "engine-lost") return m.synthesize_race_title_recovered({ engine });
  return choice.why === "only-one" ? m.synthesize_race_title_only({ engine }) : m.synthesize_race_title_fastest({ engine });
}
