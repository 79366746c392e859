import { createRandom } from "../core/random.ts";
import { assess } from "../evaluate/assess.ts";
import { fitFold } from "../evaluate/fit-fold.ts";
import { settleLedger } from "../evaluate/ledger.ts";
import { searchFold } from "../evaluate/search.ts";
import { type JobHandlers, serveJobs } from "../rpc/serve.ts";
import { auditArm } from "./audit-arm.ts";
import type { LearningTable, LearnJobs } from "./learn.jobs.ts";
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
  auditArm: ({ learner, ...request }) => auditArm(learning(), request, learner),
  settleLedger: (input) => settleLedger({ ...learning(), ...input }),
};

void serveJobs<LearnJobs>(self, handlers);
