import type { LeakReplay } from "../../workers/learn.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import type { VerdictPlan } from "./run-verdict.ts";

/** The usual mistakes, made on purpose: not connected yet. */
export async function runReplays(_session: LearnSession, _plan: VerdictPlan, _context: RunContext): Promise<LeakReplay[]> {
  return [];
}
