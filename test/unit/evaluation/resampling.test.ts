import { expect, test } from 'vitest';
import { bootstrapF1, countsOf } from '../../../src/evaluation/resampling.ts';

const right = { correct: 1, predicted: 1, gold: 1 };
const wrong = { correct: 0, predicted: 1, gold: 1 };

test('a resample has as many units as there are', () => {
  // The median of resamples of two units: 0, 1/2 (most often) or 1. Three draws could give no half.
  const options = { resamples: 1001, seed: 1, level: 0 };
  expect(bootstrapF1(countsOf([right, wrong]), options)).toEqual([0.5, 0.5]);
});

test('the interval of equal units is their score, and without units or resamples it is empty', () => {
  const options = { resamples: 100, seed: 1, level: 0.95 };
  expect(bootstrapF1(countsOf([right, right]), options)).toEqual([1, 1]);
  expect(bootstrapF1(countsOf([]), options)).toEqual([0, 0]);
  expect(bootstrapF1(countsOf([right]), { ...options, resamples: 0 })).toEqual([0, 0]);
});
