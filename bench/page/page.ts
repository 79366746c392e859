import type { Contest, PythonRival, Scenario, ScenarioFacts } from "../scenario.ts";

const modules = import.meta.glob<Scenario>("../scenarios/*/*.ts", { eager: true, import: "default" });
const scenarios = Object.entries(modules).map(([path, scenario]) => ({ group: path.split("/").at(-2) ?? "", scenario }));

let contest: Contest | null = null;

function current(): Contest {
  if (!contest) throw new Error("no scenario was prepared");
  return contest;
}

/** What the driver calls in the page. */
export const bench = {
  list(): ScenarioFacts[] {
    return scenarios.map(({ group, scenario: { prepare: _, ...facts } }) => ({ ...facts, group }));
  },
  async prepare(name: string, url: string): Promise<{ rows: number; python: PythonRival | null }> {
    const found = scenarios.find(({ scenario }) => scenario.name === name);
    if (!found) throw new Error(`no scenario is called ${name}`);
    contest = await found.scenario.prepare({ url });
    return { rows: contest.rows, python: typeof contest.rival === "function" ? null : contest.rival };
  },
  async ours(): Promise<number> {
    return current().ours();
  },
  async rival(): Promise<number> {
    const { rival } = current();
    if (typeof rival !== "function") throw new Error("the rival runs outside the page");
    return rival();
  },
  close(): void {
    contest?.close?.();
    contest = null;
  },
};

export type Bench = typeof bench;

Object.assign(window, { bench });
