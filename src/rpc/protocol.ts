/** One kind of job that a worker does. `progress` defaults to the plain Progress event. */
export interface JobShape {
  input: unknown;
  output: unknown;
  progress?: unknown;
}

/** A worker's jobs by name, declared in a `*.jobs.ts`. Interfaces are accepted (no index signature needed). */
export type JobMap<Jobs> = { [Name in keyof Jobs]: JobShape };
