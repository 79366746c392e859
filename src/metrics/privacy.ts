import { log } from "../core/exp-log.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { allRows, concatTables, type Table, takeRows } from "../table/table.ts";
import { type AttributeGuess, guessAttributes } from "./attribute-disclosure.ts";
import { binaryAuc } from "./classification.ts";
import { countCopies } from "./fidelity.ts";
import { findNeighbours, type GowerRows, gowerReader, type Neighbours } from "./neighbours.ts";

/** A share or an AUC with a 95 % interval from bootstrapping. */
export interface Bootstrapped {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Evidence on how much generated rows tell of single training rows. Half A was trained on, half B was not. */
export interface PrivacyFigures {
  /** Share of the generated rows that equal a row of A in every column; for comparison, the same for the rows of B. */
  readonly copyShare: number;
  readonly copyShareFresh: number;
  /** Share of the generated rows that lie nearer to a row of A than to any of B, ties counting half; fine where the interval holds 0.5. */
  readonly nearerToTraining: Bootstrapped;
  /** Median over generated rows of the distance to the nearest over that to the second nearest row of A; small where rows cling to one. */
  readonly neighbourRatio: number;
  readonly neighbourRatioFresh: number;
  /** AUC of telling rows of A from rows of B by the density of generated rows against that of other real rows (DOMIAS, van Breugel et al. 2023). */
  readonly membership: Bootstrapped;
  /** Distances of generated rows, and of the rows of B, to their nearest row of A, in [0, 1]. */
  readonly distances: Float64Array;
  readonly distancesFresh: Float64Array;
  readonly attributes: readonly AttributeGuess[];
  readonly nRows: number;
}

/** Rows that are compared at most, generated ones and those of each half: the work grows with the square. */
export interface PrivacyLimits {
  readonly made: number;
  readonly references: number;
}

const LIMITS: PrivacyLimits = { made: 2000, references: 5000 };
const K = 12;
/** Neighbours whose distance stands for a density. */
const DENSITY_K = 3;
const N_BOOTSTRAPS = 200;

function sampleRows(table: Table, limit: number, random: Random): Table {
  if (table.nRows <= limit) return table;
  return takeRows(table, random.shuffle(allRows(table.nRows)).slice(0, limit).sort());
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const nearest = ({ distances, k }: Neighbours, row: number): number => distances[row * k];

/** 1 where the row lies nearer to A, 0 where nearer to B, ½ at a tie. */
const vote = (toA: number, toB: number): number => (toA < toB ? 1 : toA > toB ? 0 : 0.5);

/** Distance of a row to its nearest among the references that a bootstrap drew; the furthest known where it drew none of them. */
function nearestDrawn({ distances, rows, k }: Neighbours, row: number, isDrawn: Uint8Array): number {
  for (let at = row * k; at < (row + 1) * k; at++) if (isDrawn[rows[at]] === 1) return distances[at];
  return distances[row * k + k - 1];
}

/** Which of n references n draws with replacement hit. */
function drawReferences(n: number, random: Random): Uint8Array {
  const isDrawn = new Uint8Array(n);
  for (let i = 0; i < n; i++) isDrawn[random.integer(n)] = 1;
  return isDrawn;
}

/** Around the value, not around the draws: a bootstrap that misses references also misses the copies among them. */
function around(value: number, draws: Float64Array): Bootstrapped {
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / (draws.length - 1);
  const halfWidth = 1.96 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - halfWidth), high: Math.min(1, value + halfWidth) };
}

/** Bootstraps rows and references: an interval over rows alone is too narrow, as all of them share the references. */
function nearerShare(toA: Neighbours, toB: Neighbours, nRows: number, nReferences: number, random: Random): Bootstrapped {
  let sum = 0;
  for (let row = 0; row < nRows; row++) sum += vote(nearest(toA, row), nearest(toB, row));
  const draws = new Float64Array(N_BOOTSTRAPS).map(() => {
    const drawnA = drawReferences(nReferences, random);
    const drawnB = drawReferences(nReferences, random);
    let hits = 0;
    for (let i = 0; i < nRows; i++) {
      const row = random.integer(nRows);
      hits += vote(nearestDrawn(toA, row, drawnA), nearestDrawn(toB, row, drawnB));
    }
    return hits / nRows;
  });
  return around(sum / nRows, draws);
}

const ratioOfNearest = ({ distances, k }: Neighbours, nRows: number): number =>
  median(new Float64Array(nRows).map((_, row) => (distances[row * k + 1] > 0 ? distances[row * k] / distances[row * k + 1] : 1)));

/** Log of how much denser generated rows lie at each row than other real rows do, by the distances to the nearest few. */
function densityRatios(rows: GowerRows, made: GowerRows, others: GowerRows): Float64Array {
  const density = ({ distances, k }: Neighbours, row: number): number => {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += distances[row * k + i];
    return sum / k + 1e-3;
  };
  const toMade = findNeighbours(rows, made, DENSITY_K);
  const toOthers = findNeighbours(rows, others, DENSITY_K);
  return new Float64Array(rows.nRows).map((_, row) => log(density(toOthers, row) / density(toMade, row)));
}

function membershipAttack(members: Float64Array, others: Float64Array, random: Random): Bootstrapped {
  const aucOf = (a: Float64Array, b: Float64Array): number => {
    const scores = new Float64Array(a.length + b.length);
    scores.set(a);
    scores.set(b, a.length);
    return binaryAuc(scores, (row) => row < a.length);
  };
  const redraw = (values: Float64Array) => new Float64Array(values.length).map(() => values[random.integer(values.length)]);
  const draws = new Float64Array(N_BOOTSTRAPS).map(() => aucOf(redraw(members), redraw(others)));
  return around(aucOf(members, others), draws);
}

/**
 * What generated rows give away of the half they were trained on, each figure beside what fresh rows of the other half
 * give away. Evidence, not proof: it names the attacks that were tried. At most 2,000 generated rows are compared with
 * at most 5,000 of each half, the same number of both, unless other limits are set.
 */
export function* measurePrivacy(
  trained: Table,
  fresh: Table,
  made: Table,
  random: Random,
  limits: PrivacyLimits = LIMITS,
): Work<PrivacyFigures> {
  const progress = (done: number) => ({ stage: "privacy", done, total: 5, unit: "task" }) as const;
  const nReferences = Math.min(limits.references, trained.nRows, fresh.nRows);
  const [a, b, s] = [trained, fresh, made].map((table, i) =>
    sampleRows(table, i < 2 ? nReferences : limits.made, random.split(`rows ${i}`)),
  );
  const read = gowerReader(concatTables(trained, fresh));
  const [rowsA, rowsB, rowsS] = [a, b, s].map(read);
  yield progress(0);
  const toA = findNeighbours(rowsS, rowsA, K);
  yield progress(1);
  const toB = findNeighbours(rowsS, rowsB, K);
  yield progress(2);
  const freshToA = findNeighbours(rowsB, rowsA, 2);
  yield progress(3);
  // The attacker's own real rows are apart from those to be told: half of B each.
  const [known, asked] = [0, 1].map((part) =>
    takeRows(
      b,
      allRows(b.nRows).filter((row) => row % 2 === part),
    ),
  );
  const membership = membershipAttack(
    densityRatios(read(sampleRows(a, asked.nRows, random.split("members"))), rowsS, read(known)),
    densityRatios(read(asked), rowsS, read(known)),
    random.split("membership"),
  );
  yield progress(4);
  const { nColumns } = rowsA;
  const distances = ({ distances: all, k }: Neighbours) => all.filter((_, at) => at % k === 0).map((sum) => sum / nColumns);
  return {
    copyShare: countCopies(trained, made) / made.nRows,
    copyShareFresh: countCopies(trained, fresh) / fresh.nRows,
    nearerToTraining: nearerShare(toA, toB, s.nRows, nReferences, random.split("nearer")),
    neighbourRatio: ratioOfNearest(toA, s.nRows),
    neighbourRatioFresh: ratioOfNearest(freshToA, b.nRows),
    membership,
    distances: distances(toA),
    distancesFresh: distances(freshToA),
    attributes: guessAttributes(a, rowsA, rowsS, rowsB),
    nRows: s.nRows,
  };
}
