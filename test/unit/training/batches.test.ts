import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/foundation/random.ts';
import { epochBatches, makeBatch } from '../../../src/training/sequenceBatches.ts';
import { ignoredLabel } from '../../../src/training/operators/crossEntropy.ts';

const lengths = Array.from({ length: 1000 }, (_, i) => 5 + ((i * 37) % 90));

describe('an epoch’s batches', () => {
  test('hold every sequence once, as many a batch as asked', () => {
    const batches = epochBatches(lengths, 16, seededRandom(1));
    expect(batches).toHaveLength(Math.ceil(lengths.length / 16));
    expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
    expect(batches.filter((batch) => batch.length !== 16)).toHaveLength(1);
  });

  test('hold sequences of like length', () => {
    const spreads = epochBatches(lengths, 16, seededRandom(1)).map((batch) => {
      const own = batch.map((i) => lengths[i] as number);
      return Math.max(...own) - Math.min(...own);
    });
    expect(Math.max(...spreads)).toBeLessThan(10);
  });

  test('are the same for the same seed, and differ between epochs', () => {
    expect(epochBatches(lengths, 16, seededRandom(4))).toEqual(epochBatches(lengths, 16, seededRandom(4)));
    const random = seededRandom(4);
    expect(epochBatches(lengths, 16, random)).not.toEqual(epochBatches(lengths, 16, random));
  });
});

test('shorter sequences are padded at the end, and padding has no label', () => {
  const batch = makeBatch(
    [
      { ids: [2, 5, 3], labels: [ignoredLabel, 1, ignoredLabel] },
      { ids: [2, 3], labels: [ignoredLabel, ignoredLabel] },
    ],
    'tokens',
    9,
  );
  expect([...batch.ids]).toEqual([2, 5, 3, 2, 3, 9]);
  expect([...batch.attentionMask]).toEqual([1n, 1n, 1n, 1n, 1n, 0n]);
  expect([...batch.labels].map((label) => label === 1n)).toEqual([false, true, false, false, false, false]);
  expect(batch).toMatchObject({ sequences: 2, length: 3, lengths: [3, 2], labelled: 1 });
});

test('a sequence head has one label a sequence', () => {
  const batch = makeBatch(
    [
      { ids: [2, 5, 3], labels: [1] },
      { ids: [2, 3], labels: [0] },
    ],
    'sequence',
    0,
  );
  expect([...batch.labels]).toEqual([1n, 0n]);
  expect(batch.labelled).toBe(2);
});
