import { WorkerClient } from "../../rpc/client.ts";
import type { GeneratorData, GeneratorJobs, GeneratorSummary } from "../../workers/generator.jobs.ts";
import { openGeneratorWorker } from "../../workers/open.ts";
import type { SaveStream } from "../save-stream.ts";
import { JobRun } from "./job-run.svelte.ts";
import { parseCondition } from "./run-synthesize.svelte.ts";
import type { Workspace } from "./workspace.svelte.ts";

interface OpenedGenerator {
  readonly fileName: string;
  readonly summary: GeneratorSummary;
  readonly generator: GeneratorData;
}

type Made = GeneratorJobs["sample"]["output"];

/** The generator at hand, trained here or opened from a file: it is saved, and makes as many rows as are wanted. */
export class GeneratorSession {
  readonly opening = new JobRun<OpenedGenerator>();
  readonly making = new JobRun<Made>();
  private held: GeneratorData | null = null;
  private readonly worker = new WorkerClient<GeneratorJobs>(openGeneratorWorker, async (client) => {
    if (this.held) await client.runUnprepared("take", this.held);
  });

  constructor(private readonly workspace: Workspace) {}

  /** The table and the roles that an opened generator was checked against. */
  private readonly tableKey = $derived.by(() => {
    const { report, target, roles, settings } = this.workspace;
    return JSON.stringify([report?.sha256, target, roles, settings.mergeSynonyms]);
  });

  /** The one that was opened, as long as the table is the one it fits. */
  readonly opened = $derived(this.opening.outputKey === this.tableKey ? this.opening.output : null);
  readonly trained = $derived.by(() => this.workspace.synthesize.output?.generator ?? null);
  readonly current = $derived(this.opened?.generator ?? this.trained);

  /** Reads a saved generator and checks that it makes rows of the open table. */
  open(file: File): Promise<boolean> {
    this.making.reset();
    return this.opening.start(this.tableKey, async ({ signal }) => {
      const { columns } = await this.workspace.learnSession({ signal });
      const { summary, generator } = await this.worker.run("open", { file, expected: columns }, { signal }).result;
      this.held = generator;
      return { fileName: file.name, summary, generator };
    });
  }

  /** Back to the one that was trained here. */
  leave(): void {
    this.opening.reset();
    this.making.reset();
  }

  async save(): Promise<Blob> {
    await this.hold();
    return this.worker.run("save", null).result;
  }

  /** Draws rows into a file, under the conditions that are set; a cancel leaves none. */
  make(nRows: number, stream: SaveStream): Promise<boolean> {
    const conditions = this.workspace.settings.conditions.map(parseCondition);
    return this.making.start("", async ({ signal, report }) => {
      try {
        await this.hold();
        const onProgress = ({ stage, done, total, unit, piece }: GeneratorJobs["sample"]["progress"]) => {
          stream.write(piece);
          report({ stage, fraction: done / Math.max(1, total), done, total, unit });
        };
        const made = await this.worker.run("sample", { nRows, conditions }, { signal, onProgress }).result;
        await stream.close();
        return made;
      } catch (error) {
        await stream.abort();
        throw error;
      }
    });
  }

  private async hold(): Promise<void> {
    const { current } = this;
    if (!current) throw new Error("there is no generator yet");
    if (this.held === current) return;
    this.held = current;
    await this.worker.run("take", current).result;
  }
}

const sessions = new WeakMap<Workspace, GeneratorSession>();

/** The one session of a workspace; it outlives the screen, and comes with it. */
export function generatorSession(workspace: Workspace): GeneratorSession {
  let session = sessions.get(workspace);
  if (session) return session;
  // Apart from the screen that asks first: what is derived inside a screen is never derived again once the screen is left.
  $effect.root(() => {
    session = new GeneratorSession(workspace);
  });
  if (!session) throw new Error("no session was made");
  sessions.set(workspace, session);
  return session;
}
