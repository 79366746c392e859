import type { ConditionOperator } from "../../../segments/segment-definition.params.ts";
import { m } from "../../i18n/paraglide/messages.js";

const WORDS: Readonly<Record<ConditionOperator, () => string>> = {
  "=": m.segments_operator_is,
  "!=": m.segments_operator_is_not,
  ">=": m.segments_operator_at_least,
  "<=": m.segments_operator_at_most,
  ">": m.segments_operator_more,
  "<": m.segments_operator_less,
};

/** “at least”; equality of numbers and of words reads differently. */
export function operatorWords(operator: ConditionOperator, isNumber: boolean): string {
  return operator === "=" && isNumber ? m.segments_operator_equals() : WORDS[operator]();
}
