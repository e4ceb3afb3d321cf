import { expect, test } from 'vitest';
import { measuredOn } from '../../../src/tasks/measuredOn.ts';

const run = '/w/synthetic/one/accepted.jsonl';

test.each([
  [[run], undefined, 'synthetic texts'],
  [[run, 'accepted.jsonl'], undefined, 'synthetic texts'],
  [[run, '/w/train.bio'], undefined, 'partly synthetic texts'],
  [['/w/train.bio'], undefined, 'a part of the training texts'],
  [[run], ['/w/dev.bio', '/w/more.ann'], 'dev.bio, more.ann'],
  [['/w/train.bio'], [run], 'synthetic texts'],
  [[], undefined, 'a part of the training texts'],
] as const)('F1 of training on %j with dev files %j is on %s', (train, dev, words) => {
  expect(measuredOn({ train, dev })).toBe(words);
});
