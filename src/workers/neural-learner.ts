import type { AsyncWork } from "../core/progress.ts";
import type { FittedModel, Learner, LearnerId } from "../evaluate/learner.ts";
import type { EngineChoice } from "../gan/gan.types.ts";
import { fitNeural } from "../neural/fit-neural.ts";
import { defaultNeuralParams } from "../neural/neural.params.ts";

/** Larger batches and fewer passes, so that a quick run stays quick. */
const QUICK_NEURAL = { batchSize: 512, maxEpochs: 25, patience: 3 };

/** Softmax regression or the small network, on the engine that was chosen. */
export function neuralLearner(id: LearnerId, choice: EngineChoice, isQuick: boolean): Learner {
  if (id !== "softmax" && id !== "neural") throw new Error(`${id} is not trained here`);
  return {
    id,
    device: { name: choice.engine, reason: choice.why },
    fit: (train, task, random): AsyncWork<FittedModel> =>
      fitNeural(train, task, { ...defaultNeuralParams(id), ...(isQuick ? QUICK_NEURAL : {}) }, random),
  };
}
