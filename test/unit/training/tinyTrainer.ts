import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from '../../../src/foundation/random.ts';
import { makeBatch, type Batch } from '../../../src/training/sequenceBatches.ts';
import { loadCheckpoint } from '../../../src/training/checkpoint.ts';
import { Trainer, type TrainerOptions, type Weights } from '../../../src/training/trainer.ts';
import { tinyConfig, writeTinyBase } from './tinyBase.ts';

/** A trainer with the tiny base's weights and a head of three labels; nothing is dropped. */
export async function tinyTrainer(options: Partial<TrainerOptions> = {}): Promise<Trainer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-trainer-'));
  try {
    await writeTinyBase(folder);
    const config = { ...tinyConfig, hiddenDropout: 0, attentionDropout: 0 };
    const trainer = await Trainer.create({
      config,
      head: { kind: 'tokens', labels: 3 },
      largest: { sequences: 8, length: 8 },
      weightDecay: 0.01,
      clipping: 1,
      seed: 1,
      threads: 1,
      ...options,
    });
    const { layout, weights, embeddings } = trainer;
    const targets = { layout, values: weights.values, tables: embeddings.tables };
    await loadCheckpoint(folder, config, targets, seededRandom(1));
    return trainer;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A copy of all weights. */
export function copyOfWeights({ weights, embeddings }: Trainer): Weights {
  embeddings.settle();
  return { weights: weights.values.slice(), embeddings: embeddings.values.slice() };
}

/** Sequences of these words, whose labels are their remainders by three. */
export function tinyBatch(...sequences: readonly (readonly number[])[]): Batch {
  return makeBatch(
    sequences.map((ids) => ({ ids, labels: ids.map((id) => id % 3) })),
    'tokens',
    0,
  );
}
