import { expect, test } from 'vitest';
import { counted, grouped, percent, plural } from '../../../src/foundation/numbers.ts';

test('a fraction is shown as a percentage with one digit', () => {
  expect([0, 0.7541, 1].map(percent)).toEqual(['0.0%', '75.4%', '100.0%']);
});

test('large numbers are grouped by thousands', () => {
  expect([999, 13_589, 1_000_000].map(grouped)).toEqual(['999', '13,589', '1,000,000']);
});

test('only a count of one has the singular', () => {
  expect([0, 1, 2000].map((count) => counted(count, 'text'))).toEqual(['0 texts', '1 text', '2,000 texts']);
  expect(counted(3, 'batch', 'batches')).toBe('3 batches');
  expect([1, 2].map((count) => plural(count, 'was', 'were'))).toEqual(['was', 'were']);
});
