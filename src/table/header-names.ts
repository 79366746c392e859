import type { Repair } from "./data-report.ts";
import { unescapeFormula } from "./formula-escape.ts";

/** Gives every name once: a second `name` becomes `name (2)`, a third `name (3)`. */
export class UniqueNames {
  private readonly taken = new Set<string>();
  private readonly lastNumber = new Map<string, number>();

  take(name: string): string {
    let unique = name;
    let number = this.lastNumber.get(name) ?? 1;
    while (this.taken.has(unique)) unique = `${name} (${++number})`;
    this.lastNumber.set(name, number);
    this.taken.add(unique);
    return unique;
  }
}

/** Column names from the cells of the header line: trimmed, `column N` where empty, unique. */
export function headerNames(cells: readonly string[], line: number): { names: string[]; repairs: Repair[] } {
  const unique = new UniqueNames();
  const repairs: Repair[] = [];
  const names = cells.map((cell, i) => {
    const trimmed = unescapeFormula(cell.trim());
    const given = trimmed || `column ${i + 1}`;
    const name = unique.take(given);
    if (trimmed === "") repairs.push({ line, column: name, was: cell, became: name, rule: "empty-header" });
    else if (name !== given) repairs.push({ line, column: name, was: cell, became: name, rule: "duplicate-header" });
    else if (trimmed !== cell) repairs.push({ line, column: name, was: cell, became: name, rule: "surrounding-spaces" });
    return name;
  });
  return { names, repairs };
}
