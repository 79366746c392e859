import type { SEGMENT_COLORS, Settings } from "./settings.ts";
import type { Workspace } from "./workspace.svelte.ts";

export type SegmentColor = (typeof SEGMENT_COLORS)[number];
/** Longest name of a segment: a dozen of them fit into a link. */
export const MAX_SEGMENT_NAME = 40;

/** Segments in the order in which they are shown: the chosen one, as far as it names segments that exist. */
export function displayOrder({ segmentOrder }: Pick<Settings, "segmentOrder">, k: number): number[] {
  const all = Array.from({ length: k }, (_, i) => i);
  const chosen = [...new Set(segmentOrder.map(Number))].filter((segment) => all.includes(segment));
  return [...chosen, ...all.filter((segment) => !chosen.includes(segment))];
}

/** Gives a segment a name of its own; an empty one, or the one it had anyway, takes it away. */
export function renameSegment(workspace: Workspace, segment: number, name: string, given: string): void {
  const text = name.trim().slice(0, MAX_SEGMENT_NAME);
  const names = [...workspace.settings.segmentNames];
  while (names.length <= segment) names.push("");
  names[segment] = text === given ? "" : text;
  while (names.at(-1) === "") names.pop();
  workspace.settings.segmentNames = names;
}

export function recolorSegment(workspace: Workspace, segment: number, color: SegmentColor): void {
  workspace.settings.segmentColors = { ...workspace.settings.segmentColors, [String(segment)]: color };
}

/** Moves a segment one place towards the front (−1) or the back (1). */
export function moveSegment(workspace: Workspace, k: number, segment: number, by: -1 | 1): void {
  const order = displayOrder(workspace.settings, k);
  const from = order.indexOf(segment);
  const to = from + by;
  if (to < 0 || to >= k) return;
  [order[from], order[to]] = [order[to], order[from]];
  workspace.settings.segmentOrder = order.every((each, i) => each === i) ? [] : order.map(String);
}

/** Changes what segments are made of. Names, colours, order and actions belonged to the old ones. */
export function changeSegmentation(workspace: Workspace, change: Partial<Settings>): void {
  Object.assign(workspace.settings, change, { segmentNames: [], segmentColors: {}, segmentOrder: [] });
  workspace.segmentActions.clear();
}
