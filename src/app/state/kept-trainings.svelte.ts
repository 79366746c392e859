import { TrendloomError } from "../../core/errors.ts";
import type { EngineName, GanCheckpoint } from "../../workers/gpu.jobs.ts";
import { DeviceStore, type KeptRecord } from "./device-store.ts";
import type { LinkContent } from "./link.ts";

/** `refused`: the browser keeps nothing for this page. `full`: there is no room. In both cases checkpoints stay in memory. */
export type KeepingState = "off" | "on" | "refused" | "full";

/** A training that was under way, with all that is needed to go on but the table. */
export interface KeptTraining {
  /** Name of the file, and how to get at it again: a file of the user's own is known by its fingerprint alone. */
  readonly fileName: string;
  readonly link: LinkContent;
  readonly engine: EngineName;
  readonly nSteps: number;
  readonly checkpoint: GanCheckpoint;
}

/** Where one training leaves its checkpoints. */
export interface TrainingKeeper {
  /** Where an earlier attempt at the same training stopped; null where none is kept. */
  begin(): Promise<KeptRecord<KeptTraining> | null>;
  save(checkpoint: GanCheckpoint, engine: EngineName): void;
  /** With an error the last checkpoint stays, unless it is what failed. */
  end(error: unknown): Promise<void>;
}

const KIND = "training";
/** Interrupted trainings that are kept; older ones make room. */
const MAX_KEPT = 3;
/** Failures after which the same checkpoint would only fail again. */
const HOPELESS = new Set(["checkpoint-unusable", "training-diverged"]);

const lockOf = (id: string) => `trendloom-training ${id}`;

/** Locks of a page that was left, or loaded again, are free after that time at the latest. */
const LOCK_WAIT_MS = 2000;

/** Holds a lock until it is let go; null where another tab holds it. Browsers without locks grant every one. */
async function takeLock(name: string): Promise<(() => void) | null> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return () => {};
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(LOCK_WAIT_MS);
    locks.request(name, { signal }, () => new Promise<void>((letGo) => resolve(letGo))).catch(() => resolve(null));
  });
}

async function locksHeld(): Promise<ReadonlySet<string>> {
  const state = await (navigator.locks as LockManager | undefined)?.query();
  return new Set(state?.held?.map(({ name }) => name ?? ""));
}

/** Trainings kept on this device, if the user agreed: under way, and interrupted ones that can go on. */
export class KeptTrainings {
  state = $state<KeepingState>("off");
  /** When a checkpoint of the training under way, or of the last one, was saved. */
  savedAt = $state.raw<Date | null>(null);
  /** Interrupted trainings, the latest first; those under way in another tab are not among them. */
  interrupted = $state.raw<readonly KeptRecord<KeptTraining>[]>([]);

  private readonly store = new DeviceStore(() => {
    this.state = "off";
    this.interrupted = [];
    this.savedAt = null;
  });
  private isWriting = false;
  /** Trainings that ended while a checkpoint of theirs may still be on its way. */
  private readonly over = new Set<string>();

  /** Looks for what an earlier visit kept. Stores nothing. */
  async look(): Promise<void> {
    try {
      if (!(await this.store.isThere())) return;
      this.state = "on";
      const { nRunning } = await this.list();
      if (nRunning > 0) setTimeout(() => void this.list().catch(() => {}), LOCK_WAIT_MS);
    } catch {
      this.state = "off";
    }
  }

  /** The user agrees. */
  async agree(): Promise<void> {
    try {
      await this.store.create();
      this.state = "on";
    } catch {
      this.state = "refused";
    }
  }

  /** Deletes all that is kept and the consent with it. */
  async forget(): Promise<void> {
    this.state = "off";
    this.savedAt = null;
    this.interrupted = [];
    await this.store.forget().catch(() => {});
  }

  /** Forgets one interrupted training. */
  async drop(id: string): Promise<void> {
    this.interrupted = this.interrupted.filter((record) => record.id !== id);
    await this.store.remove(KIND, id).catch(() => {});
  }

  /** For the training whose inputs `id` names. */
  keeper(id: string, about: Omit<KeptTraining, "engine" | "checkpoint">): TrainingKeeper {
    let letGo: (() => void) | null = null;
    return {
      begin: async () => {
        this.savedAt = null;
        letGo = await takeLock(lockOf(id));
        // Another tab trains the same: its checkpoints stand.
        if (!letGo) return null;
        this.over.delete(id);
        this.interrupted = this.interrupted.filter((record) => record.id !== id);
        return this.store.get<KeptTraining>(KIND, id).catch(() => null);
      },
      save: (checkpoint, engine) => {
        if (letGo) void this.save(id, { ...about, engine, checkpoint });
      },
      end: async (error) => {
        if (!letGo) return;
        const isHopeless = error instanceof TrendloomError && HOPELESS.has(error.code);
        if (error === null || isHopeless) {
          this.over.add(id);
          await this.store.remove(KIND, id).catch(() => {});
        }
        letGo();
        if (this.state === "on") await this.list().catch(() => {});
      },
    };
  }

  private async save(id: string, content: KeptTraining): Promise<void> {
    // A checkpoint that comes while one is being written is left out: the next one is seconds away.
    if (this.state === "off" || this.state === "refused" || this.isWriting) return;
    this.isWriting = true;
    const savedAt = Date.now();
    try {
      const isKept = await this.store.put({ kind: KIND, id, savedAt, content });
      if (isKept && this.over.has(id)) await this.store.remove(KIND, id);
      else if (isKept) this.savedAt = new Date(savedAt);
      this.state = isKept ? "on" : "off";
    } catch (error) {
      this.state = error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "refused";
    } finally {
      this.isWriting = false;
    }
  }

  /** How many are under way is told, too: of a page that was just left, they will soon not be. */
  private async list(): Promise<{ nRunning: number }> {
    const [records, held] = [await this.store.all<KeptTraining>(KIND), await locksHeld()];
    const idle = records.filter(({ id }) => !held.has(lockOf(id)));
    for (const { id } of idle.slice(MAX_KEPT)) await this.store.remove(KIND, id);
    this.interrupted = idle.slice(0, MAX_KEPT);
    return { nRunning: records.length - idle.length };
  }
}
