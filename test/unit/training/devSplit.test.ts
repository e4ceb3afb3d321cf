import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { splitDev } from '../../../src/training/devSplit.ts';
import { taskData } from '../../../src/training/taskData.ts';
import { example } from './tinyData.ts';

function notes(...sizes: readonly number[]) {
  const examples = sizes.flatMap((size, note) =>
    Array.from({ length: size }, (_, i) => example(`note ${note}`, `gout/B-Disease`, `a${i}`)),
  );
  return taskData({ task: 'ner', examples });
}

describe('the dev part', () => {
  test('is a tenth of the examples, in whole documents', () => {
    const { train, dev } = splitDev(notes(...Array.from({ length: 50 }, () => 4)), 1);
    expect(dev.groups).toHaveLength(20);
    expect(train.groups).toHaveLength(180);
    const inTrain = new Set(train.groups);
    expect(dev.groups.filter((group) => inTrain.has(group))).toEqual([]);
  });

  test('is the same for the same seed and another for another', () => {
    const data = notes(...Array.from({ length: 50 }, () => 4));
    expect(splitDev(data, 1).dev.groups).toEqual(splitDev(data, 1).dev.groups);
    expect(splitDev(data, 1).dev.groups).not.toEqual(splitDev(data, 2).dev.groups);
  });

  test('passes over a document that is far too large', () => {
    expect(splitDev(notes(90, 5, 5), 1).dev.groups.length).toBeLessThanOrEqual(10);
    expect(new Set(splitDev(notes(90, 5, 5), 2).dev.groups).has('note 0')).toBe(false);
  });

  test.each([[[100]], [[50, 50]], [[2]]])('is single sentences when documents are %j', (sizes) => {
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const { train, dev } = splitDev(notes(...sizes), 1);
    expect(dev.groups).toHaveLength(Math.max(1, total / 10));
    expect(train.groups).toHaveLength(total - dev.groups.length);
  });

  test('of relation rows keeps equal sentences together', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ text: `sentence ${i % 20}`, label: String(i % 2) }));
    const { train, dev } = splitDev(taskData({ task: 're', rows }), 1);
    expect(dev.groups).toHaveLength(4);
    expect(train.groups.filter((group) => dev.groups.includes(group))).toEqual([]);
  });

  test('cannot be split off one sentence', () => {
    expect(() => splitDev(notes(1), 1)).toThrow(UserError);
  });
});
