import type { Repair, RepairCount } from "./data-report.ts";
import type { TypedColumn } from "./infer-schema.ts";
import type { RawColumn } from "./raw-column.ts";

const MAX_SAMPLES = 200;
const MAX_SAMPLES_OF_KIND = 20;

/** Counts repairs and keeps samples of each kind, so that one untidy column does not hide the others. */
export class RepairLog {
  private readonly counts = new Map<string, { column: string; rule: Repair["rule"]; count: number; firstLine: number }>();
  private readonly samples: Repair[] = [];
  private count = 0;

  add(repair: Repair): void {
    const key = `${repair.rule}\n${repair.column}`;
    const kind = this.counts.get(key) ?? { column: repair.column, rule: repair.rule, count: 0, firstLine: repair.line };
    kind.count++;
    this.counts.set(key, kind);
    this.count++;
    if (kind.count <= MAX_SAMPLES_OF_KIND && this.samples.length < MAX_SAMPLES) this.samples.push(repair);
  }

  /** The repairs of a column, cell by cell. `lines[row]` is the line on which a row begins. */
  addColumn(raw: RawColumn, typed: TypedColumn, lines: Int32Array): void {
    if (typed.repairs.size === 0) return;
    for (let row = 0; row < raw.codes.length; row++) {
      const repair = typed.repairs.get(raw.codes[row]);
      if (repair) this.add({ line: lines[row], column: raw.name, was: raw.texts[raw.codes[row]], ...repair });
    }
  }

  finish(): { count: number; samples: readonly Repair[]; counts: readonly RepairCount[] } {
    return { count: this.count, samples: this.samples.sort((a, b) => a.line - b.line), counts: [...this.counts.values()] };
  }
}
