import type { AuditReport, LeakReplay, LedgerReport } from "../../workers/learn.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import { runAudit } from "./run-audit.ts";
import { runLedger } from "./run-ledger.ts";
import { runReplays } from "./run-replays.ts";
import type { SynthesizeOutput } from "./run-synthesize.svelte.ts";
import type { VerdictPlan } from "./verdict-plan.ts";

export interface VerdictOutput {
  /** Null where the comparison with and without generated rows was skipped. */
  readonly ledger: LedgerReport | null;
  readonly audit: AuditReport | null;
  readonly replays: readonly LeakReplay[];
}

/** The parts of a run of the verdict, as shares of its progress. */
const SHARES = { audit: 0.3, ledger: 0.5, replays: 0.2 } as const;

/** The context of one part: its progress is a slice of the whole run's. */
function slice(context: RunContext, from: number, share: number): RunContext {
  return { ...context, report: (progress) => context.report({ ...progress, fraction: from + share * progress.fraction }) };
}

/** How good the generated rows are, what they do to predictions of real ones, and what the usual mistakes would have claimed. */
export async function runVerdict(
  session: LearnSession,
  plan: VerdictPlan,
  first: SynthesizeOutput,
  context: RunContext,
): Promise<VerdictOutput> {
  const audit = await runAudit(session, plan, first, slice(context, 0, SHARES.audit));
  if (plan.skipLedger) return { audit, ledger: null, replays: [] };
  const ledger = await runLedger(session, plan, first, slice(context, SHARES.audit, SHARES.ledger));
  const replays = await runReplays(session, plan, ledger, slice(context, SHARES.audit + SHARES.ledger, SHARES.replays));
  return { audit, ledger, replays };
}
