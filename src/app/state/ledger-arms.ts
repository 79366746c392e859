import type { DrawPlan, LedgerArm, LedgerSampler } from "../../workers/learn.jobs.ts";

const SAMPLERS: readonly LedgerSampler[] = ["gan", "sequential-trees", "blocks", "shuffler"];

const MODES: readonly Pick<LedgerArm, "mode" | "multiple">[] = [
  { mode: "augment", multiple: 1 },
  { mode: "augment", multiple: 3 },
  { mode: "balanced", multiple: 1 },
  { mode: "synthetic-only", multiple: 1 },
];

export interface ArmChoice {
  readonly run: readonly LedgerArm[];
  readonly leftOut: readonly LedgerArm[];
}

/**
 * Every way of adding rows, for every learner; classes alone can be balanced. Quick runs keep each sampler and each mode
 * for the first learner, and the arm that decides for the others.
 */
export function chooseArms(
  learners: readonly LedgerArm["learner"][],
  kind: "classification" | "regression",
  isQuick: boolean,
): ArmChoice {
  const modes = MODES.filter(({ mode }) => mode !== "balanced" || kind === "classification");
  const isDecisive = (arm: LedgerArm) => arm.mode === "augment" && arm.multiple === 1;
  const isKept = (arm: LedgerArm): boolean => {
    const isFirst = arm.learner === learners[0];
    return arm.sampler === "gan" ? isFirst || isDecisive(arm) : isFirst && isDecisive(arm);
  };
  const all = learners.flatMap((learner) =>
    SAMPLERS.flatMap((sampler) => modes.map((mode): LedgerArm => ({ ...mode, sampler, learner }))),
  );
  const yardsticks = learners.map((learner): LedgerArm => ({ sampler: "gan", mode: "real-only", multiple: 0, learner }));
  return {
    run: [...yardsticks, ...all.filter((arm) => !isQuick || isKept(arm))],
    leftOut: isQuick ? all.filter((arm) => !isKept(arm)) : [],
  };
}

/** What the arms of one sampler need of each of its draws. */
export function drawPlan(arms: readonly LedgerArm[], sampler: LedgerSampler, nDraws: number): DrawPlan {
  const own = arms.filter((arm) => arm.sampler === sampler);
  return {
    nDraws,
    isTripleNeeded: own.some(({ multiple }) => multiple === 3),
    isBalanceNeeded: own.some(({ mode }) => mode === "balanced"),
  };
}
