import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compileKernel } from '../../../scripts/buildKernel.ts';
import { gaussian, seededRandom } from '../../../src/foundation/random.ts';
import { adamwKernel, floatMemory } from '../../../src/training/kernel/adamw.ts';
import { adamwStep, clippingScale } from '../../../src/training/optimizer.ts';
import { referenceAdamW } from './referenceAdamW.ts';

const count = 64;
const regions = { weight: 0, gradient: count, mean: 2 * count, square: 3 * count };

test('the committed kernel is what its source compiles to', async () => {
  const committed = path.join(import.meta.dirname, '../../../src/training/kernel/adamwKernel.ts');
  expect(await readFile(committed, 'utf8')).toBe(await compileKernel());
});

test.each([true, false])(
  'AdamW in WebAssembly follows the formula in double precision (decay: %s)',
  (decays) => {
    const { memory, floats } = floatMemory(4 * count);
    const kernel = adamwKernel(memory);
    const random = seededRandom(3);
    for (let i = 0; i < count; i++) floats[i] = gaussian(random);
    const reference = referenceAdamW(floats.slice(0, count));
    for (let step = 1; step <= 30; step++) {
      const gradient = Float64Array.from({ length: count }, () => gaussian(random));
      floats.set(gradient, regions.gradient);
      const update = { step, learningRate: 0.01, weightDecay: 0.1, gradientScale: 0.5 };
      kernel.adamw(regions, count, adamwStep(update, decays));
      reference.update(gradient, { ...update, weightDecay: decays ? 0.1 : 0 });
    }
    for (const [i, value] of reference.weights.entries()) expect(floats[i]).toBeCloseTo(value, 5);
  },
);

test('the squared norm covers the stretch it is given and no more', () => {
  const { memory, floats } = floatMemory(4 * count);
  floats.fill(1, 0, 8).fill(3, 8, 16).fill(100, 16);
  expect(adamwKernel(memory).squaredNorm(0, 16)).toBe(8 + 8 * 9);
});

test('large gradients are scaled to the norm wanted, small ones left alone', () => {
  expect(clippingScale(0.5, 1)).toBe(1);
  expect(clippingScale(10, 1) * 10).toBeCloseTo(1, 5);
});
