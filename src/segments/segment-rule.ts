import type { Column } from "../table/table.ts";
import type { SegmentBounds } from "./segments-report.ts";

export interface SegmentRule {
  readonly bounds: readonly SegmentBounds[];
  /** Share of all rows that the rule sorts as the segmentation does. */
  readonly accuracy: number;
}

const MAX_TERMS = 3;
/** A further term must raise F1 by this much to be worth reading. */
const MIN_GAIN = 0.01;

/** One term of a rule: a column bounded on one side, or held to some of its levels. `passes` has 1 for rows inside. */
interface Term {
  readonly column: number;
  readonly side: "low" | "high" | "levels";
  readonly bound: number;
  readonly levels: readonly string[];
  readonly passes: Uint8Array;
  /** F1 of the rule with this term. */
  readonly score: number;
}

/** A column made ready for scanning: rows with a known value, ascending; empty for categories. */
interface Scan {
  readonly column: Column;
  readonly order: Int32Array;
}

/** F1 of "inside" as a prediction of membership: 2 · hits / (inside + members). */
const f1 = (hits: number, inside: number, members: number): number => (2 * hits) / (inside + members);

/** The best bound of a numeric column on one side among rows that pass all other terms. */
function fitBound(
  scan: Scan,
  index: number,
  side: "low" | "high",
  eligible: Uint8Array,
  isMember: Uint8Array,
  members: number,
): Term {
  const values = scan.column.kind === "numeric" ? scan.column.values : new Float64Array(0);
  const order = side === "high" ? scan.order : scan.order.slice().reverse();
  let inside = 0;
  let hits = 0;
  let score = 0;
  let bound = Number.NaN;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    inside += eligible[row];
    hits += eligible[row] & isMember[row];
    const isLastOfValue = i + 1 === order.length || values[order[i + 1]] !== values[row];
    if (isLastOfValue && f1(hits, inside, members) > score) {
      score = f1(hits, inside, members);
      bound = values[row];
    }
  }
  const passes = Uint8Array.from(values, (value) => Number(side === "high" ? value <= bound : value >= bound));
  return { column: index, side, bound, levels: [], passes, score };
}

/** The best set of levels: levels by their share of members, as many as raise F1. */
function fitLevels(scan: Scan, index: number, eligible: Uint8Array, isMember: Uint8Array, members: number): Term {
  if (scan.column.kind !== "categorical") throw new Error("levels belong to categories");
  const { codes, levels } = scan.column;
  const inside = new Float64Array(levels.length);
  const hits = new Float64Array(levels.length);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0 || !eligible[row]) continue;
    inside[codes[row]]++;
    hits[codes[row]] += isMember[row];
  }
  const byShare = levels
    .map((_, code) => code)
    .filter((code) => hits[code] > 0)
    .sort((a, b) => hits[b] / inside[b] - hits[a] / inside[a]);
  let score = 0;
  let nBest = 0;
  let nInside = 0;
  let nHits = 0;
  byShare.forEach((code, i) => {
    nInside += inside[code];
    nHits += hits[code];
    if (f1(nHits, nInside, members) > score) {
      score = f1(nHits, nInside, members);
      nBest = i + 1;
    }
  });
  const chosen = new Set(byShare.slice(0, nBest));
  const passes = Uint8Array.from(codes, (code) => Number(chosen.has(code)));
  return {
    column: index,
    side: "levels",
    bound: Number.NaN,
    levels: levels.filter((_, code) => chosen.has(code)),
    passes,
    score,
  };
}

function allPass(terms: readonly Term[], nRows: number): Uint8Array {
  const passes = new Uint8Array(nRows).fill(1);
  for (const term of terms) for (let row = 0; row < nRows; row++) passes[row] &= term.passes[row];
  return passes;
}

function mergeTerms(terms: readonly Term[], columns: readonly Column[]): SegmentBounds[] {
  return columns.flatMap((column, index) => {
    const own = terms.filter((term) => term.column === index);
    if (own.length === 0) return [];
    const boundOn = (side: "low" | "high"): number | null => own.find((term) => term.side === side)?.bound ?? null;
    return [{ column: column.name, low: boundOn("low"), high: boundOn("high"), values: own.flatMap((term) => term.levels) }];
  });
}

/**
 * A short description of a segment by bounds on columns: at most three terms, each added where it raises F1 most,
 * after which the earlier ones are fitted again (a box in the manner of PRIM, Friedman and Fisher 1999).
 * `isMember` has 1 for rows of the segment. O(terms² · columns · nRows) after sorting.
 */
export function describeSegment(columns: readonly Column[], isMember: Uint8Array): SegmentRule {
  const nRows = isMember.length;
  const members = isMember.reduce((sum, flag) => sum + flag, 0);
  const scans: Scan[] = columns.map((column) => {
    if (column.kind === "categorical") return { column, order: new Int32Array(0) };
    const order = Int32Array.from(column.values.keys()).filter((row) => !Number.isNaN(column.values[row]));
    return { column, order: order.sort((a, b) => column.values[a] - column.values[b]) };
  });
  const refit = (index: number, side: Term["side"], others: readonly Term[]): Term => {
    const eligible = allPass(others, nRows);
    return side === "levels"
      ? fitLevels(scans[index], index, eligible, isMember, members)
      : fitBound(scans[index], index, side, eligible, isMember, members);
  };
  let terms: Term[] = [];
  let score = f1(members, nRows, members);
  while (terms.length < MAX_TERMS) {
    const candidates = columns.flatMap((column, index) => {
      const sides: Term["side"][] = column.kind === "numeric" ? ["low", "high"] : ["levels"];
      return sides
        .filter((side) => !terms.some((term) => term.column === index && term.side === side))
        .map((side) => refit(index, side, terms));
    });
    if (candidates.length === 0) break;
    const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
    if (best.score < score + MIN_GAIN) break;
    terms.push(best);
    terms.forEach((term, i) => {
      terms = terms.with(i, refit(term.column, term.side, terms.toSpliced(i, 1)));
    });
    score = terms[terms.length - 1].score;
  }
  const passes = allPass(terms, nRows);
  let nRight = 0;
  for (let row = 0; row < nRows; row++) nRight += Number(passes[row] === isMember[row]);
  return { bounds: mergeTerms(terms, columns), accuracy: nRight / nRows };
}
