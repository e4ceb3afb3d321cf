/** What training does when it isn't told otherwise. */
export const trainingDefaults = {
  batchSize: 16,
  learningRate: 2e-4,
  seed: 1,
  /** In tokens, [CLS] and [SEP] included. Longer sentences are read in windows. */
  maxLength: 128,
  weightDecay: 0.01,
  /** Largest norm of all gradients together. */
  clipping: 1,
} as const;

/** Updates that a small set needs all the same; a large one gets there in a few epochs. */
const wantedSteps = 1200;
const fewestEpochs = 4;
const mostEpochs = 12;

/** How many times to go through the training data when nobody said. */
export function defaultEpochs(stepsPerEpoch: number): number {
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(wantedSteps / stepsPerEpoch)));
}
