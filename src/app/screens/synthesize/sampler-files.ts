import type { SamplerName } from "../../../workers/learn.jobs.ts";
import { formatNumber } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { exportName } from "../../save-file.ts";

interface SamplerFile {
  readonly sampler: SamplerName;
  readonly title: string;
  readonly note: string;
  readonly fileName: string;
}

const SAMPLERS = [
  {
    sampler: "sequentialTrees",
    kind: "sequential-trees.synthetic",
    title: m.synthesize_sampler_trees,
    note: m.synthesize_sampler_trees_note,
  },
  { sampler: "blocks", kind: "blocks.synthetic", title: m.synthesize_sampler_blocks, note: m.synthesize_sampler_blocks_note },
  { sampler: "floor", kind: "shuffled.synthetic", title: m.synthesize_sampler_floor, note: m.synthesize_sampler_floor_note },
] as const;

/** What the samplers that need no network can hand out of the open file. */
export function samplerFiles(openName: string, nRows: number): SamplerFile[] {
  return SAMPLERS.map(({ sampler, kind, title, note }) => ({
    sampler,
    title: title(),
    note: note({ count: formatNumber(nRows) }),
    fileName: exportName(openName, kind),
  }));
}
