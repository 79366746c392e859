import type { SegmentMap, SegmentSettings, SegmentsReport } from "../../../segments/segments-report.ts";
import type { MapLayout } from "../../../workers/data.jobs.ts";
import type { RunContext } from "../../state/job-run.svelte.ts";
import type { Workspace } from "../../state/workspace.svelte.ts";

/** What the customers can be laid out by; `default` is the layout that came with the segments. */
export type LayoutChoice = { readonly kind: "default" } | { readonly kind: "umap" } | MapLayout;

/** Enough for the shape of a table, few enough for a minute on a laptop. */
const UMAP = { maxRows: 3000, nNeighbors: 15, minDistance: 0.1 } as const;

const known = new WeakMap<SegmentsReport, Map<string, SegmentMap>>();

function cache(report: SegmentsReport): Map<string, SegmentMap> {
  const made = known.get(report) ?? new Map<string, SegmentMap>();
  known.set(report, made);
  return made;
}

/** A layout of these segments that has been made before. */
export function knownLayout(report: SegmentsReport, choice: LayoutChoice): SegmentMap | null {
  return choice.kind === "default" ? report.map : (cache(report).get(JSON.stringify(choice)) ?? null);
}

/** Lays the customers out, and remembers how. UMAP takes long: it reports its progress and can be cancelled. */
export async function makeLayout(
  workspace: Workspace,
  report: SegmentsReport,
  settings: SegmentSettings,
  choice: Exclude<LayoutChoice, { kind: "default" }>,
  context: RunContext,
): Promise<SegmentMap> {
  const input = { table: workspace.currentTable(), segments: settings };
  const options = {
    signal: context.signal,
    onProgress: ({ stage, done, total, unit = "task" }: { stage: string; done: number; total: number; unit?: string }) =>
      context.report({ stage, fraction: total > 0 ? done / total : 0, done, total, unit }),
  };
  const map =
    choice.kind === "umap"
      ? await workspace.dataWorker.run("segmentUmap", { ...input, umap: UMAP }, options).result
      : await workspace.dataWorker.run(
          "segmentMap",
          { ...input, labels: report.labels, nSegments: report.k, layout: choice },
          options,
        ).result;
  cache(report).set(JSON.stringify(choice), map);
  return map;
}
