import { m } from "../../i18n/paraglide/messages.js";
import type { SegmentColor } from "../../state/segment-edits.ts";

const COLORS: Readonly<Record<SegmentColor, () => string>> = {
  "tier-diamond": m.segments_color_sky,
  "tier-gold": m.segments_color_gold,
  "tier-silver": m.segments_color_silver,
  "tier-bronze": m.segments_color_bronze,
  "cat-1": m.segments_color_teal,
  "cat-2": m.segments_color_mustard,
  "cat-3": m.segments_color_purple,
  "cat-4": m.segments_color_blue,
  "cat-5": m.segments_color_olive,
  "cat-6": m.segments_color_pink,
  "cat-7": m.segments_color_night,
  "cat-8": m.segments_color_rust,
};

/** What a colour is called, for those who do not see it. */
export const colorName = (color: SegmentColor): string => COLORS[color]();
