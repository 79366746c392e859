import type { Random } from "../core/random.ts";
import { allRows, type Column } from "../table/table.ts";
import type { SegmentBounds, SegmentTree, TreeLeaf } from "./segments-report.ts";

/** Deeper trees explain more and are no longer read. */
const MAX_DEPTH = 3;
const MIN_LEAF_SHARE = 0.01;
/** A split must tell at least this share of the rows' Gini impurity. */
const MIN_GAIN = 1e-3;
const MAX_THRESHOLDS = 200;
const TEST_SHARE = 0.3;

/** A question about one column; rows with a missing value go to the right. */
interface Question {
  readonly column: number;
  /** Numbers: at most `low` goes left; the next larger value is `high`. */
  readonly low: number;
  readonly high: number;
  /** Categories: these codes go left. */
  readonly codes: ReadonlySet<number> | null;
}

type Node = { readonly question: Question; readonly left: Node; readonly right: Node } | { readonly segment: number };

interface Grower {
  readonly columns: readonly Column[];
  readonly labels: Uint8Array;
  readonly k: number;
  readonly minLeaf: number;
}

const goesLeft = (column: Column, { low, codes }: Question, row: number): boolean =>
  column.kind === "numeric" ? column.values[row] <= low : codes?.has(column.codes[row]) === true;

const countLabels = ({ labels, k }: Grower, rows: Int32Array): Float64Array => {
  const counts = new Float64Array(k);
  for (const row of rows) counts[labels[row]]++;
  return counts;
};

/** Sum of squared counts over their number: the larger, the purer. */
function purity(counts: Float64Array): number {
  let total = 0;
  let squares = 0;
  for (const count of counts) {
    total += count;
    squares += count * count;
  }
  return total > 0 ? squares / total : 0;
}

interface Candidate {
  readonly question: Question;
  readonly score: number;
}

/** Groups of rows by the values of a column, in an order along which the rows are cut: ascending numbers, or levels by segment. */
function groupRows(grower: Grower, column: Column, rows: Int32Array): { value: number; counts: Float64Array }[] {
  const groups = new Map<number, Float64Array>();
  for (const row of rows) {
    const value = column.kind === "numeric" ? column.values[row] : column.codes[row];
    if (Number.isNaN(value) || (column.kind === "categorical" && value < 0)) continue;
    let counts = groups.get(value);
    if (!counts) {
      counts = new Float64Array(grower.k);
      groups.set(value, counts);
    }
    counts[grower.labels[row]]++;
  }
  return [...groups].map(([value, counts]) => ({ value, counts })).sort((a, b) => a.value - b.value);
}

const addTo = (target: Float64Array, counts: Float64Array): void => {
  for (let i = 0; i < target.length; i++) target[i] += counts[i];
};

/** The best cut along an order of groups; `ask` turns the groups up to `last` into a question. */
function bestCut(
  grower: Grower,
  groups: readonly { counts: Float64Array }[],
  whole: Float64Array,
  ask: (last: number) => Question,
): Candidate | null {
  let best: Candidate | null = null;
  const left = new Float64Array(grower.k);
  const size = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);
  const step = Math.max(1, Math.floor(groups.length / MAX_THRESHOLDS));
  for (let last = 0; last + 1 < groups.length; last++) {
    addTo(left, groups[last].counts);
    if (last % step !== 0) continue;
    const right = whole.map((count, i) => count - left[i]);
    if (size(left) < grower.minLeaf || size(right) < grower.minLeaf) continue;
    const score = purity(left) + purity(right);
    if (!best || score > best.score) best = { question: ask(last), score };
  }
  return best;
}

function bestQuestion(grower: Grower, rows: Int32Array, whole: Float64Array): Candidate | null {
  const candidates = grower.columns.flatMap((column, index) => {
    const groups = groupRows(grower, column, rows);
    if (column.kind === "numeric") {
      const ask = (last: number) => ({ column: index, low: groups[last].value, high: groups[last + 1].value, codes: null });
      return [bestCut(grower, groups, whole, ask)];
    }
    // Levels that favour one segment over the rest, for each segment: the cut that is best among all sets of levels for two.
    return Array.from({ length: grower.k }, (_, segment) => {
      const share = ({ counts }: (typeof groups)[number]) => counts[segment] / counts.reduce((sum, count) => sum + count, 0);
      const ordered = [...groups].sort((a, b) => share(b) - share(a));
      const ask = (last: number) => ({
        column: index,
        low: Number.NaN,
        high: Number.NaN,
        codes: new Set(ordered.slice(0, last + 1).map(({ value }) => value)),
      });
      return bestCut(grower, ordered, whole, ask);
    });
  });
  return candidates.reduce<Candidate | null>((best, own) => (own && (!best || own.score > best.score) ? own : best), null);
}

function grow(grower: Grower, rows: Int32Array, depth: number): Node {
  const counts = countLabels(grower, rows);
  const leaf = { segment: counts.indexOf(Math.max(...counts)) };
  if (depth === MAX_DEPTH) return leaf;
  const best = bestQuestion(grower, rows, counts);
  if (!best || best.score - purity(counts) < MIN_GAIN * rows.length) return leaf;
  const column = grower.columns[best.question.column];
  const left = grow(
    grower,
    rows.filter((row) => goesLeft(column, best.question, row)),
    depth + 1,
  );
  const right = grow(
    grower,
    rows.filter((row) => !goesLeft(column, best.question, row)),
    depth + 1,
  );
  return "segment" in left && "segment" in right && left.segment === right.segment
    ? left
    : { question: best.question, left, right };
}

function predict(node: Node, columns: readonly Column[], row: number): number {
  let at = node;
  while (!("segment" in at)) at = goesLeft(columns[at.question.column], at.question, row) ? at.left : at.right;
  return at.segment;
}

/** The bounds so far, narrowed by one more answer. */
function narrow(bounds: readonly SegmentBounds[], column: Column, question: Question, isLeft: boolean): SegmentBounds[] {
  const others = bounds.filter((own) => own.column !== column.name);
  const before = bounds.find((own) => own.column === column.name);
  const { low, high, values } = before ?? { low: null, high: null, values: [] };
  if (column.kind === "numeric")
    return [...others, { column: column.name, low: isLeft ? low : question.high, high: isLeft ? question.low : high, values }];
  const allowed = values.length > 0 ? values : column.levels;
  const kept = allowed.filter((level) => question.codes?.has(column.levels.indexOf(level)) === isLeft);
  return [...others, { column: column.name, low: null, high: null, values: kept }];
}

function* leavesOf(
  node: Node,
  grower: Grower,
  rows: Int32Array,
  bounds: readonly SegmentBounds[],
): Generator<TreeLeaf, void, void> {
  if ("segment" in node) {
    const counts = countLabels(grower, rows);
    yield { bounds, segment: node.segment, size: rows.length, purity: rows.length > 0 ? counts[node.segment] / rows.length : 0 };
    return;
  }
  const { question } = node;
  const column = grower.columns[question.column];
  const isLeft = (row: number): boolean => goesLeft(column, question, row);
  yield* leavesOf(node.left, grower, rows.filter(isLeft), narrow(bounds, column, question, true));
  yield* leavesOf(
    node.right,
    grower,
    rows.filter((row) => !isLeft(row)),
    narrow(bounds, column, question, false),
  );
}

const depthOf = (node: Node): number => ("segment" in node ? 0 : 1 + Math.max(depthOf(node.left), depthOf(node.right)));

/**
 * A classification tree of depth ≤ 3 by Gini impurity (Breiman et al. 1984) that sorts rows into the segments by columns,
 * grown on 70 % of the rows. Accuracy and the baseline are those of the other 30 %; sizes and purities of its leaves are
 * those of all rows.
 */
export function explainByTree(columns: readonly Column[], labels: Uint8Array, k: number, random: Random): SegmentTree {
  const order = random.shuffle(allRows(labels.length));
  const nTest = Math.round(TEST_SHARE * labels.length);
  const test = order.slice(0, nTest);
  const train = order.slice(nTest);
  const grower = { columns, labels, k, minLeaf: Math.max(1, MIN_LEAF_SHARE * train.length) };
  const tree = grow(grower, train, 0);
  const counts = countLabels(grower, train);
  const commonest = counts.indexOf(Math.max(...counts));
  const share = (guess: (row: number) => number): number =>
    test.reduce((sum, row) => sum + Number(guess(row) === labels[row]), 0) / nTest;
  return {
    leaves: [...leavesOf(tree, grower, allRows(labels.length), [])].sort((a, b) => a.segment - b.segment || b.size - a.size),
    depth: depthOf(tree),
    accuracy: share((row) => predict(tree, columns, row)),
    baseline: share(() => commonest),
    nTrainRows: train.length,
    nTestRows: nTest,
  };
}
