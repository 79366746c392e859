import type { AsyncWork, Progress, Work } from "../core/progress.ts";
import { createRandom, type Random } from "../core/random.ts";
import { type AuditHalves, auditRows, auditSides } from "../evaluate/audit.ts";
import type { AuditArmName, AuditChoice, AuditedArm } from "../evaluate/audit-report.ts";
import type { LearningRows } from "../evaluate/fold-of.ts";
import type { LearnerId } from "../evaluate/learner.ts";
import { measurePrivacy, type PrivacyLimits } from "../metrics/privacy.ts";
import { type Table, takeRows } from "../table/table.ts";
import { fitSampler } from "./fit-sampler.ts";
import { treeLearner } from "./tree-learners.ts";

export interface AuditRequest {
  readonly choice: AuditChoice;
  readonly arm: AuditArmName;
  /** Rows of a generator that was trained elsewhere; null: the arm's rows are made here. */
  readonly rows: Table | null;
  readonly quick: boolean;
}

/** What a quick run leaves out, so that it stays quick: privacy is measured for what is handed out, and on fewer rows. */
const QUICK_PRIVACY: readonly AuditArmName[] = ["gan", "sequentialTrees", "blocks"];
/** Half A itself, and generators whose rows are only compared, never handed out. */
const WITHOUT_PRIVACY: readonly AuditArmName[] = ["ceiling", "ganMatching", "ganAdversarial"];
const QUICK_LIMITS: PrivacyLimits = { made: 400, references: 2000 };
const N_PARTS = 3;

/** The work's progress as part `part` of the arm's. */
async function* asPart<Output>(work: Work<Output> | AsyncWork<Output>, part: number): AsyncWork<Output> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
    const { done, total } = step.value as Progress;
    yield { stage: "audit", done: part + Math.min(1, done / Math.max(1, total)), total: N_PARTS, unit: "task" };
  }
}

/** Rows of A drawn with replacement: what a generator that learnt its rows by heart would give. */
function copyRows({ a }: AuditHalves, random: Random): Table {
  const { nRows } = a.table;
  return takeRows(
    a.table,
    Int32Array.from({ length: nRows }, () => random.integer(nRows)),
  );
}

async function* makeRows(arm: AuditArmName, halves: AuditHalves, random: Random): AsyncWork<Table> {
  switch (arm) {
    case "ceiling":
      return halves.a.table;
    case "copier":
      return copyRows(halves, random.split("copies"));
    case "floor":
    case "blocks":
    case "sequentialTrees": {
      const sampler = yield* fitSampler(arm, halves.a, random.split("fit"));
      return (await sampler.sample(halves.a.table.nRows, [], random.split("rows"))).table;
    }
    default:
      throw new Error(`the rows of ${arm} are made elsewhere`);
  }
}

/**
 * One arm of the audit: its rows, as many as A has, made by a sampler fitted on A (those of the GAN are handed in), and
 * every figure of them against B. `learner` is trained on the rows and scored on B.
 */
export async function* auditArm(
  learning: LearningRows,
  { choice, arm, rows: given, quick }: AuditRequest,
  learner: LearnerId,
): AsyncWork<AuditedArm> {
  const { task } = learning;
  const halves = auditSides(learning, choice);
  const random = createRandom(choice.seed).split("audit");
  const rows = given ?? (yield* asPart(makeRows(arm, halves, random.split(arm)), 0));
  // The same streams for every arm: folds of the two-sample test that fall the same way make the arms comparable.
  const figures = yield* asPart(auditRows(rows, halves, task, treeLearner(learner), random.split("figures")), 1);
  const isMeasured = !WITHOUT_PRIVACY.includes(arm) && (!quick || QUICK_PRIVACY.includes(arm));
  const limits = quick ? QUICK_LIMITS : undefined;
  const privacy = isMeasured
    ? yield* asPart(measurePrivacy(halves.a.table, halves.b.table, rows, random.split("privacy"), limits), 2)
    : null;
  return {
    arm: { name: arm, figures, privacy },
    nA: halves.a.table.nRows,
    nB: halves.b.table.nRows,
    utilityMetric: task.kind === "classification" ? "auc" : "r2",
  };
}
