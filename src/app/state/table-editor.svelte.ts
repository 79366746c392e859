import { countLabels } from "../../core/params.ts";
import type { WorkerClient } from "../../rpc/client.ts";
import type { DataJobs, DataReport, LevelEdit, SettableType, TableEdits } from "../../workers/data.jobs.ts";
import type { JobRun } from "./job-run.svelte.ts";
import { listen } from "./listen.ts";
import { SETTINGS, type Settings } from "./settings.ts";

/** What an editor changes: the open file, its settings, and what reading it gave. */
interface EditedTable {
  readonly file: { readonly name: string; readonly blob: Blob } | null;
  readonly report: DataReport | null;
  readonly data: JobRun<DataReport>;
  readonly dataWorker: WorkerClient<DataJobs>;
  settings: Settings;
}

/** The record with one entry set, or left out where null. */
function withEntry<Item>(items: Readonly<Record<string, Item>>, name: string, item: Item | null): Record<string, Item> {
  const others = Object.entries(items).filter(([other]) => other !== name);
  return Object.fromEntries(item === null ? others : [...others, [name, item]]);
}

/** Changes of the reading: types of columns, wording and order of their labels. Each is one step that can be taken back. */
export class TableEditor {
  private earlier = $state.raw<readonly TableEdits[]>([]);
  readonly canUndo = $derived(this.earlier.length > 0);

  constructor(private readonly table: EditedTable) {}

  /** How the columns are read now. */
  current(): TableEdits {
    const { types, levels } = $state.snapshot(this.table.settings) as Settings;
    return { types, levels };
  }

  /** Whether one more column may get a type: settings hold only so many. */
  canSetType(column: string): boolean {
    const { types } = this.table.settings;
    return Object.hasOwn(types, column) || Object.keys(types).length < SETTINGS.types.maxItems;
  }

  /** Whether these levels find room in the settings beside those of other columns. */
  canSetLevels(column: string, edit: LevelEdit | null): boolean {
    const levels = withEntry(this.table.settings.levels, column, edit);
    return countLabels(levels) <= SETTINGS.levels.maxLabels && Object.keys(levels).length <= SETTINGS.levels.maxItems;
  }

  /** Reads a column as another type; null goes back to what its values suggest. */
  setType(column: string, type: SettableType | null): Promise<boolean> {
    const { types, levels } = this.current();
    return this.change({ types: withEntry(types, column, type), levels: withEntry(levels, column, null) });
  }

  /** Writes the labels of a column otherwise; null leaves them as in the file. */
  setLevels(column: string, edit: LevelEdit | null): Promise<boolean> {
    const { types, levels } = this.current();
    return this.change({ types, levels: withEntry(levels, column, edit) });
  }

  /** Reads everything as in the file. */
  clear(): Promise<boolean> {
    return this.change({ types: {}, levels: {} });
  }

  /** Takes the latest change back. */
  async undo(): Promise<void> {
    const before = this.earlier.at(-1);
    if (before && (await this.apply(before))) this.earlier = this.earlier.slice(0, -1);
  }

  /** Another table is open. */
  forget(): void {
    this.earlier = [];
  }

  private async change(next: TableEdits): Promise<boolean> {
    const before = this.current();
    if (!(await this.apply(next))) return false;
    this.earlier = [...this.earlier, before];
    return true;
  }

  /** Until it is done, and where it fails or is cancelled, all stays as it was. Only other types need the file again. */
  private apply(next: TableEdits): Promise<boolean> {
    const { file, report, data, dataWorker } = this.table;
    if (!file || !report) throw new Error("no file is open");
    const isReadAgain = JSON.stringify(this.current().types) !== JSON.stringify(next.types);
    return data.start("", async (context) => {
      const { sampleRows } = this.table.settings;
      const input = { name: file.name, file: file.blob, port: null, sampleRows, edits: next };
      const changed = isReadAgain
        ? { ...(await dataWorker.run("read", input, listen(context)).result), sha256: report.sha256 }
        : { ...report, ...(await dataWorker.run("relabel", next.levels, listen(context)).result) };
      this.table.settings.types = next.types;
      this.table.settings.levels = next.levels;
      return changed;
    });
  }
}
