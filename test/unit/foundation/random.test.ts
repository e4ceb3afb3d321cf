import { describe, expect, test } from 'vitest';
import { gaussian, pick, resumableRandom, seededRandom, shuffled } from '../../../src/foundation/random.ts';

describe('seeded random numbers', () => {
  test('repeat for the same seed and differ for another', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, random);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('shuffling keeps every item and does not change the list', () => {
    const items = [1, 2, 3, 4, 5, 6];
    const copy = shuffled(seededRandom(1), items);
    expect(items).toEqual([1, 2, 3, 4, 5, 6]);
    expect(copy).not.toEqual(items);
    expect(copy.sort((a, b) => a - b)).toEqual(items);
  });

  test('normal deviates have mean 0 and variance 1', () => {
    const random = seededRandom(3);
    const draws = Array.from({ length: 20_000 }, () => gaussian(random));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  test('another generator with the same state continues the sequence', () => {
    const first = resumableRandom(5);
    for (let i = 0; i < 10; i++) first.next();
    const second = resumableRandom(0);
    second.state = first.state;
    expect(second.next()).toBe(first.next());
  });

  test('nothing can be picked from an empty list', () => {
    expect(() => pick(seededRandom(1), [])).toThrow(RangeError);
  });
});
