import { SvelteMap } from "svelte/reactivity";
import type { WorkerClient } from "../../../rpc/client.ts";
import type { DataJobs } from "../../../workers/data.jobs.ts";

const PAGE_ROWS = 100;
const PAGE_COLUMNS = 40;
const MAX_PAGES = 40;

/** Cells of the open table as text, fetched page by page as they come into sight; pages that were not seen for long are let go. */
export class RowPages {
  private readonly pages = new SvelteMap<string, readonly (readonly string[])[]>();
  private readonly asked = new Set<string>();

  constructor(private readonly worker: Pick<WorkerClient<DataJobs>, "run">) {}

  /** The text of a cell; null while it is on its way. */
  cell(row: number, column: number): string | null {
    const page = this.pages.get(keyOf(Math.floor(row / PAGE_ROWS), Math.floor(column / PAGE_COLUMNS)));
    return page?.[row % PAGE_ROWS]?.[column % PAGE_COLUMNS] ?? null;
  }

  /** Asks for what is in sight and not there; bounds are the first and the last row and column. */
  fetch(rows: readonly [number, number], columns: readonly [number, number]): void {
    for (let row = Math.floor(rows[0] / PAGE_ROWS); row * PAGE_ROWS <= rows[1]; row++) {
      for (let column = Math.floor(columns[0] / PAGE_COLUMNS); column * PAGE_COLUMNS <= columns[1]; column++) {
        void this.load(row, column);
      }
    }
  }

  private async load(row: number, column: number): Promise<void> {
    const key = keyOf(row, column);
    if (this.asked.has(key)) return;
    this.asked.add(key);
    try {
      const input = {
        from: row * PAGE_ROWS,
        to: (row + 1) * PAGE_ROWS,
        columns: { from: column * PAGE_COLUMNS, to: (column + 1) * PAGE_COLUMNS },
      };
      const { rows } = await this.worker.run("rows", input).result;
      this.pages.set(key, rows);
      for (const old of [...this.pages.keys()].slice(0, -MAX_PAGES)) {
        this.pages.delete(old);
        this.asked.delete(old);
      }
    } catch {
      // The next look at these rows asks again.
      this.asked.delete(key);
    }
  }
}

const keyOf = (row: number, column: number): string => `${row} ${column}`;
