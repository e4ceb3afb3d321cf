import { expect, test } from 'vitest';
import type { Trainer } from '../../../src/training/trainer.ts';
import { copyOfWeights, tinyBatch, tinyTrainer } from './tinyTrainer.ts';

const sequences = [
  [2, 5, 6, 7, 3],
  [2, 9, 3],
  [2, 4, 5, 5, 8, 10, 3],
];

function gradientsOf({ layout, weights }: Trainer): number[] {
  return layout.parameters.flatMap((parameter) => [
    ...(weights.gradientTensor(parameter).data as Float32Array),
  ]);
}

/** How far apart two lists are, as a share of the length of the first. */
function difference(left: readonly number[], right: readonly number[]): number {
  return Math.hypot(...left.map((x, i) => x - (right[i] as number))) / Math.hypot(...left);
}

test('batches of unlike sizes together step as the one large batch does', async () => {
  const [large, small] = [await tinyTrainer(), await tinyTrainer({ accumulate: 2 })];
  const cut = [sequences.slice(0, 2), sequences.slice(2)].map((part) => tinyBatch(...part));
  for (let step = 0; step < 5; step++) {
    const whole = await large.step(tinyBatch(...sequences), 1e-3);
    const parts = await small.accumulatedStep(cut, 1e-3);
    expect(parts.loss).toBeCloseTo(whole.loss, 5);
    expect(parts.gradientNorm).toBeCloseTo(whole.gradientNorm, 4);
    expect(difference(gradientsOf(large), gradientsOf(small))).toBeLessThan(1e-4);
  }
  const [wholeWeights, partWeights] = [copyOfWeights(large), copyOfWeights(small)];
  expect(difference([...wholeWeights.weights], [...partWeights.weights])).toBeLessThan(1e-5);
  expect(difference([...wholeWeights.embeddings], [...partWeights.embeddings])).toBeLessThan(1e-5);
  await large.release();
  await small.release();
});
