import { expect, test } from 'vitest';
import { tinyBatch, tinyTrainer } from './tinyTrainer.ts';

test('a snapshot takes the place of an older one, and holds the weights of now', async () => {
  const trainer = await tinyTrainer();
  const older = trainer.snapshot();
  await trainer.step(tinyBatch([2, 5, 6, 7, 3]), 1e-2);
  const newer = trainer.snapshot(older);
  await trainer.step(tinyBatch([2, 5, 6, 7, 3]), 1e-2);
  const later = trainer.snapshot();
  trainer.restore(newer);
  expect(newer.weights).toBe(older.weights);
  expect(trainer.snapshot()).toEqual(newer);
  expect(later.weights).not.toEqual(newer.weights);
  await trainer.release();
});
