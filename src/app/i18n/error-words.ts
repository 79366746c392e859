import type { ErrorCode, ErrorDetails, ErrorRecord } from "../../core/errors.ts";
import { formatBytes, formatNumber, formatShortNumber } from "./format.ts";
import { m } from "./paraglide/messages.js";

export interface ErrorWords {
  /** What happened, one calm sentence. */
  readonly what: string;
  /** What can be done about it. */
  readonly remedy: string;
}

/** The first of the named details that is there, as text. */
type Detail = (...names: string[]) => string;

const workbook = (): ErrorWords => ({
  what: m.errors_file_binary_workbook_what(),
  remedy: m.errors_file_binary_workbook_remedy(),
});
const archive = (): ErrorWords => ({
  what: m.errors_file_binary_archive_what(),
  remedy: m.errors_file_binary_archive_remedy(),
});
const notText = (): ErrorWords => ({ what: m.errors_file_binary_what(), remedy: m.errors_file_binary_remedy() });

const document = (): ErrorWords => ({
  what: m.errors_file_binary_document_what(),
  remedy: m.errors_file_binary_document_remedy(),
});

const BINARY_KINDS: ReadonlyMap<string, () => ErrorWords> = new Map([
  ["xlsx", workbook],
  ["xls", workbook],
  ["zip", archive],
  ["gzip", archive],
  ["pdf", document],
  ["image", document],
]);

function tooLarge(detail: Detail): string {
  const sizes = { got: detail("got"), expected: detail("expected") };
  if (detail("unit") === "columns") return m.errors_file_too_large_columns_what(sizes);
  if (detail("unit") === "bytes") return m.errors_file_too_large_bytes_what(sizes);
  return m.errors_file_too_large_what();
}

function unreadable(reason: string): ErrorWords {
  if (reason === "every-line-skipped")
    return { what: m.errors_file_unreadable_lines_what(), remedy: m.errors_file_unreadable_lines_remedy() };
  if (reason === "damaged-archive")
    return { what: m.errors_file_unreadable_archive_what(), remedy: m.errors_file_unreadable_archive_remedy() };
  return { what: m.errors_file_unreadable_what(), remedy: m.errors_file_unreadable_remedy() };
}

/** The bounds alone of `a whole number in [2, 20]`, which read the same in every language. */
function bounds(expected: string): string {
  const range = /\[(\S+), (\S+)\]/.exec(expected);
  return range ? `${range[1]} … ${range[2]}` : expected;
}

const WORDS: Readonly<Record<ErrorCode, (detail: Detail) => ErrorWords>> = {
  "file-empty": () => ({ what: m.errors_file_empty_what(), remedy: m.errors_file_empty_remedy() }),
  "file-binary": (detail) => (BINARY_KINDS.get(detail("kind")) ?? notText)(),
  "file-header-only": () => ({ what: m.errors_file_header_only_what(), remedy: m.errors_file_header_only_remedy() }),
  "file-too-large": (detail) => ({ what: tooLarge(detail), remedy: m.errors_file_too_large_remedy() }),
  "file-unreadable": (detail) => unreadable(detail("reason")),
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
  "segment-columns-missing": (detail) => ({
    what: m.errors_segment_columns_missing_what({ columns: detail("columns") }),
    remedy: m.errors_segment_columns_missing_remedy(),
  }),
  "condition-too-rare": (detail) => ({
    what: m.errors_condition_too_rare_what({ conditions: detail("conditions"), expected: detail("expected") }),
    remedy: m.errors_condition_too_rare_remedy(),
  }),
  "condition-impossible": () => ({ what: m.errors_condition_impossible_what(), remedy: m.errors_condition_impossible_remedy() }),
  "parameter-invalid": (detail) => ({
    what: m.errors_parameter_invalid_what({
      name: detail("name", "parameter"),
      got: detail("got"),
      expected: bounds(detail("expected")),
    }),
    remedy: m.errors_parameter_invalid_remedy(),
  }),
  "link-damaged": () => ({ what: m.errors_link_damaged_what(), remedy: m.errors_link_damaged_remedy() }),
  "link-newer": (detail) => ({
    what: m.errors_link_newer_what({ got: detail("got"), expected: detail("expected") }),
    remedy: m.errors_link_newer_remedy(),
  }),
  "model-missing": () => ({ what: m.errors_model_missing_what(), remedy: m.errors_model_missing_remedy() }),
  "columns-missing": (detail) => ({
    what: m.errors_columns_missing_what({ columns: detail("columns") }),
    remedy: m.errors_columns_missing_remedy(),
  }),
  "second-file-missing": () => ({
    what: m.errors_second_file_missing_what(),
    remedy: m.errors_second_file_missing_remedy(),
  }),
  "engine-unavailable": () => ({ what: m.errors_engine_unavailable_what(), remedy: m.errors_engine_unavailable_remedy() }),
  "engine-lost": () => ({ what: m.errors_engine_lost_what(), remedy: m.errors_engine_lost_remedy() }),
  "training-diverged": () => ({ what: m.errors_training_diverged_what(), remedy: m.errors_training_diverged_remedy() }),
  "checkpoint-unusable": () => ({ what: m.errors_checkpoint_unusable_what(), remedy: m.errors_checkpoint_unusable_remedy() }),
  "generator-damaged": () => ({ what: m.errors_generator_damaged_what(), remedy: m.errors_generator_damaged_remedy() }),
  "generator-newer": (detail) => ({
    what: m.errors_generator_newer_what({ got: detail("got"), expected: detail("expected") }),
    remedy: m.errors_generator_newer_remedy(),
  }),
  "generator-other-table": (detail) => ({
    what: m.errors_generator_other_table_what({ columns: detail("columns") }),
    remedy: m.errors_generator_other_table_remedy(),
  }),
  "worker-died": () => ({ what: m.errors_worker_died_what(), remedy: m.errors_worker_died_remedy() }),
  "worker-unresponsive": () => ({ what: m.errors_worker_unresponsive_what(), remedy: m.errors_worker_unresponsive_remedy() }),
  cancelled: () => ({ what: m.errors_cancelled_what(), remedy: m.errors_cancelled_remedy() }),
  internal: (detail) => ({ what: m.errors_internal_what({ what: detail("what") }), remedy: m.errors_internal_remedy() }),
};

function detailReader(details: ErrorDetails): Detail {
  const inBytes = details.unit === "bytes";
  return (...names) => {
    const name = names.find((each) => Object.hasOwn(details, each) && details[each] !== "");
    const value = name === undefined ? undefined : details[name];
    if (value === undefined) return m.errors_unknown_detail();
    if (typeof value === "string") return value;
    if (inBytes) return formatBytes(value);
    return Number.isInteger(value) ? formatNumber(value) : formatShortNumber(value);
  };
}

/** A failure in the language of the page: what happened, and what can be done. */
export function errorWords(record: ErrorRecord): ErrorWords {
  return WORDS[record.code](detailReader(record.details));
}
