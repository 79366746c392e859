/** Where Adam stands with one vector of parameters. */
export interface AdamState {
  readonly moment1: Float32Array;
  readonly moment2: Float32Array;
  readonly nSteps: number;
}

/** Losses added up since they were last read. */
export interface LossSums {
  readonly critic: number;
  readonly generator: number;
  readonly marginal: number;
  readonly pair: number;
  readonly nSteps: number;
}

/** What training needs beside the weights to go on as if it had never stopped. */
export interface OptimiserState {
  readonly generator: AdamState;
  readonly critic: AdamState;
  /** Steps that the generator's average has seen. */
  readonly nAveraged: number;
  /** Where the engine can tell them: else the next means are over the steps since. */
  readonly lossSums?: LossSums;
}

/** All trained numbers, flat: enough to go on, or to sample, on any engine. */
export interface GanWeights {
  readonly generator: Float32Array;
  /** Exponential moving average of the generator: what samples are drawn from. */
  readonly average: Float32Array;
  readonly critic: Float32Array;
  /** Without it the optimiser starts afresh. */
  readonly optimiser?: OptimiserState;
}
