import type { AuditReport } from "../../workers/learn.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import type { SynthesizeOutput } from "./run-synthesize.svelte.ts";
import type { VerdictPlan } from "./run-verdict.ts";

/** The audit of generated rows: not connected yet. */
export async function runAudit(
  _session: LearnSession,
  _plan: VerdictPlan,
  _first: SynthesizeOutput,
  _context: RunContext,
): Promise<AuditReport | null> {
  return null;
}
