import { TrendloomError } from "../core/errors.ts";
import { pack, unpack } from "../rpc/parcel.ts";
import { type JobHandlers, serveJobs } from "../rpc/serve.ts";
import { customerValues, explainCustomer } from "./explain-customer.ts";
import { explainFold } from "./explain-fold.ts";
import { exportModel } from "./export-model.ts";
import { fitModel, fitModelOver, type KeptModel } from "./fit-model.ts";
import type { LearningTable } from "./learn.jobs.ts";
import type { ModelJobs } from "./model.jobs.ts";
import { scoreTable } from "./score-table.ts";
import { portShard } from "./shard-port.ts";

const now = () => performance.now();

let table: LearningTable | null = null;
let model: KeptModel | null = null;

function learning(): LearningTable {
  if (!table) throw new Error("no learning table was loaded");
  return table;
}

function kept(): KeptModel {
  if (!model) throw new TrendloomError("model-missing");
  return model;
}

const handlers: JobHandlers<ModelJobs> = {
  async load(parcel) {
    table = await unpack(parcel);
    model = null;
    return null;
  },
  explain: (request) => explainFold(learning(), request),
  async *fit({ ports, ...request }) {
    const fitted =
      ports.length > 0
        ? yield* fitModelOver(ports.map(portShard), learning(), request, now)
        : yield* fitModel(learning(), request, now);
    model = fitted.kept;
    return { ...fitted.report, answers: pack(fitted.answers) };
  },
  explainCustomer: ({ values }) => explainCustomer(kept(), values),
  customer({ row }) {
    const place = learning().rows.indexOf(row);
    return place < 0 ? null : customerValues(learning(), place);
  },
  async score({ table: given }) {
    const own = kept();
    const { answers, ...scored } = scoreTable(own, await unpack(given));
    return { ...scored, answers: pack(answers) };
  },
  exportModel: ({ format }) => exportModel(kept(), format),
};

void serveJobs<ModelJobs>(self, handlers);
