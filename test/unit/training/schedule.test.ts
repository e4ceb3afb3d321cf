import { expect, test } from 'vitest';
import { learningRateAt } from '../../../src/training/optimizer.ts';

test('the learning rate rises over a tenth of the steps to its peak, then falls to nearly nothing', () => {
  const rates = Array.from({ length: 100 }, (_, step) => learningRateAt(step, 100, 1));
  expect(rates[0]).toBeCloseTo(0.1);
  expect(rates[9]).toBe(1);
  expect(rates.indexOf(Math.max(...rates))).toBe(9);
  expect(rates.at(-1)).toBeCloseTo(1 / 91);
  for (let step = 10; step < 100; step++) expect(rates[step]).toBeLessThan(rates[step - 1] as number);
});

test('a run of one step learns at the peak', () => {
  expect(learningRateAt(0, 1, 0.5)).toBe(0.5);
});
