import type { AuditReport, PrivacyFigures } from "../../../workers/learn.jobs.ts";
import { armOf } from "./audit-facts.ts";

/** To either side of an even share: what is still called slight. */
export const SLACK = 0.03;
const SAME_DISTANCE = 0.1;
const NEVER_BY_CHANCE = 0.001;

export const privacyOf = (audit: AuditReport): PrivacyFigures | null => armOf(audit, "gan")?.privacy ?? null;

/** Copies beyond those that chance makes: fresh rows equal a training row now and then, too. */
export const hasCopies = ({ copyShare, copyShareFresh }: PrivacyFigures): boolean =>
  copyShare > 2 * copyShareFresh + NEVER_BY_CHANCE;

export type Leaning = "even" | "slight" | "near" | "far";

/** Where the generated rows lie between the rows they were trained on and those nobody has seen. */
export function leaning({ nearerToTraining }: PrivacyFigures): Leaning {
  const { value, low, high } = nearerToTraining;
  if (low <= 0.5 && high >= 0.5) return "even";
  if (value < 0.5) return "far";
  return value - 0.5 <= SLACK ? "slight" : "near";
}

export function median(values: ArrayLike<number>): number {
  const sorted = Array.from(values)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Whether generated rows keep the distance from training rows that fresh rows have. */
export function distanceStanding({ distances, distancesFresh }: PrivacyFigures): "near" | "even" | "far" {
  const [made, fresh] = [median(distances), median(distancesFresh)];
  if (made < fresh * (1 - SAME_DISTANCE)) return "near";
  return made > fresh * (1 + SAME_DISTANCE) ? "far" : "even";
}

/** What an attacker gains by the generated rows, over the better of two guesses without them; the largest first. */
export function attributeGains(privacy: PrivacyFigures) {
  return privacy.attributes
    .map((each) => {
      const without = Math.max(each.fromFresh, each.commonest);
      return { ...each, without, gain: each.fromMade - without };
    })
    .sort((a, b) => (b.gain || 0) - (a.gain || 0));
}

/** Any attack that got somewhere: the rows should not be handed out. */
export function isTooNear(privacy: PrivacyFigures): boolean {
  return hasCopies(privacy) || leaning(privacy) === "near" || (privacy.membership.low > 0.5 && privacy.membership.value > 0.55);
}

/** Shares of both over equal bins from 0 to the largest distance. */
export function distanceBins({ distances, distancesFresh }: PrivacyFigures, nBins = 20) {
  let most = 0;
  for (const values of [distances, distancesFresh]) for (const value of values) if (value > most) most = value;
  const width = most > 0 ? most / nBins : 1 / nBins;
  const share = (values: ArrayLike<number>): number[] => {
    const counts = new Array<number>(nBins).fill(0);
    for (let i = 0; i < values.length; i++) {
      const bin = Math.min(nBins - 1, Math.floor((values[i] ?? Number.NaN) / width));
      if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts.map((count) => count / Math.max(1, values.length));
  };
  const edges = Array.from({ length: nBins + 1 }, (_, i) => i * width);
  return { edges, real: share(distancesFresh), made: share(distances) };
}
