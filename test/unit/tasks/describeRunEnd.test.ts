import { expect, test } from 'vitest';
import { describeRunEnd } from '../../../src/tasks/describeRunEnd.ts';

const balance = [
  '  9 texts',
  '! Gene: 0 mentions of 0 names in 0 texts',
  '  progress note: 8 %',
  '! case report: 0 %',
];
const saved = { shown: 'synthetic/run', spent: '', balance: [] };

test('the end of a run is told with its cost and the first thing that is not as asked', () => {
  const result = { accepted: 9, rejected: 1, rejectedByReason: { duplicate: 1 } };
  expect(describeRunEnd(result, saved)).toBe('9 notes accepted, 1 rejected. Saved in synthetic/run.');
  expect(describeRunEnd(result, { ...saved, spent: '0.02 USD spent', balance })).toBe(
    '9 notes accepted, 1 rejected. Saved in synthetic/run. 0.02 USD spent. ' +
      'Different from the request: Gene: 0 mentions of 0 names in 0 texts; 1 more in the log.',
  );
  expect(describeRunEnd(result, { ...saved, balance: balance.slice(0, 3) })).toMatch(/in 0 texts\.$/);
});

test('the end of a run of which little is left names why most was refused, and nothing of a balance of nothing', () => {
  const result = { accepted: 0, rejected: 7, rejectedByReason: { duplicate: 2, 'seed-absent': 5 } };
  expect(describeRunEnd(result, { ...saved, balance })).toBe(
    '0 notes accepted, 7 rejected. Saved in synthetic/run. The most frequent reason for rejection is seed-absent (5).',
  );
});
