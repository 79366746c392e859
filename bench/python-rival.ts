import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PythonRival } from "./scenario.ts";

/** Debian's Python, whose packages hold the rivals; BENCH_PYTHON names another. */
const PYTHON = process.env.BENCH_PYTHON ?? "/usr/bin/python3";
const SERVER = fileURLToPath(new URL("./rivals/server.py", import.meta.url));

/** A Python process that keeps a rival with its data in memory and runs one repetition on request. */
export class PythonProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: Interface;
  private readonly ended: Promise<never>;

  constructor() {
    this.child = spawn(PYTHON, ["-B", SERVER], { stdio: ["pipe", "pipe", "pipe"] });
    this.child.stderr.resume();
    this.lines = createInterface({ input: this.child.stdout });
    this.ended = Promise.race([
      once(this.child, "error").then(([error]) => Promise.reject(error as Error)),
      once(this.child, "exit").then(() => Promise.reject(new Error(`${PYTHON} ended`))),
    ]);
    this.ended.catch(() => {});
  }

  private async ask(request: object): Promise<Record<string, unknown>> {
    const line = once(this.lines, "line");
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const [text] = (await Promise.race([line, this.ended])) as [string];
    const answer = JSON.parse(text) as Record<string, unknown>;
    if (typeof answer.error === "string") throw new Error(answer.error);
    return answer;
  }

  /** Loads the data; gives the rival's name with its version. @throws Error with Python's own words */
  async prepare(rival: PythonRival, data: string): Promise<string> {
    return String((await this.ask({ prepare: { ...rival, data } })).name);
  }

  /** One repetition, in milliseconds by Python's own clock. */
  async run(): Promise<number> {
    return Number((await this.ask({ run: true })).seconds) * 1000;
  }

  close(): void {
    this.child.kill();
  }
}
