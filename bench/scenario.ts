/** A side that the persistent Python process runs: `module` is a file of bench/rivals, `task` a function in it. */
export interface PythonRival {
  readonly module: string;
  readonly task: string;
  readonly settings: Readonly<Record<string, number | string>>;
}

/** A side that runs in the page: one repetition, which gives the milliseconds that count. */
export type Repetition = () => Promise<number> | number;

/** Both sides of a scenario, ready to run. What is needed before the clock starts has been done. */
export interface Contest {
  readonly rows: number;
  readonly ours: Repetition;
  readonly rival: Repetition | PythonRival;
  /** Ends workers and the like. */
  readonly close?: () => void;
}

/** Data that both sides read: see `data/`. The page fetches `url`. */
export interface DataFile {
  readonly url: string;
}

/**
 * One comparison. A file in `scenarios/<group>/` exports one as its default, and nothing more is needed for it to be
 * found; it runs in the browser, so it may import anything of `src` that a worker may.
 */
export interface Scenario {
  readonly name: string;
  /** Without its version, which Python rivals tell themselves. */
  readonly rivalName: string;
  readonly data: DataName;
  readonly threads: number;
  /** What is counted, and with which settings, on both sides. */
  readonly note: string;
  /** Unit of `ours` and `rival` in the result; a repetition's milliseconds times `scale`. */
  readonly unit: string;
  readonly scale?: { readonly ours: number; readonly rival: number };
  prepare(data: DataFile): Promise<Contest>;
}

export type DataName = "shopping" | "million" | "million-csv";

/** A scenario as the driver sees it. */
export type ScenarioFacts = Omit<Scenario, "prepare"> & { readonly group: string };

/** One line of bench/results/latest.json; ratio = ours / rival, so below 1 is faster than the rival. */
export interface BenchResult {
  readonly name: string;
  readonly ours: number;
  readonly rival: number;
  readonly rivalName: string;
  readonly ratio: number;
  readonly unit: string;
  /** Interquartile range of the ratios of neighbouring repetitions over `ratio`. */
  readonly spread: number;
  readonly rows: number;
  readonly threads: number;
  readonly repetitions: number;
  /** Processes that wanted a core when the scenario began, over the number of cores: near 0 on a quiet machine. */
  readonly load: number;
  readonly note: string;
}
