import type { GpuJobs } from "../../workers/gpu.jobs.ts";
import type { AuditArmName, AuditChoice, AuditReport, LearnJobs } from "../../workers/learn.jobs.ts";
import type { LearnSession } from "./learn-session.ts";
import { allOrStop } from "./run-predict.ts";
import { type SynthesizeOutput, synthesizeFraction } from "./run-synthesize.svelte.ts";
import { superviseTraining } from "./supervise-training.ts";
import type { VerdictContext, VerdictPlan } from "./verdict-plan.ts";
import { WeightedProgress } from "./weighted-progress.ts";

/** Arms whose rows are made where they are audited, the slowest first. */
const MADE_HERE = ["sequentialTrees", "blocks", "floor", "copier", "ceiling"] as const satisfies AuditArmName[];
/** Training a generator takes about this many times as long as auditing one arm. */
const GENERATOR_WEIGHT = 10;
const UTILITY_LEARNER = "xgboost";

/** A generator to train for the audit, and the arms that its rows stand for. */
interface GeneratorArms {
  readonly settings: GpuJobs["synthesizeForAudit"]["input"]["settings"];
  readonly trained: AuditArmName;
  readonly untrained: AuditArmName | null;
}

/**
 * The generator as it was set and, beside it, each part of its recipe alone: not in a quick run, for they take a training
 * each, and not where a part alone was chosen.
 */
function generatorsOf({ synthesize: { settings }, quick }: VerdictPlan): readonly GeneratorArms[] {
  const whole: GeneratorArms = { settings, trained: "gan", untrained: "ganStep0" };
  if (quick || (settings.preset ?? "matched") !== "matched") return [whole];
  return [
    whole,
    { settings: { ...settings, preset: "adversarial" }, trained: "ganAdversarial", untrained: null },
    { settings: { ...settings, preset: "matching" }, trained: "ganMatching", untrained: null },
  ];
}

type AuditInput = LearnJobs["auditArm"]["input"];
type Audited = LearnJobs["auditArm"]["output"];
type MadeRows = Pick<GpuJobs["synthesizeForAudit"]["output"], "rows"> & Pick<SynthesizeOutput, "untrained">;

/** Everything one audit shares: the workers, where to report, and how to stop. */
class AuditRun {
  private readonly progress: WeightedProgress;
  readonly stop = new AbortController();
  readonly choice: AuditChoice;

  constructor(
    private readonly session: LearnSession,
    private readonly plan: VerdictPlan,
    private readonly context: VerdictContext,
  ) {
    const { nFolds, seed } = plan.synthesize;
    this.choice = { seed, nFolds: plan.quick ? nFolds : null };
    this.progress = new WeightedProgress(context, "audit");
    context.signal.addEventListener("abort", () => this.stop.abort(), { once: true });
  }

  /** One arm; its rows are made there, or waited for. */
  async audit(arm: AuditArmName, given: Promise<AuditInput["rows"]> | null): Promise<Audited> {
    const advance = this.progress.add(1);
    const input = { choice: this.choice, arm, rows: await given, quick: this.plan.quick, learner: UTILITY_LEARNER } as const;
    const audited = await this.session.learn.run("auditArm", input, {
      signal: this.stop.signal,
      onProgress: (event) => advance(event.done / Math.max(1, event.total)),
    });
    advance(1);
    return audited;
  }

  /** Rows of a generator trained on half A, on the engine that won before: a race could end differently. */
  async train(settings: GeneratorArms["settings"], engine: SynthesizeOutput["report"]["engine"]["engine"]): Promise<MadeRows> {
    const advance = this.progress.add(GENERATOR_WEIGHT);
    const input = { settings, engine, choice: this.choice };
    const made = await superviseTraining(
      (restart, options) => this.session.gpu.run("synthesizeForAudit", { ...input, ...restart }, options),
      {
        signal: this.stop.signal,
        engine,
        onProgress: (event) => advance(synthesizeFraction(event)),
        onRecovery: (recovery) => this.context.recovered(recovery),
      },
    );
    advance(1);
    return made;
  }
}

/**
 * The audit: every generator is fitted on half A and its rows compared with half B, arm by arm over the workers. A quick
 * run takes the first fold's training and held-out rows for A and B, so that the generator of the Synthesize step serves.
 */
export async function runAudit(
  session: LearnSession,
  plan: VerdictPlan,
  first: SynthesizeOutput,
  context: VerdictContext,
): Promise<AuditReport> {
  const run = new AuditRun(session, plan, context);
  const made = generatorsOf(plan).flatMap(({ settings, trained, untrained }) => {
    const rows: Promise<MadeRows> = plan.quick
      ? Promise.resolve({ rows: first.draws[0].train, untrained: first.untrained })
      : run.train(settings, first.report.engine.engine);
    const arms = [
      run.audit(
        trained,
        rows.then((output) => output.rows),
      ),
    ];
    if (untrained)
      arms.push(
        run.audit(
          untrained,
          rows.then((output) => output.untrained),
        ),
      );
    return arms;
  });
  // A copier only shows that the measures work: a quick run leaves it out.
  const here = MADE_HERE.filter((arm) => !plan.quick || arm !== "copier").map((arm) => run.audit(arm, null));
  const audited = await allOrStop([...made, ...here], run.stop);
  const [{ nA, nB, utilityMetric, arm }] = audited;
  return {
    nA,
    nB,
    nSignalPairs: arm.figures.pairs.filter(({ isSignal }) => isSignal).length,
    utilityMetric,
    utilityLearner: UTILITY_LEARNER,
    arms: audited.map((part) => part.arm),
    isQuick: plan.quick,
  };
}
