import { SvelteMap } from "svelte/reactivity";
import { formatNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import type { Workspace } from "../../state/workspace.svelte.ts";

const MAX_LINES = 8;
const MAX_KEPT = 400;

/** The facts of single customers, fetched when somebody looks at them. */
export class CustomerFacts {
  private readonly kept = new SvelteMap<number, readonly string[]>();
  private columns: readonly string[] = [];
  private readonly asked = new Set<number>();
  private timer = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly labels: () => Labels,
    /** Columns that come first. */
    private readonly first: () => readonly string[],
  ) {}

  /** One line a column, the most telling first; none yet while they are on their way. */
  of(row: number): readonly string[] {
    const known = this.kept.get(row);
    if (known !== undefined) return this.lines(known);
    this.ask(row);
    return [];
  }

  /** Only what the pointer rests on is asked for. */
  private ask(row: number): void {
    clearTimeout(this.timer);
    if (this.asked.has(row)) return;
    this.timer = setTimeout(() => void this.fetch(row), 60) as unknown as number;
  }

  private async fetch(row: number): Promise<void> {
    this.asked.add(row);
    const { columns, rows } = await this.workspace.dataWorker.run("rowsAt", { rows: Int32Array.of(row) }).result;
    if (this.kept.size > MAX_KEPT) {
      this.kept.clear();
      this.asked.clear();
    }
    this.columns = columns;
    this.kept.set(row, rows[0] ?? []);
  }

  private lines(values: readonly string[]): string[] {
    const { columns } = this;
    const labels = this.labels();
    const first = this.first();
    const rank = (name: string) => {
      if (first.includes(name)) return first.indexOf(name);
      return this.workspace.roles[name] === "ignore" ? 2000 : 1000;
    };
    const order = columns.map((_, i) => i).sort((a, b) => rank(columns[a]) - rank(columns[b]) || a - b);
    const told = order
      .slice(0, MAX_LINES)
      .map((i) => `${labels.column(columns[i])}: ${labels.value(columns[i], values[i]) || "–"}`);
    const nMore = columns.length - told.length;
    return nMore > 0 ? [...told, m.segments_tip_more({ count: formatNumber(nMore) })] : told;
  }
}
