import { expect, test } from 'vitest';
import { broadcastShape, lastLength } from '../../../src/training/graph/value.ts';

test.each([
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3], [2, 3]],
  [[3], [2, 3], [2, 3]],
  [
    [4, 1, 3],
    [2, 1],
    [4, 2, 3],
  ],
  [
    ['batch', 1, 8],
    ['length', 8],
    ['batch', 'length', 8],
  ],
  [[], [5], [5]],
])('shapes %j and %j, element by element, make %j', (left, right, both) => {
  expect(broadcastShape(left, right)).toEqual(both);
  expect(broadcastShape(right, left)).toEqual(both);
});

test('the last dimension of a value must be a known length', () => {
  const value = { dtype: 'float32', differentiable: false } as const;
  expect(lastLength({ ...value, shape: ['batch', 8] })).toBe(8);
  expect(() => lastLength({ ...value, shape: [8, 'length'] })).toThrow(RangeError);
});
