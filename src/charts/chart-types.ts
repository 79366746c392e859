/** Where the rows behind a mark come from; colour and shape always say it together. */
export type Provenance = "real" | "synthetic" | "mixed";

/**
 * Shapes of marks and keys. `synthetic` is the generator (filled diamond), `synthetic-left` and `synthetic-right` (one half
 * filled) the generator with one part of its recipe, `synthetic-open` sequential trees, `synthetic-dot` the block sampler;
 * `guess` is an ink square for what needs no model; `floor`, `ceiling`, `chance` and `band` are references.
 */
export type MarkKind =
  | "real"
  | "real-open"
  | "synthetic"
  | "synthetic-open"
  | "synthetic-dot"
  | "synthetic-left"
  | "synthetic-right"
  | "mixed"
  | "guess"
  | "floor"
  | "ceiling"
  | "chance"
  | "band";

/** Turns a number into the words of the current language. */
export type Format = (value: number) => string;

/** What a tooltip says: the mark first, then the value with its interval, then n. */
export interface Tip {
  readonly mark?: MarkKind;
  readonly title: string;
  readonly lines: readonly string[];
}

export interface KeyEntry {
  readonly mark: MarkKind;
  readonly label: string;
}

/** The figures behind a chart, already in words. */
export interface ChartTable {
  readonly columns: readonly { readonly label: string; readonly isNumeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

export interface Tick {
  /** Pixels along the axis. */
  readonly position: number;
  readonly label: string;
  readonly isStrong?: boolean;
}

/** A point with its interval, in data units. `low` and `high` are equal to `value` where no interval is known. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** An upright line that a figure is compared with. */
export interface Reference {
  readonly value: number;
  readonly label: string;
  readonly kind: "chance" | "majority";
}

/** An area that opens a tooltip, in pixels of the plot. */
export interface Target {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Anchor = "start" | "middle" | "end";
