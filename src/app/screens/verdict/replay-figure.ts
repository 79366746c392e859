import OriginSplit from "../../../charts/OriginSplit.svelte";
import type { LeakReplay } from "../../../workers/learn.jobs.ts";
import { chart, type FigureSpec, numberColumn, textColumn } from "../../figures/figure-spec.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import { learnerName } from "../../i18n/learner-words.ts";
import { metricName } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";

const TITLES = {
  "duplicates-before-split": m.verdict_replay_title_duplicates,
  "notebook-recipe": m.verdict_replay_title_notebook,
  "our-gan-before-split": m.verdict_replay_title_ours,
} as const;

const NOTES = {
  "duplicates-before-split": m.verdict_replay_note_duplicates,
  "notebook-recipe": m.verdict_replay_note_notebook,
  "our-gan-before-split": m.verdict_replay_note_ours,
} as const;

/** An honest score within this of the guess is no better than guessing. */
const NOISE = 0.02;

/**
 * What one mistake would have reported, and the same predictions by where their rows came from. Copies leak into real test
 * rows as well: there the same learner, split honestly, tells what it is worth.
 */
export function replayFigure(replay: LeakReplay, target: string): FigureSpec {
  const { mistake, reported, onReal, onSynthetic, honest, guess } = replay;
  const isShare = replay.metric === "accuracy";
  const words = (value: number) => (isShare ? formatPercent(value) : formatNumber(value, 2));
  const two = (value: number) => formatNumber(value, 2);
  const isCopy = mistake === "duplicates-before-split";
  const worth = isCopy ? honest : onReal;
  const title = TITLES[mistake]({ reported: words(reported), real: words(worth) });
  const made = isCopy ? m.verdict_replay_copied() : m.verdict_replay_made();
  const metric = metricName(replay.metric);
  return {
    title,
    note: NOTES[mistake]({ metric, target, learner: learnerName(replay.learner, !isShare) }),
    key: [
      { mark: "mixed", label: m.verdict_replay_mixed() },
      { mark: "synthetic-open", label: made },
      { mark: "real", label: isCopy ? m.verdict_replay_honest() : m.verdict_replay_real() },
    ],
    source: m.verdict_replay_source({
      real: formatNumber(replay.nTestReal),
      made: formatNumber(replay.nTestSynthetic),
      honest: words(honest),
    }),
    fileName: `replay-of-a-mistake-${mistake}`,
    table: {
      columns: [textColumn(m.verdict_tested_on()), numberColumn(metric)],
      rows: [
        [m.verdict_replay_mixed(), words(reported)],
        ...(onSynthetic === null ? [] : [[made, words(onSynthetic)]]),
        [m.verdict_replay_real(), words(onReal)],
        [m.verdict_replay_honest(), words(honest)],
        [m.verdict_replay_guess({ value: "" }).trim(), words(guess)],
      ],
    },
    ...chart(OriginSplit, {
      label: title,
      mixed: reported,
      real: {
        value: worth,
        lines: [
          isCopy ? m.verdict_replay_honest() : m.verdict_replay_real(),
          worth <= guess + NOISE ? m.verdict_replay_real_none() : m.verdict_replay_real_some(),
        ] as const,
      },
      synthetic: {
        value: onSynthetic,
        lines: [made, isCopy ? m.verdict_replay_copied_line() : m.verdict_replay_made_line()] as const,
      },
      chance: { value: guess, label: m.verdict_replay_guess({ value: two(guess) }) },
      heads: [m.app_split_reported(), m.app_split_by_origin()] as const,
      format: two,
      formatTick: (value: number) => (isShare ? formatPercent(value, 0) : formatNumber(value, 2)),
    }),
  };
}
