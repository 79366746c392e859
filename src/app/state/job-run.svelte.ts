import { type ErrorRecord, toErrorRecord } from "../../core/errors.ts";
import type { LearnerId } from "../../evaluate/learner.ts";
import type { RunningJob } from "../../rpc/client.ts";

export type RunState = "idle" | "running" | "done" | "cancelled" | "failed";

/** How far a step is: `fraction` of the whole in [0, 1], and what it is doing just now. */
export interface RunProgress {
  readonly stage: string;
  readonly fraction: number;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  /** The learner that the stage is about. */
  readonly subject?: LearnerId;
}

/** What the work of a run may use: a signal to stop, a place to report to, and a hook for jobs that can pause. */
export interface RunContext {
  readonly signal: AbortSignal;
  report(progress: RunProgress): void;
  /** Names the job that pause, resume and step reach. */
  steer(job: Pick<RunningJob<unknown>, "control">): void;
  isPaused(): boolean;
}

const TICK_MS = 250;
const MIN_EVENTS_FOR_ETA = 3;

/** One step's work: its state, progress, measured speed, latest output, and the inputs that gave it. */
export class JobRun<Output> {
  state = $state<RunState>("idle");
  progress = $state.raw<RunProgress | null>(null);
  output = $state.raw<Output | null>(null);
  error = $state.raw<ErrorRecord | null>(null);
  /** Names the inputs of `output`; results are stale once the inputs differ. */
  outputKey = $state("");
  isPaused = $state(false);
  canPause = $state(false);
  /** Working time so far, pauses left out. */
  elapsedSeconds = $state(0);
  /** Working time of the run that gave `output`. */
  outputSeconds = $state(0);
  secondsLeft = $state<number | null>(null);

  private controller: AbortController | null = null;
  private steered: Pick<RunningJob<unknown>, "control"> | null = null;
  private nEvents = 0;

  /** Runs `work`; resolves to true when it is done, false when it failed or was cancelled. An earlier output stays until then. */
  async start(key: string, work: (context: RunContext) => Promise<Output>): Promise<boolean> {
    this.cancel();
    const controller = new AbortController();
    this.begin(controller);
    const timer = setInterval(() => this.tick(), TICK_MS);
    const isCurrent = () => this.controller === controller;
    try {
      const output = await work({
        signal: controller.signal,
        report: (progress) => isCurrent() && this.receive(progress),
        steer: (job) => {
          this.steered = job;
          this.canPause = true;
        },
        isPaused: () => this.isPaused,
      });
      if (!isCurrent()) return false;
      this.output = output;
      this.outputKey = key;
      this.outputSeconds = this.seconds();
      this.state = "done";
      return true;
    } catch (error) {
      if (!isCurrent()) return false;
      const record = toErrorRecord(error);
      this.error = record;
      this.state = record.code === "cancelled" ? "cancelled" : "failed";
      return false;
    } finally {
      clearInterval(timer);
      if (isCurrent()) {
        this.controller = null;
        this.steered = null;
        this.canPause = false;
      }
    }
  }

  /** Stops the run; whatever it had finished before is kept. */
  cancel(): void {
    this.controller?.abort();
  }

  pause(): void {
    this.steered?.control("pause");
    this.workedMs += performance.now() - this.resumedAt;
    this.isPaused = true;
  }

  resume(): void {
    this.steered?.control("resume");
    this.resumedAt = performance.now();
    this.isPaused = false;
  }

  /** One event further while paused. */
  step(): void {
    this.steered?.control("step");
  }

  reset(): void {
    this.cancel();
    this.state = "idle";
    this.output = null;
    this.error = null;
    this.outputKey = "";
    this.progress = null;
  }

  private workedMs = 0;
  private resumedAt = 0;

  private begin(controller: AbortController): void {
    this.controller = controller;
    this.state = "running";
    this.error = null;
    this.progress = null;
    this.isPaused = false;
    this.secondsLeft = null;
    this.elapsedSeconds = 0;
    this.workedMs = 0;
    this.resumedAt = performance.now();
    this.nEvents = 0;
  }

  private seconds(): number {
    return (this.workedMs + (this.isPaused ? 0 : performance.now() - this.resumedAt)) / 1000;
  }

  private receive(progress: RunProgress): void {
    this.progress = progress;
    this.nEvents++;
  }

  private tick(): void {
    if (this.isPaused) return;
    this.elapsedSeconds = this.seconds();
    const fraction = this.progress?.fraction ?? 0;
    if (this.nEvents < MIN_EVENTS_FOR_ETA || fraction <= 0.01) return;
    const estimate = (this.elapsedSeconds * (1 - fraction)) / fraction;
    this.secondsLeft = this.secondsLeft === null ? estimate : Math.min(this.secondsLeft, estimate);
  }
}
