/** What training does when it isn't told otherwise. */
export const trainingDefaults = {
  batchSize: 16,
  /**
   * By task; chosen with the shipped encoder on parts of the training data of NCBI-disease and GAD. Entities:
   * 1e-4 to 3e-4 are equally good, 4e-4 is worse on few sentences. Relations: 5e-5 and 1e-4 are equally good;
   * at 2e-4 the sequence head collapses to one label.
   */
  learningRate: { ner: 2e-4, re: 5e-5 },
  seed: 1,
  /** In tokens, [CLS] and [SEP] included. Longer sentences are read in windows. */
  maxLength: 128,
  weightDecay: 0.01,
  /** Largest norm of all gradients together. */
  clipping: 1,
} as const;

/** Updates to aim at: 800 sentences go on getting better for a dozen epochs, 5,000 for three or four. */
const wantedSteps = 1200;
const fewestEpochs = 4;
const mostEpochs = 12;

/** How many times to go through the training data when nobody said. */
export function defaultEpochs(stepsPerEpoch: number): number {
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(wantedSteps / stepsPerEpoch)));
}
