import { m } from "../i18n/paraglide/messages.js";
import type { StepId, StepState } from "./step-state.ts";

const NAMES: Readonly<Record<StepId, () => string>> = {
  data: m.steps_data,
  structure: m.steps_structure,
  segments: m.steps_segments,
  predict: m.steps_predict,
  synthesize: m.steps_synthesize,
  verdict: m.steps_verdict,
};

const QUESTIONS: Readonly<Record<StepId, () => string>> = {
  data: m.steps_empty_data,
  structure: m.steps_empty_structure,
  segments: m.steps_empty_segments,
  predict: m.steps_empty_predict,
  synthesize: m.steps_empty_synthesize,
  verdict: m.steps_empty_verdict,
};

const STATES: Readonly<Record<StepState, () => string>> = {
  empty: m.steps_state_empty,
  running: m.steps_state_running,
  done: m.steps_state_done,
  stale: m.steps_state_stale,
  failed: m.steps_state_failed,
};

export const stepName = (step: StepId): string => NAMES[step]();

/** What the step answers: the one sentence of its empty state. */
export const stepQuestion = (step: StepId): string => QUESTIONS[step]();

export const stateWords = (state: StepState): string => STATES[state]();
