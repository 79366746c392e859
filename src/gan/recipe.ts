/** Adam (Kingma and Ba 2015) as WGAN-GP uses it. */
export const ADAM = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 } as const;
/** Of the generator alone. */
export const WEIGHT_DECAY = 1e-6;

const MAX_AVERAGE_DECAY = 0.995;

/** Share of itself that the averaged generator keeps at a step, counted from 0. */
export const averageDecay = (step: number): number => Math.min(MAX_AVERAGE_DECAY, (1 + step) / (10 + step));

/** Share of the excess of a level's frequency that a round of calibration takes away. */
export const CALIBRATION_RATE = 0.7;

/** Weight of the gradient penalty (Gulrajani et al. 2017). */
export const PENALTY_WEIGHT = 10;

/** Frequencies below this count as this much, so that the rarest levels do not rule the marginal loss. */
export const MIN_FREQUENCY = 0.001;
