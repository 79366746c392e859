import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { fitRandomForest } from "../../../src/trees/random-forest.ts";
import { fitReferenceForest } from "../../../src/trees/reference-forest.ts";
import { loadShopping } from "../../data/tables.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const N_TREES = 100;
const N_RIVAL_TREES = 5;

const scenario: Scenario = {
  name: "forest.shopping.mlrf",
  rivalName: `ml-random-forest, ${N_RIVAL_TREES} trees scaled to ${N_TREES}`,
  data: "shopping",
  threads: 1,
  unit: "ms",
  scale: { ours: 1, rival: N_TREES / N_RIVAL_TREES },
  note: "Whole fit, one thread on both sides; ours fully grown, the rival by its own defaults with categories as ordinal codes.",
  async prepare(data) {
    const { table, task } = await loadShopping(data);
    const train = trainOnAll(table);
    const params = { nTrees: N_TREES, minLeafRows: 1 };
    return {
      rows: table.nRows,
      ours: () => elapsedMs(() => finish(fitRandomForest(train, task, params, createRandom(1)))),
      rival: () => elapsedMs(() => finish(fitReferenceForest(train, task, { nTrees: N_RIVAL_TREES }, createRandom(1)))),
    };
  },
};

export default scenario;
