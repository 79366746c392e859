import type { Repair, RepairCount } from "./data-report.ts";
import type { TypedColumn } from "./infer-schema.ts";
import { type RawColumn, rawText } from "./raw-column.ts";

const MAX_SAMPLES = 200;
const MAX_SAMPLES_OF_KIND = 20;

interface Kind {
  readonly column: string;
  readonly rule: Repair["rule"];
  count: number;
  readonly firstLine: number;
}

/** Counts repairs and keeps samples of each kind, so that one untidy column does not hide the others. */
export class RepairLog {
  private readonly kinds = new Map<string, Kind>();
  private readonly samples: Repair[] = [];
  private count = 0;

  add(repair: Repair): void {
    const kind = this.kindOf(repair.column, repair.rule, repair.line);
    if (this.countOne(kind)) this.samples.push(repair);
  }

  /** The repairs of a column, cell by cell. `lines[row]` is the line on which a row begins. */
  addColumn(raw: RawColumn, { repairs }: TypedColumn, lines: Int32Array): void {
    if (repairs.size === 0) return;
    const kindOfCode = new Array<Kind | undefined>(raw.texts.length);
    const repairOfCode = raw.texts.map((_, code) => repairs.get(code));
    for (let row = 0; row < raw.codes.length; row++) {
      const code = raw.codes[row];
      const repair = code < 0 ? undefined : repairOfCode[code];
      if (!repair) continue;
      const kind = kindOfCode[code] ?? this.kindOf(raw.name, repair.rule, lines[row]);
      kindOfCode[code] = kind;
      if (this.countOne(kind)) this.samples.push({ line: lines[row], column: raw.name, was: rawText(raw, row), ...repair });
    }
  }

  finish(): { count: number; samples: readonly Repair[]; counts: readonly RepairCount[] } {
    return { count: this.count, samples: this.samples.sort((a, b) => a.line - b.line), counts: [...this.kinds.values()] };
  }

  private kindOf(column: string, rule: Repair["rule"], line: number): Kind {
    const key = `${rule}\n${column}`;
    const kind = this.kinds.get(key) ?? { column, rule, count: 0, firstLine: line };
    this.kinds.set(key, kind);
    return kind;
  }

  /** Whether the one just counted is to be kept as a sample. */
  private countOne(kind: Kind): boolean {
    kind.count++;
    this.count++;
    return kind.count <= MAX_SAMPLES_OF_KIND && this.samples.length < MAX_SAMPLES;
  }
}
