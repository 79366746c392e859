import type { AuditReport, LeakReplay, LedgerReport } from "../../workers/learn.jobs.ts";
import type { LearnSession } from "./learn-session.ts";
import { runAudit } from "./run-audit.ts";
import { runLedger } from "./run-ledger.ts";
import { allOrStop } from "./run-predict.ts";
import { runReplays } from "./run-replays.ts";
import type { SynthesizeOutput } from "./run-synthesize.svelte.ts";
import type { VerdictContext, VerdictPlan } from "./verdict-plan.ts";

export interface VerdictOutput {
  /** Null where the comparison with and without generated rows was skipped. */
  readonly ledger: LedgerReport | null;
  readonly audit: AuditReport | null;
  readonly replays: readonly LeakReplay[];
}

/** The parts of a run of the verdict, as shares of its progress. */
const SHARES = { audit: 0.3, ledger: 0.5, replays: 0.2 } as const;
type Part = keyof typeof SHARES;

/** The contexts of the parts: their fractions add up, and the part that is named first has the words until it is done. */
function partContexts(context: VerdictContext, stop: AbortSignal): Record<Part, VerdictContext> {
  const done: Record<Part, number> = { audit: 0, ledger: 0, replays: 0 };
  const of = (part: Part): VerdictContext => ({
    ...context,
    signal: stop,
    report: (progress) => {
      done[part] = progress.fraction;
      const fraction = SHARES.audit * done.audit + SHARES.ledger * done.ledger + SHARES.replays * done.replays;
      if (part !== "replays" || done.ledger >= 1) context.report({ ...progress, fraction });
    },
  });
  return { audit: of("audit"), ledger: of("ledger"), replays: of("replays") };
}

/** How good the generated rows are, what they do to predictions of real ones, and what the usual mistakes would have claimed. */
export async function runVerdict(
  session: LearnSession,
  plan: VerdictPlan,
  first: SynthesizeOutput,
  context: VerdictContext,
): Promise<VerdictOutput> {
  const stop = new AbortController();
  context.signal.addEventListener("abort", () => stop.abort(), { once: true });
  const parts = partContexts(context, stop.signal);
  const audit = await runAudit(session, plan, first, parts.audit);
  if (plan.skipLedger) return { audit, ledger: null, replays: [] };
  const settling = runLedger(session, plan, first, parts.ledger);
  const [ledger, replays] = await allOrStop([settling, runReplays(session, plan, settling, parts.replays)] as const, stop);
  return { audit, ledger, replays };
}
