/** What cannot be chosen. `clipping` is the largest norm of all gradients together. */
export const fixedHyperparameters = { weightDecay: 0.01, clipping: 1 } as const;

/** Updates to aim at: 800 sentences go on getting better for a dozen epochs, 5,000 for three or four. */
const wantedSteps = 1200;
const fewestEpochs = 4;
const mostEpochs = 12;

/** How many times to go through the training data if nobody chose. */
export function defaultEpochs(stepsPerEpoch: number): number {
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(wantedSteps / stepsPerEpoch)));
}
