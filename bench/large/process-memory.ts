import { readdirSync, readFileSync } from "node:fs";

const PAUSE_MS = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly isRenderer: boolean;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It ended in between.
    return "";
  }
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function listProcesses(): Process[] {
  return listFolder("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const stat = readText(`/proc/${name}/stat`);
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return { pid: Number(name), parent, isRenderer: readText(`/proc/${name}/cmdline`).includes("--type=renderer") };
    });
}

/** The renderers among the descendants of this process. */
function ownRenderers(): number[] {
  const all = listProcesses();
  const own = new Set([process.pid]);
  for (let nBefore = 0; nBefore < own.size; ) {
    nBefore = own.size;
    for (const { pid, parent } of all) if (own.has(parent)) own.add(pid);
  }
  return all.filter(({ pid, isRenderer }) => isRenderer && own.has(pid)).map(({ pid }) => pid);
}

const kilobytesOf = (status: string, key: string): number =>
  Number(new RegExp(`^${key}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);

const TICKS_PER_SECOND = 100;

/** CPU seconds that a thread has used. */
function cpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** CPU seconds of each thread of the renderers so far. A worker is one thread; so is the page. */
function threadSeconds(): Map<string, number> {
  const threads = new Map<string, number>();
  for (const pid of ownRenderers()) {
    const folder = `/proc/${pid}/task`;
    for (const task of listFolder(folder)) threads.set(`${pid}/${task}`, cpuSeconds(readText(`${folder}/${task}/stat`)));
  }
  return threads;
}

/** What the renderers use from one call to the next. */
export class RendererTime {
  private before = threadSeconds();

  /** CPU seconds of all threads, and of the busiest: a quiet machine needs no less. */
  take(): { all: number; busiest: number } {
    const now = threadSeconds();
    const used = [...now].map(([thread, seconds]) => seconds - (this.before.get(thread) ?? 0));
    this.before = now;
    return { all: used.reduce((sum, seconds) => sum + seconds, 0), busiest: Math.max(0, ...used) };
  }
}

/** Resident memory of all renderers together, page and workers, watched every 100 ms. Linux alone. */
export class RendererMemory {
  private peakKilobytes = 0;
  private readonly timer = setInterval(() => this.sample(), PAUSE_MS);

  private sample(): void {
    const now = ownRenderers().reduce((sum, pid) => sum + kilobytesOf(readText(`/proc/${pid}/status`), "VmRSS"), 0);
    this.peakKilobytes = Math.max(this.peakKilobytes, now);
  }

  /** The most since the last call, in megabytes. */
  takePeak(): number {
    this.sample();
    const peak = this.peakKilobytes;
    this.peakKilobytes = 0;
    return Math.round(peak / 1024);
  }

  close(): void {
    clearInterval(this.timer);
  }
}
