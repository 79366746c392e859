import type { AuditReport } from "../../../workers/learn.jobs.ts";
import { formatNumber } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { measured, type RecipeWork, recipeWork, tellingMeasure } from "./audit-facts.ts";
import { measureName, three } from "./fidelity-figure.ts";

const TITLES: Readonly<Record<RecipeWork, () => string>> = {
  none: m.verdict_recipe_title_none,
  either: m.verdict_recipe_title_either,
  matching: m.verdict_recipe_title_matching,
  adversary: m.verdict_recipe_title_adversary,
  "mostly-matching": m.verdict_recipe_title_mostly_matching,
  "mostly-adversary": m.verdict_recipe_title_mostly_adversary,
  both: m.verdict_recipe_title_both,
};

/** Which part of the recipe does the work, with the figures that say so; or why that is not known. */
export function recipeWords(audit: AuditReport): { readonly title: string; readonly text: string } {
  const work = recipeWork(audit);
  if (work === null)
    return {
      title: m.verdict_recipe_title_unmeasured(),
      text: audit.isQuick ? m.verdict_recipe_quick() : m.verdict_recipe_one_part(),
    };
  const measure = tellingMeasure(audit);
  const linked = (name: "gan" | "ganMatching" | "ganAdversarial") => three(measured(audit, measure, name));
  const auc = (name: "gan" | "ganMatching" | "ganAdversarial") => formatNumber(measured(audit, "apart", name), 2);
  const text = m.verdict_recipe_text({
    measure: measureName(measure),
    matching: linked("ganMatching"),
    matchingAuc: auc("ganMatching"),
    adversary: linked("ganAdversarial"),
    adversaryAuc: auc("ganAdversarial"),
    both: linked("gan"),
    bothAuc: auc("gan"),
  });
  return { title: TITLES[work](), text };
}
