import { trainingDefaults } from '../src/project/trainingOptions.ts';
import { fixedHyperparameters } from '../src/training/setup.ts';

/** What two sides train with alike. Dropout and its rates are the checkpoint's. */
export interface Recipe {
  readonly batchSize: number;
  readonly maxLength: number;
  readonly weightDecay: number;
  readonly clipping: number;
  readonly learningRate: number;
  readonly epochs: number;
}

/** Our defaults. */
export function recipeOf(task: 'ner' | 're', epochs: number): Recipe {
  const { batchSize, maxLength, learningRate } = trainingDefaults;
  return { batchSize, maxLength, ...fixedHyperparameters, learningRate: learningRate[task], epochs };
}
