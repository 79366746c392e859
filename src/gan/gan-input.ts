import type { Random } from "../core/random.ts";
import type { Condition } from "../samplers/sampler.ts";
import type { TestRows, TrainRows } from "../table/split-rows.ts";
import type { EngineFactory } from "./engine.ts";
import type { EngineChoice, GanCheckpoint, GanSettings } from "./gan.types.ts";

export interface GanInput {
  readonly train: TrainRows;
  /** Held-out rows that the report is measured against; null: nothing is measured but what early stopping needs. */
  readonly test: TestRows | null;
  /** Column by which the rows held back for early stopping are stratified. */
  readonly target: string;
  readonly settings: GanSettings;
  /** Whether rows of the untrained generator are wanted, behind the same constraints. */
  readonly keepUntrained: boolean;
  /** What rows will be asked for, so that what none can meet is refused before any step. */
  readonly conditions?: readonly Condition[];
  readonly engine: EngineChoice;
  readonly createEngine: EngineFactory;
  readonly random: Random;
  /** Milliseconds: they are reported, and say when a checkpoint is due, which changes nothing in what is made. */
  readonly now: () => number;
  /** Where an earlier run of the same input stopped; its steps are not made again. */
  readonly resume?: GanCheckpoint | undefined;
}
