import type { ErrorCode, ErrorDetails, ErrorRecord } from "../../core/errors.ts";
import { formatNumber } from "./format.ts";
import { m } from "./paraglide/messages.js";

export interface ErrorWords {
  /** What happened, one calm sentence. */
  readonly what: string;
  /** What can be done about it. */
  readonly remedy: string;
}

type Detail = (name: string) => string;

const WORDS: Readonly<Record<ErrorCode, (detail: Detail) => ErrorWords>> = {
  "file-empty": () => ({ what: m.errors_file_empty_what(), remedy: m.errors_file_empty_remedy() }),
  "file-binary": () => ({ what: m.errors_file_binary_what(), remedy: m.errors_file_binary_remedy() }),
  "file-header-only": () => ({ what: m.errors_file_header_only_what(), remedy: m.errors_file_header_only_remedy() }),
  "file-too-large": () => ({ what: m.errors_file_too_large_what(), remedy: m.errors_file_too_large_remedy() }),
  "file-unreadable": () => ({ what: m.errors_file_unreadable_what(), remedy: m.errors_file_unreadable_remedy() }),
  "file-one-column": () => ({ what: m.errors_file_one_column_what(), remedy: m.errors_file_one_column_remedy() }),
  "fingerprint-mismatch": (detail) => ({
    what: m.errors_fingerprint_mismatch_what({ got: detail("got"), expected: detail("expected") }),
    remedy: m.errors_fingerprint_mismatch_remedy(),
  }),
  "target-missing": (detail) => ({
    what: m.errors_target_missing_what({ target: detail("target") }),
    remedy: m.errors_target_missing_remedy(),
  }),
  "target-one-class": (detail) => ({
    what: m.errors_target_one_class_what({ target: detail("target"), value: detail("value") }),
    remedy: m.errors_target_one_class_remedy(),
  }),
  "target-too-many-classes": (detail) => ({
    what: m.errors_target_too_many_classes_what({ target: detail("target"), got: detail("got"), expected: detail("expected") }),
    remedy: m.errors_target_too_many_classes_remedy(),
  }),
  "target-rare-class": (detail) => ({
    what: m.errors_target_rare_class_what({
      value: detail("value"),
      got: detail("got"),
      target: detail("target"),
      expected: detail("expected"),
    }),
    remedy: m.errors_target_rare_class_remedy(),
  }),
  "no-features": (detail) => ({
    what: m.errors_no_features_what({ target: detail("target") }),
    remedy: m.errors_no_features_remedy(),
  }),
  "too-few-rows": (detail) => ({
    what: m.errors_too_few_rows_what({ got: detail("got"), expected: detail("expected") }),
    remedy: m.errors_too_few_rows_remedy(),
  }),
  "segment-columns-missing": () => ({
    what: m.errors_segment_columns_missing_what(),
    remedy: m.errors_segment_columns_missing_remedy(),
  }),
  "condition-impossible": () => ({ what: m.errors_condition_impossible_what(), remedy: m.errors_condition_impossible_remedy() }),
  "parameter-invalid": (detail) => ({
    what: m.errors_parameter_invalid_what({ name: detail("name"), expected: detail("expected"), got: detail("got") }),
    remedy: m.errors_parameter_invalid_remedy(),
  }),
  "link-damaged": () => ({ what: m.errors_link_damaged_what(), remedy: m.errors_link_damaged_remedy() }),
  "link-newer": (detail) => ({
    what: m.errors_link_newer_what({ got: detail("got"), expected: detail("expected") }),
    remedy: m.errors_link_newer_remedy(),
  }),
  "engine-unavailable": () => ({ what: m.errors_engine_unavailable_what(), remedy: m.errors_engine_unavailable_remedy() }),
  "training-diverged": () => ({ what: m.errors_training_diverged_what(), remedy: m.errors_training_diverged_remedy() }),
  "worker-died": () => ({ what: m.errors_worker_died_what(), remedy: m.errors_worker_died_remedy() }),
  "worker-unresponsive": () => ({ what: m.errors_worker_unresponsive_what(), remedy: m.errors_worker_unresponsive_remedy() }),
  cancelled: () => ({ what: m.errors_cancelled_what(), remedy: m.errors_cancelled_remedy() }),
  internal: (detail) => ({ what: m.errors_internal_what({ what: detail("what") }), remedy: m.errors_internal_remedy() }),
};

function detailReader(details: ErrorDetails): Detail {
  return (name) => {
    const value = Object.hasOwn(details, name) ? details[name] : undefined;
    if (value === undefined || value === "") return m.errors_unknown_detail();
    return typeof value === "number" && Number.isInteger(value) ? formatNumber(value) : String(value);
  };
}

/** A failure in the language of the page: what happened, and what can be done. */
export function errorWords(record: ErrorRecord): ErrorWords {
  return WORDS[record.code](detailReader(record.details));
}
