import { createRandom } from "../core/random.ts";
import { assess } from "../evaluate/assess.ts";
import { fitFold } from "../evaluate/fit-fold.ts";
import { foldOf } from "../evaluate/fold-of.ts";
import { settleLedger } from "../evaluate/ledger.ts";
import { drawForLedger } from "../evaluate/ledger-draws.ts";
import { searchFold } from "../evaluate/search.ts";
import { type JobHandlers, serveJobs } from "../rpc/serve.ts";
import type { LearningTable, LearnJobs } from "./learn.jobs.ts";
import { makeLeak } from "./make-leak.ts";
import { fitRowSampler } from "./row-samplers.ts";
import { treeLearner } from "./tree-learners.ts";

let kept: LearningTable | null = null;

function learning(): LearningTable {
  if (!kept) throw new Error("no learning table was loaded");
  return kept;
}

const now = () => performance.now();

const handlers: JobHandlers<LearnJobs> = {
  load(input) {
    kept = input;
    return null;
  },
  fitFold: (request) => fitFold({ ...learning(), request, learner: treeLearner(request.learner, request.params), now }),
  searchFold: (request) => searchFold(learning(), request, treeLearner, createRandom(request.seed)),
  assess: (input) => assess({ ...learning(), ...input }),
  async *sampleFold({ sampler, plan, ...choice }) {
    const { table, task } = learning();
    const fold = foldOf(table, task, choice);
    const random = createRandom(choice.seed).split("samplers").split(sampler).split(`fold ${choice.fold}`);
    const fitted = yield* fitRowSampler(sampler, fold.train, random.split("fit"));
    return drawForLedger(fitted, fold, task, plan, random);
  },
  replayLeak: (request) => makeLeak(learning(), request),
  settleLedger: (input) => settleLedger({ ...learning(), ...input }),
};

void serveJobs<LearnJobs>(self, handlers);
