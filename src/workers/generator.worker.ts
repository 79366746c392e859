import type { GeneratorData } from "../gan/generator.types.ts";
import { summarise } from "../gan/generator-data.ts";
import { writeGenerator } from "../gan/generator-text.ts";
import { type JobHandlers, serveJobs } from "../rpc/serve.ts";
import type { GeneratorJobs } from "./generator.jobs.ts";
import { openGenerator, sampleGenerator } from "./sample-generator.ts";

let kept: GeneratorData | null = null;

function generator(): GeneratorData {
  if (!kept) throw new Error("no generator was taken over");
  return kept;
}

const handlers: JobHandlers<GeneratorJobs> = {
  take(input) {
    kept = input;
    return summarise(input);
  },
  async open(input) {
    const opened = await openGenerator(input);
    kept = opened;
    return { summary: summarise(opened), generator: opened };
  },
  save: () => new Blob([writeGenerator(generator())], { type: "application/json" }),
  sample: (input) => sampleGenerator(generator(), input),
};

void serveJobs<GeneratorJobs>(self, handlers);
