const N_STEPS = 7;

/**
 * Colour of a value in [0, 1] on the sequential tokens, written as CSS so that it follows the theme.
 * Neighbouring tokens are mixed in OKLab.
 */
export function sequentialColor(value: number): string {
  const position = Math.min(1, Math.max(0, value)) * (N_STEPS - 1);
  const step = Math.min(N_STEPS - 2, Math.floor(position));
  const percent = Math.round((position - step) * 100);
  if (percent === 0) return `var(--seq-${step + 1})`;
  if (percent === 100) return `var(--seq-${step + 2})`;
  return `color-mix(in oklab, var(--seq-${step + 2}) ${percent}%, var(--seq-${step + 1}))`;
}

/**
 * Class of the ink that is readable on `sequentialColor(value)`. The middle of the scale needs ink on light paper
 * and paper on dark, so it has a class of its own.
 */
export function inkOnSequential(value: number): "on-low" | "on-middle" | "on-high" {
  const position = Math.min(1, Math.max(0, value)) * (N_STEPS - 1);
  if (position < 2.3) return "on-low";
  return position < 4.2 ? "on-middle" : "on-high";
}
