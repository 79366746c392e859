import type { ModelReport } from "../../workers/learn.jobs.ts";
import { m } from "./paraglide/messages.js";

export type LearnerId = ModelReport["learner"];

const NAMES: Readonly<Record<LearnerId, () => string>> = {
  "random-forest": m.predict_learner_random_forest,
  xgboost: m.predict_learner_xgboost,
  softmax: m.predict_learner_softmax,
  neural: m.predict_learner_neural,
  "ml-random-forest": m.predict_learner_ml_random_forest,
};

const NOTES: Readonly<Record<LearnerId, () => string>> = {
  "random-forest": m.predict_learner_random_forest_note,
  xgboost: m.predict_learner_xgboost_note,
  softmax: m.predict_learner_softmax_note,
  neural: m.predict_learner_neural_note,
  "ml-random-forest": m.predict_learner_ml_random_forest_note,
};

/** A learner's name; for a numeric target the linear one is called by its other name. */
export function learnerName(learner: LearnerId, isNumeric = false): string {
  return learner === "softmax" && isNumeric ? m.predict_learner_softmax_numeric() : NAMES[learner]();
}

/** What the learner is, in a few words. */
export const learnerNote = (learner: LearnerId): string => NOTES[learner]();

/** The learner that other people's code is compared through: never a headline. */
export const isReference = (learner: LearnerId): boolean => learner === "ml-random-forest";
