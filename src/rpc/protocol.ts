import type { ErrorRecord } from "../core/errors.ts";

/** One kind of job that a worker does; `progress` defaults to the plain Progress event. */
export interface JobShape {
  input: unknown;
  output: unknown;
  progress?: unknown;
}

/** A worker's jobs by name, as declared in a `*.jobs.ts`. */
export type JobMap<Jobs> = { [Name in keyof Jobs]: JobShape };

export type JobName<Jobs> = keyof Jobs & string;
export type JobInput<Jobs extends JobMap<Jobs>, Name extends JobName<Jobs>> = Jobs[Name]["input"];
export type JobOutput<Jobs extends JobMap<Jobs>, Name extends JobName<Jobs>> = Jobs[Name]["output"];
export type JobProgress<Jobs extends JobMap<Jobs>, Name extends JobName<Jobs>> = Jobs[Name] extends { progress: infer Event }
  ? Event
  : import("../core/progress.ts").Progress;

/** What the page may ask of a job that is under way. `step` lets a paused job run to its next event. */
export type Control = "cancel" | "pause" | "resume" | "step";

export type ToWorker =
  | { readonly kind: "run"; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: "control"; readonly id: number; readonly action: Control };

export type FromWorker =
  | { readonly kind: "ready"; readonly lock: string | null }
  | { readonly kind: "progress"; readonly id: number; readonly events: readonly unknown[] }
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly error: ErrorRecord };
