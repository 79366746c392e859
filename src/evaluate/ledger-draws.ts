import { TrendloomError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Fold } from "../table/split-rows.ts";
import { concatTables, type Table, takeRows } from "../table/table.ts";
import { classCodes, type Task } from "../table/task.ts";

/** Generated rows of one draw for the arms of one fold. */
export interface LedgerDraw {
  /** As many as the fold has training rows. */
  readonly train: Table;
  /** The same and twice as many further ones; null where no arm asks for them. */
  readonly tripled: Table | null;
  /** As many as the fold has test rows, apart from the others. */
  readonly test: Table;
  /** For classes below the largest, up to its size; null where no arm asks for them. */
  readonly balanced: Table | null;
}

/** What to draw from a fold's sampler. */
export interface DrawPlan {
  readonly nDraws: number;
  readonly isTripleNeeded: boolean;
  /** For classes only. */
  readonly isBalanceNeeded: boolean;
}

/** What each class lacks to the largest one's number of training rows, by name. */
function lackingRows({ train }: Fold, task: Task & { kind: "classification" }): { value: string; nRows: number }[] {
  const counts = new Int32Array(task.classes.length);
  for (const code of classCodes(train.table, task)) counts[code]++;
  const largest = counts.reduce((most, count) => Math.max(most, count), 0);
  return task.classes.map((value, code) => ({ value, nRows: largest - counts[code] })).filter(({ nRows }) => nRows > 0);
}

/** Rows of one class; none where the sampler protects or never saw it. */
async function sampleClass(
  sampler: Sampler,
  nRows: number,
  target: string,
  value: string,
  random: Random,
): Promise<Table | null> {
  try {
    return (await sampler.sample(nRows, [{ column: target, value }], random)).table;
  } catch (error) {
    if (error instanceof TrendloomError && error.code === "condition-impossible") return null;
    throw error;
  }
}

async function sampleBalanced(sampler: Sampler, fold: Fold, task: Task, random: Random): Promise<Table | null> {
  if (task.kind !== "classification") return null;
  let rows = takeRows(fold.train.table, new Int32Array(0));
  for (const { value, nRows } of lackingRows(fold, task)) {
    const made = await sampleClass(sampler, nRows, task.target, value, random.split(value));
    if (made) rows = concatTables(rows, made);
  }
  return rows;
}

/** Draws from a sampler that was fitted on the fold's training rows all that the ledger's arms need, each draw by itself. */
export async function drawForLedger(
  sampler: Sampler,
  fold: Fold,
  task: Task,
  { nDraws, isTripleNeeded, isBalanceNeeded }: DrawPlan,
  random: Random,
): Promise<LedgerDraw[]> {
  const nTrain = fold.train.table.nRows;
  const draws: LedgerDraw[] = [];
  for (let draw = 0; draw < nDraws; draw++) {
    const own = random.split(`draw ${draw}`);
    const take = async (nRows: number, name: string) => (await sampler.sample(nRows, [], own.split(name))).table;
    const train = await take(nTrain, "train");
    draws.push({
      train,
      tripled: isTripleNeeded ? concatTables(train, await take(2 * nTrain, "more")) : null,
      test: await take(fold.test.table.nRows, "test"),
      balanced: isBalanceNeeded ? await sampleBalanced(sampler, fold, task, own.split("balanced")) : null,
    });
  }
  return draws;
}
