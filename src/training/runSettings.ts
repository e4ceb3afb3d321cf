import { createHash } from 'node:crypto';
import { trainingOptions } from '../project/trainingOptions.ts';
import type { TrainOptions } from './trainOptions.ts';
import type { RunSettings } from './savedRun.ts';
import type { Setup } from './setup.ts';
import { fingerprint } from './taskData.ts';

/** All settings that affect the result of a run. It can only be resumed with the same settings. */
export function runSettings(options: TrainOptions, setup: Setup): RunSettings {
  const { config, encodedTrain, encoding, labelWeights, parts, plan, seed } = setup;
  const hash = createHash('sha256');
  for (const { ids, labels, weight } of encodedTrain.sequences) {
    hash.update(`${ids.join()};${labels.join()};${weight}\n`);
  }
  return {
    task: options.task,
    ...recorded({ ...options, ...plan, seed, labelWeights: labelWeights.join(' ') }),
    labels: encoding.labels.join(' '),
    'training data': fingerprint(parts.train),
    'dev data': fingerprint(parts.dev),
    'base encoder': createHash('sha256').update(JSON.stringify(config)).digest('hex'),
    'tokens and weights of the training data': hash.digest('hex'),
  };
}

type OptionName = keyof typeof trainingOptions;
type Recorded = {
  [K in OptionName]: (typeof trainingOptions)[K] extends { recordedAs: string } ? K : never;
}[OptionName];

/** The options that are recorded, by their names in the saved state. */
function recorded(chosen: { readonly [K in Recorded]?: number | string }): RunSettings {
  return Object.fromEntries(
    Object.entries(trainingOptions).flatMap(([name, option]) =>
      'recordedAs' in option ? [[option.recordedAs, chosen[name as Recorded] ?? 'none']] : [],
    ),
  );
}
