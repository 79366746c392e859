/**
 * Every way in which Trendloom can refuse or fail, as a closed set. The app maps each code to a sentence and a
 * remedy in both languages; a code without one does not compile there.
 */
export const ERROR_CODES = [
  "file-empty",
  "file-binary",
  "file-header-only",
  "file-too-large",
  "file-unreadable",
  "file-one-column",
  "fingerprint-mismatch",
  "target-missing",
  "target-one-class",
  "target-too-many-classes",
  "target-rare-class",
  "no-features",
  "too-few-rows",
  "segment-columns-missing",
  "condition-impossible",
  "condition-too-rare",
  "parameter-invalid",
  "link-damaged",
  "link-newer",
  "model-missing",
  "columns-missing",
  "second-file-missing",
  "engine-unavailable",
  "engine-lost",
  "training-diverged",
  "checkpoint-unusable",
  "generator-damaged",
  "generator-newer",
  "generator-other-table",
  "worker-died",
  "worker-unresponsive",
  "cancelled",
  "internal",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An expected failure: what kind, and the facts its sentence needs (expected, got, where). */
export class TrendloomError extends Error {
  override readonly name = "TrendloomError";

  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    message: string = code,
  ) {
    super(message);
  }
}

/** The error as plain data, so that it can cross a worker boundary. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly message: string;
}

export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof TrendloomError) return { code: error.code, details: error.details, message: error.message };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "internal", details: { what: message }, message };
}

export function fromErrorRecord(record: ErrorRecord): TrendloomError {
  return new TrendloomError(record.code, record.details, record.message);
}
