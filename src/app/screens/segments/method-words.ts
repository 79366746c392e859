import { m } from "../../i18n/paraglide/messages.js";
import type { Settings } from "../../state/settings.ts";

/** Everything that segments can be made by, in the order of the menu: methods and presets are one choice to the reader. */
export const RECIPES = ["k-means", "k-prototypes", "gaussian-mixture", "rules", "rfm", "seed-tiers", "legal-cells"] as const;
export type Recipe = (typeof RECIPES)[number];

const NAMES: Readonly<Record<Recipe, () => string>> = {
  "k-means": m.segments_preset_none,
  "k-prototypes": m.segments_method_k_prototypes,
  "gaussian-mixture": m.segments_method_mixture,
  rules: m.segments_method_rules,
  rfm: m.segments_method_rfm,
  "seed-tiers": m.segments_preset_tiers,
  "legal-cells": m.segments_preset_cells,
};

export const methodName = (recipe: Recipe): string => NAMES[recipe]();

export const recipeOf = ({ segmentMethod, segmentPreset }: Pick<Settings, "segmentMethod" | "segmentPreset">): Recipe =>
  segmentPreset === "none" ? segmentMethod : segmentPreset;

/** The settings that a recipe stands for. */
export function recipeChange(recipe: Recipe): Partial<Settings> {
  return recipe === "seed-tiers" || recipe === "legal-cells"
    ? { segmentPreset: recipe, segmentMethod: "k-means" }
    : { segmentPreset: "none", segmentMethod: recipe };
}
