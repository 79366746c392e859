import type { Progress } from "../../core/progress.ts";
import { formatNumber } from "../i18n/format.ts";
import { m } from "../i18n/paraglide/messages.js";

interface At {
  done: string;
  total: string;
}

type StageWords = readonly [plain: () => string, counted: (at: At) => string];

const TREES: StageWords = [m.steps_stage_trees, m.steps_stage_trees_at];
const ROUNDS: StageWords = [m.steps_stage_rounds, m.steps_stage_rounds_at];
const ASSESS: StageWords = [m.steps_stage_assess, m.steps_stage_assess_at];

const STAGES: Readonly<Record<string, StageWords>> = {
  read: [m.steps_stage_read, m.steps_stage_read_at],
  structure: [m.steps_stage_structure, m.steps_stage_structure_at],
  associations: [m.steps_stage_associations, m.steps_stage_associations_at],
  segments: [m.steps_stage_segments, m.steps_stage_segments_at],
  "k-means": [m.steps_stage_k_means, m.steps_stage_k_means_at],
  silhouette: [m.steps_stage_silhouette, m.steps_stage_silhouette_at],
  neighbours: [m.steps_stage_neighbours, m.steps_stage_neighbours_at],
  umap: [m.steps_stage_umap, m.steps_stage_umap_at],
  "choose-k": [m.steps_stage_choose_k, m.steps_stage_choose_k_at],
  fit: [m.steps_stage_fit, m.steps_stage_fit_at],
  search: [m.steps_stage_search, m.steps_stage_search_at],
  trees: TREES,
  forest: TREES,
  "reference-forest": [m.steps_stage_reference_forest, m.steps_stage_reference_forest_at],
  rounds: ROUNDS,
  boosting: ROUNDS,
  race: [m.steps_stage_race, m.steps_stage_race_at],
  encode: [m.steps_stage_encode, m.steps_stage_encode_at],
  train: [m.steps_stage_train, m.steps_stage_train_at],
  calibrate: [m.steps_stage_calibrate, m.steps_stage_calibrate_at],
  sample: [m.steps_stage_sample, m.steps_stage_sample_at],
  audit: [m.steps_stage_audit, m.steps_stage_audit_at],
  "sequential-trees": [m.steps_stage_sampler, m.steps_stage_sampler_at],
  ledger: [m.steps_stage_ledger, m.steps_stage_ledger_at],
  replays: [m.steps_stage_replays, m.steps_stage_replays_at],
  write: [m.steps_stage_write, m.steps_stage_write_at],
  baselines: [m.steps_stage_baselines, m.steps_stage_baselines_at],
  importance: [m.steps_stage_importance, m.steps_stage_importance_at],
  explain: [m.steps_stage_explain, m.steps_stage_explain_at],
  dependence: [m.steps_stage_dependence, m.steps_stage_dependence_at],
  export: [m.steps_stage_export, m.steps_stage_export_at],
  assess: ASSESS,
  "signal-check": ASSESS,
};

const OTHER: StageWords = [m.steps_stage_other, m.steps_stage_other_at];

/** What a stage of work does, in words; with counts where there is something to count. */
export function stageWords(stage: string, at?: Pick<Progress, "done" | "total">): string {
  const [plain, counted] = Object.hasOwn(STAGES, stage) ? STAGES[stage]! : OTHER;
  if (!at || at.total <= 1) return plain();
  const done = Math.min(Math.max(at.done, 1), at.total);
  return counted({ done: formatNumber(done), total: formatNumber(at.total) });
}

const UNITS: Readonly<Record<NonNullable<Progress["unit"]>, () => string>> = {
  tree: m.steps_unit_tree,
  round: m.steps_unit_round,
  step: m.steps_unit_step,
  fold: m.steps_unit_fold,
  row: m.steps_unit_row,
  epoch: m.steps_unit_epoch,
  start: m.steps_unit_start,
  task: m.steps_unit_task,
};

/** `trees a second`: stands after a rate. */
export function unitWords(unit: string): string {
  return Object.hasOwn(UNITS, unit) ? UNITS[unit as keyof typeof UNITS]() : m.steps_unit_task();
}
