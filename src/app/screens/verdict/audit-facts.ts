import type { AuditArm, AuditArmName, AuditFigures, AuditReport } from "../../../workers/learn.jobs.ts";

/** Floor and ceiling closer than this cannot be told apart from the noise of a half: shares, and scores that are areas. */
const NO_ROOM = 0.02;
const NO_ROOM_AREA = 0.03;
/** As good as a hold-out: this share of the way, or more. */
const CLOSE = 0.9;
const AT_FLOOR = 0.02;
/** The trained generator counts as no better than the untrained one within this. */
const SAME = 0.01;

export type AuditMeasure = "signal" | "apart" | "rules" | "utility" | "pairs" | "columns";

export const armOf = (audit: AuditReport, name: AuditArmName): AuditArm | null =>
  audit.arms.find((arm) => arm.name === name) ?? null;

const VALUES: Readonly<Record<AuditMeasure, (figures: AuditFigures) => number>> = {
  signal: (figures) => figures.pairTrendsSignal,
  apart: (figures) => figures.twoSampleAuc,
  rules: (figures) => 1 - figures.brokenRows,
  utility: (figures) => figures.trainSyntheticTestReal ?? Number.NaN,
  pairs: (figures) => figures.pairTrends,
  columns: (figures) => figures.columnShapes,
};

/** A measure of an arm; NaN where it was not measured. */
export function measured(audit: AuditReport, measure: AuditMeasure, name: AuditArmName): number {
  const arm = armOf(audit, name);
  return arm ? VALUES[measure](arm.figures) : Number.NaN;
}

/** The measures that this table has, those that tell most first. All pairs stand in where no pair is linked. */
export function measuresOf(audit: AuditReport): AuditMeasure[] {
  const links = audit.nSignalPairs > 0 ? ("signal" as const) : ("pairs" as const);
  const all: AuditMeasure[] = [links, "apart", "rules", "utility", "columns"];
  const ends = (measure: AuditMeasure) => [measured(audit, measure, "floor"), measured(audit, measure, "ceiling")];
  return all.filter((measure) => ends(measure).every(Number.isFinite));
}

/** Whether floor and ceiling are further apart than noise; a measure that nothing can tell draws no track. */
export function hasRoom(audit: AuditReport, measure: AuditMeasure): boolean {
  const room = Math.abs(measured(audit, measure, "ceiling") - measured(audit, measure, "floor"));
  return room >= (measure === "apart" || measure === "utility" ? NO_ROOM_AREA : NO_ROOM);
}

/** How far an arm goes from floor to ceiling; NaN where there is no room between them. */
export function shareOfWay(audit: AuditReport, measure: AuditMeasure, name: AuditArmName): number {
  if (!hasRoom(audit, measure)) return Number.NaN;
  const floor = measured(audit, measure, "floor");
  return (measured(audit, measure, name) - floor) / (measured(audit, measure, "ceiling") - floor);
}

/** The measure that a headline goes by: linked pairs, else all pairs, else single columns. */
export function tellingMeasure(audit: AuditReport): AuditMeasure {
  if (audit.nSignalPairs > 0 && hasRoom(audit, "signal")) return "signal";
  return hasRoom(audit, "pairs") ? "pairs" : "columns";
}

/** The untrained generator behind the same rules does as well wherever it was measured: training taught nothing measurable. */
export function isUntrainedAsGood(audit: AuditReport): boolean {
  if (!armOf(audit, "ganStep0")) return false;
  return (["signal", "pairs", "columns"] as const).every((measure) => {
    const gan = measured(audit, measure, "gan");
    return !Number.isFinite(gan) || measured(audit, measure, "ganStep0") >= gan - SAME;
  });
}

/** Which part of the generator's recipe does the work: the losses that match frequencies and links, or the adversary. */
export type RecipeWork = "none" | "either" | "matching" | "adversary" | "mostly-matching" | "mostly-adversary" | "both";

/**
 * Told from three trainings, with one part and with both, by the telling measure and by how far the two-sample AUC lies from
 * 0.5: a part alone does the work where it gets as far as both, within noise; most of it where it gets further than the other
 * on both measures. Null where the parts were not audited.
 */
export function recipeWork(audit: AuditReport): RecipeWork | null {
  const measure = tellingMeasure(audit);
  const of = (name: AuditArmName) => ({
    linked: measured(audit, measure, name),
    apart: Math.abs(measured(audit, "apart", name) - 0.5),
  });
  const [gan, matching, adversary] = [of("gan"), of("ganMatching"), of("ganAdversarial")];
  if (![gan, matching, adversary].every(({ linked, apart }) => Number.isFinite(linked + apart))) return null;
  const isAsFar = ({ linked, apart }: typeof gan) => linked >= gan.linked - SAME && apart <= gan.apart + NO_ROOM_AREA;
  if (isAsFar(of("ganStep0"))) return "none";
  if (isAsFar(matching)) return isAsFar(adversary) ? "either" : "matching";
  if (isAsFar(adversary)) return "adversary";
  const isFurther = (a: typeof gan, b: typeof gan) => a.linked > b.linked && a.apart < b.apart;
  if (isFurther(matching, adversary)) return "mostly-matching";
  return isFurther(adversary, matching) ? "mostly-adversary" : "both";
}

export type AuditStanding = "untrained" | "close" | "part" | "floor" | "no-room";

/** What the audit comes to for the GAN. */
export function auditStanding(audit: AuditReport): AuditStanding | null {
  const measure = tellingMeasure(audit);
  const gan = measured(audit, measure, "gan");
  if (!Number.isFinite(gan)) return null;
  const share = shareOfWay(audit, measure, "gan");
  if (!Number.isFinite(share)) return "no-room";
  if (share >= CLOSE) return isUntrainedAsGood(audit) ? "untrained" : "close";
  return share <= AT_FLOOR ? "floor" : "part";
}

/** A simpler sampler gets as far as a hold-out while the GAN does not. */
export function isBeatenBySimple(audit: AuditReport): boolean {
  const measure = tellingMeasure(audit);
  const shares = (["sequentialTrees", "blocks"] as const).map((name) => shareOfWay(audit, measure, name));
  return shareOfWay(audit, measure, "gan") < CLOSE && shares.some((share) => share >= CLOSE);
}

/** Something short of a hold-out: by more than the halves' own noise counts. */
export interface Shortfall {
  readonly gan: number;
  readonly floor: number;
  readonly ceiling: number;
  readonly trees: number;
  readonly blocks: number;
  readonly shortBy: number;
}

export const isShort = (each: Shortfall): boolean => each.shortBy > NO_ROOM;

export interface ColumnShortfall extends Shortfall {
  readonly name: string;
}

export interface PairShortfall extends Shortfall {
  readonly a: string;
  readonly b: string;
  readonly isSignal: boolean;
}

function shortfall(audit: AuditReport, read: (figures: AuditFigures) => number | undefined): Shortfall {
  const at = (name: AuditArmName) => {
    const arm = armOf(audit, name);
    return (arm && read(arm.figures)) ?? Number.NaN;
  };
  const [gan, ceiling] = [at("gan"), at("ceiling")];
  return { gan, ceiling, floor: at("floor"), trees: at("sequentialTrees"), blocks: at("blocks"), shortBy: ceiling - gan };
}

const worstFirst = (a: Shortfall, b: Shortfall) => (b.shortBy || 0) - (a.shortBy || 0);

/** Every column, the one that falls shortest of a hold-out first. */
export function columnShortfalls(audit: AuditReport): ColumnShortfall[] {
  const columns = armOf(audit, "gan")?.figures.columns ?? [];
  return columns
    .map(({ name }) => ({
      name,
      ...shortfall(audit, (figures) => figures.columns.find((column) => column.name === name)?.shape),
    }))
    .sort(worstFirst);
}

/** Every pair of columns: those that carry signal first, and of each kind the one that falls shortest of a hold-out. */
export function pairShortfalls(audit: AuditReport): PairShortfall[] {
  const pairs = armOf(audit, "gan")?.figures.pairs ?? [];
  return pairs
    .map(({ a, b, isSignal }, at) => {
      const isSame = (pair: AuditFigures["pairs"][number] | undefined) => pair?.a === a && pair.b === b;
      const read = (figures: AuditFigures) => {
        const there = figures.pairs[at];
        return (isSame(there) ? there : figures.pairs.find(isSame))?.similarity;
      };
      return { a, b, isSignal, ...shortfall(audit, read) };
    })
    .sort((one, other) => Number(other.isSignal) - Number(one.isSignal) || worstFirst(one, other));
}
