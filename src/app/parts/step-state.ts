export type StepState = "empty" | "running" | "done" | "stale" | "failed";

export const STEP_IDS = ["data", "structure", "segments", "predict", "synthesize", "verdict"] as const;
export type StepId = (typeof STEP_IDS)[number];
