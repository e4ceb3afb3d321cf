import { createHash } from 'node:crypto';
import type { TrainOptions } from './options.ts';
import type { RunSettings } from './savedRun.ts';
import type { Setup } from './setup.ts';
import { fingerprint } from './taskData.ts';

/** All that decides what a run ends with: a run may only go on with the same. */
export function runSettings(options: TrainOptions, setup: Setup): RunSettings {
  const { config, encodedTrain, encoding, parts, plan, seed } = setup;
  const hash = createHash('sha256');
  for (const { ids, labels, weight } of encodedTrain.sequences) {
    hash.update(`${ids.join()};${labels.join()};${weight}\n`);
  }
  return {
    task: options.task,
    epochs: plan.epochs,
    'batch size': plan.batchSize,
    'batches of an update': plan.accumulate,
    'learning rate': plan.learningRate,
    'longest sequence': plan.maxLength,
    seed,
    'frozen layers': options.freeze ?? 'none',
    patience: options.patience ?? 'none',
    'steps between savings': options.saveEvery ?? 'none',
    'label weights': setup.labelWeights.join(' '),
    labels: encoding.labels.join(' '),
    'training data': fingerprint(parts.train),
    'dev data': fingerprint(parts.dev),
    'base encoder': createHash('sha256').update(JSON.stringify(config)).digest('hex'),
    'tokens and weights of the training data': hash.digest('hex'),
  };
}
