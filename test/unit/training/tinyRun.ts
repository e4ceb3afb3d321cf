import { createHash } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { writeTinyBase } from './tinyBase.ts';
import { tinySentences } from './tinyData.ts';

interface TinyRun {
  /** To be removed when the test is over. */
  readonly folder: string;
  readonly options: TrainOptions;
}

/** A folder with a tiny base, and the options to train it on sentences that it can learn by heart. */
export async function tinyRun(
  changes: Partial<TrainOptions> = {},
  writeBase: (folder: string) => Promise<void> = writeTinyBase,
): Promise<TinyRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-training-'));
  const base = path.join(folder, 'base');
  await writeBase(base);
  return {
    folder,
    options: {
      task: 'ner',
      base,
      out: path.join(folder, 'models/tiny'),
      train: { task: 'ner', examples: tinySentences(60, 1) },
      epochs: 6,
      batchSize: 8,
      learningRate: 3e-3,
      threads: 1,
      ...changes,
    },
  };
}

/** SHA-256 of a file of a model folder, in hexadecimal; of its weights when none is named. */
export async function hashOf(out: string, name = 'model.safetensors'): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path.join(out, name)))
    .digest('hex');
}
