import type { GanReport } from "../../../workers/gpu.jobs.ts";
import { formatNumber } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { type Standing, standing } from "./synthesize-facts.ts";

export interface Track {
  readonly name: string;
  readonly note: string;
  readonly at: Standing;
  /** Said instead of the track where floor and ceiling are closer than noise. */
  readonly noTrack: string | null;
  /** The whole row as a sentence. */
  readonly label: string;
}

const three = (value: number) => formatNumber(value, 3);

/** Shares of rows that break a rule, turned so that more is better. */
function lawful({ fidelity }: GanReport): Standing {
  const broken = standing(fidelity, "brokenRows");
  const [gan, step0, floor, ceiling] = [1 - broken.gan, 1 - broken.step0, 1 - broken.floor, 1 - broken.ceiling];
  return { gan, step0, floor, ceiling, share: broken.share };
}

/** The measures of a finished generator that exist for this table, those that tell most first. */
export function tracks(report: GanReport): Track[] {
  const rows = [
    {
      name: m.synthesize_track_signal(),
      note: m.synthesize_track_signal_note({ count: formatNumber(report.nSignalPairs) }),
      at: standing(report.fidelity, "pairTrendsSignal"),
    },
    { name: m.synthesize_track_rules(), note: m.synthesize_track_rules_note(), at: lawful(report) },
    {
      name: m.synthesize_track_pairs(),
      note: m.synthesize_track_pairs_note(),
      at: standing(report.fidelity, "pairTrends"),
    },
    {
      name: m.synthesize_track_columns(),
      note: m.synthesize_track_columns_note(),
      at: standing(report.fidelity, "columnShapes"),
    },
  ];
  return rows
    .filter(({ at }) => Number.isFinite(at.gan))
    .map((row) => {
      const { gan, step0, floor, ceiling, share } = row.at;
      const figures = [
        `${m.synthesize_track_gan()} ${three(gan)}`,
        `${m.synthesize_track_step0()} ${three(step0)}`,
        `${m.synthesize_track_floor()} ${three(floor)}`,
        `${m.synthesize_track_ceiling()} ${three(ceiling)}`,
      ];
      const noRoom = m.synthesize_track_no_room({ floor: three(floor), ceiling: three(ceiling) });
      return {
        ...row,
        noTrack: Number.isFinite(share) ? null : `${noRoom} ${figures[0]}, ${figures[1]}.`,
        label: `${row.name}: ${figures.join(", ")}`,
      };
    });
}
