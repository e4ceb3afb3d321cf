import { expect, test } from 'vitest';
import { Trainer } from '../../../src/training/trainer.ts';
import { tinyConfig } from './tinyBase.ts';
import { tinyBatch } from './tinyTrainer.ts';

test('a step leaves no copies of the gradients to the garbage collector', async () => {
  const trainer = await Trainer.create({
    config: { ...tinyConfig, intermediateSize: 2 ** 17 },
    head: { kind: 'tokens', labels: 3 },
    largest: { sequences: 1, length: 4 },
    weightDecay: 0,
    clipping: 1,
    seed: 1,
    threads: 1,
  });
  const before = process.memoryUsage().arrayBuffers;
  await trainer.step(tinyBatch([2, 5, 6, 3]), 1e-3);
  const gradientBytes = 4 * trainer.layout.size;
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(gradientBytes / 2);
  await trainer.release();
});
