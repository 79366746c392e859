import { createRandom } from "../core/random.ts";
import { assess } from "../evaluate/assess.ts";
import { testColumns } from "../evaluate/column-signal.ts";
import { fitFold } from "../evaluate/fit-fold.ts";
import { foldOf } from "../evaluate/fold-of.ts";
import { settleLedger } from "../evaluate/ledger.ts";
import { drawForLedger } from "../evaluate/ledger-draws.ts";
import { refitLoss } from "../evaluate/refit.ts";
import { searchFold } from "../evaluate/search.ts";
import { unpack } from "../rpc/parcel.ts";
import { handOver, type JobHandlers, serveJobs } from "../rpc/serve.ts";
import { auditArm } from "./audit-arm.ts";
import { cheapLearners, checkTarget } from "./check-target.ts";
import { fitSampler, sampleRows } from "./fit-sampler.ts";
import type { LearningTable, LearnJobs, SamplerName } from "./learn.jobs.ts";
import { makeLeak } from "./make-leak.ts";
import { treeLearner } from "./tree-learners.ts";

let kept: LearningTable | null = null;

function learning(): LearningTable {
  if (!kept) throw new Error("no learning table was loaded");
  return kept;
}

/** What the ledger's samplers are called where rows are handed out. */
const LEDGER_SAMPLERS: Readonly<Record<LearnJobs["sampleFold"]["input"]["sampler"], SamplerName>> = {
  "sequential-trees": "sequentialTrees",
  blocks: "blocks",
  shuffler: "floor",
};

const now = () => performance.now();

const handlers: JobHandlers<LearnJobs> = {
  async load(parcel) {
    kept = await unpack(parcel);
    return null;
  },
  async *fitFold(request) {
    const result = yield* fitFold({ ...learning(), request, learner: treeLearner(request.learner, request.params), now });
    return handOver(result, [result.predictions, result.testIndex]);
  },
  searchFold: (request) => searchFold(learning(), request, treeLearner, createRandom(request.seed)),
  refit: (request) => refitLoss(learning(), cheapLearners(learning().task), request),
  quickSignal: (request) => checkTarget(learning(), request),
  signalColumns: ({ seed }) => testColumns(learning(), createRandom(seed).split("signal check").split("columns")),
  assess: (input) => assess({ ...learning(), ...input }),
  auditArm: ({ learner, ...request }) => auditArm(learning(), request, learner),
  sampleRows: (input) => sampleRows(learning(), input),
  async *sampleFold({ sampler, plan, ...choice }) {
    const fold = foldOf(learning(), choice);
    const random = createRandom(choice.seed).split("samplers").split(sampler).split(`fold ${choice.fold}`);
    const fitted = yield* fitSampler(LEDGER_SAMPLERS[sampler], fold.train, random.split("fit"));
    return drawForLedger(fitted, fold, learning().task, plan, random);
  },
  replayLeak: (request) => makeLeak(learning(), request),
  settleLedger: (input) => settleLedger({ ...learning(), ...input }),
};

void serveJobs<LearnJobs>(self, handlers);
