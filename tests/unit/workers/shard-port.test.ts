import { expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { Task } from "../../../src/table/task.ts";
import { fitOver } from "../../../src/trees/boosting-over-shards.ts";
import { BoostingRun } from "../../../src/trees/boosting-run.ts";
import { fitRandomForestOver } from "../../../src/trees/forest-over-shards.ts";
import { fitGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { fitRandomForest } from "../../../src/trees/random-forest.ts";
import { portShard, serveShard } from "../../../src/workers/shard-port.ts";
import { categorical, numeric, trainRows } from "../support/make-table.ts";

const random = createRandom(2);
const x = Array.from({ length: 200 }, () => random.normal());
const classes = ["low", "middle", "high"];
const columns = [
  numeric("x", x),
  numeric(
    "noise",
    x.map(() => random.normal()),
  ),
  categorical(
    "y",
    x.map((value) => classes[value < -0.4 ? 0 : value < 0.4 ? 1 : 2]),
    classes,
  ),
];
const task: Task = { kind: "classification", target: "y", features: ["x", "noise"], classes };
const params = { nRounds: 6 };

function connect(): { page: MessagePort; end: () => void } {
  const { port1, port2 } = new MessageChannel();
  void serveShard(port2);
  return {
    page: port1,
    end: () => {
      port1.close();
      port2.close();
    },
  };
}

test("a fit over ports gives the bytes of a fit alone", async () => {
  const ends = [connect(), connect()];
  try {
    const run = new BoostingRun(trainRows(...columns), task, params, createRandom(1));
    const model = await finishAsync(
      fitOver(
        ends.map(({ page }) => portShard(page)),
        run,
        "by-margin",
      ),
    );
    expect(model).toEqual(finish(fitGradientBoosting(trainRows(...columns), task, params, createRandom(1))));
  } finally {
    for (const { end } of ends) end();
  }
});

test("a forest over ports has the bytes of a forest grown alone", async () => {
  const ends = [connect(), connect()];
  try {
    const remotes = ends.map(({ page }) => portShard(page).growTrees);
    const model = await finishAsync(fitRandomForestOver(remotes, trainRows(...columns), task, { nTrees: 7 }, createRandom(1)));
    expect(model).toEqual(finish(fitRandomForest(trainRows(...columns), task, { nTrees: 7 }, createRandom(1))));
  } finally {
    for (const { end } of ends) end();
  }
});

test("an error at the other end rejects the call that met it", async () => {
  const { page, end } = connect();
  try {
    const shard = portShard(page);
    await expect(shard.call({ kind: "sides", nodes: [] })).rejects.toMatchObject({
      code: "internal",
      details: { what: "Error: sides was asked of a shard without data" },
    });
  } finally {
    end();
  }
});
