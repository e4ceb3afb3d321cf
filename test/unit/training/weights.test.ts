import { expect, test } from 'vitest';
import { makeBatch } from '../../../src/training/sequenceBatches.ts';
import { labelWeights } from '../../../src/training/labelCounts.ts';
import { taskData } from '../../../src/training/taskData.ts';
import { example } from './tinyData.ts';
import { tinyBatch, tinyTrainer } from './tinyTrainer.ts';

const [first, second] = [
  [2, 5, 6, 7, 3],
  [2, 9, 3],
] as const;
const labelled = (ids: readonly number[], weight: number) => ({
  ids,
  labels: ids.map((id) => id % 3),
  weight,
});

test('a sentence of weight 2 teaches what the same sentence twice does', async () => {
  const trainer = await tinyTrainer();
  const gradients = async (batch: ReturnType<typeof makeBatch>) => {
    const loss = await trainer.gradients(batch);
    return { loss, norm: trainer.weights.squaredNorm() };
  };
  const twice = await gradients(tinyBatch(first, first, second));
  const weighted = await gradients(makeBatch([labelled(first, 2), labelled(second, 1)], 'tokens', 0));
  const once = await gradients(tinyBatch(first, second));
  expect(weighted.loss).toBeCloseTo(twice.loss, 5);
  expect(weighted.norm / twice.norm).toBeCloseTo(1, 4);
  expect(once.loss).not.toBeCloseTo(twice.loss, 3);
  await trainer.release();
});

test('the weights of a batch are counted over the labels that are not ignored', () => {
  const batch = makeBatch([labelled(first, 0.5), labelled(second, 2)], 'tokens', 0);
  expect(batch.labelled).toBe(0.5 * 5 + 2 * 3);
  expect([...batch.weights]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 2, 2, 2, 0, 0]);
});

test('examples keep their weight when a part is split off', () => {
  const examples = [example('a', 'no', 'gout/B-Disease'), { ...example('b', 'gout/B-Disease'), weight: 3 }];
  const part = taskData({ task: 'ner', examples }).select([1]);
  const tokenizer = {
    clsId: 2,
    sepId: 3,
    encodeWords: (words: readonly string[]) => ({
      ids: words.map(() => 5),
      wordIndex: words.map((_, i) => i),
    }),
  } as unknown as Parameters<typeof part.encode>[0]['tokenizer'];
  const { sequences } = part.encode({ tokenizer, labels: ['O', 'B-Disease', 'I-Disease'], capacity: 10 });
  expect(sequences.map(({ weight }) => weight)).toEqual([3]);
});

test('each label counts as much as its weight says, times that of its sentence', () => {
  const batch = makeBatch([{ ids: [2, 5, 3], labels: [0, 1, 2], weight: 2 }], 'tokens', 0, [1, 10, 10]);
  expect([...batch.weights]).toEqual([2, 20, 20]);
  expect(batch.labelled).toBe(42);
});

test('the weight of a type is that of its B- and I- labels', () => {
  const labels = ['O', 'B-Chemical', 'I-Chemical', 'B-Disease', 'I-Disease'];
  expect(labelWeights(labels, { Disease: 2, O: 0.5 })).toEqual([0.5, 1, 1, 2, 2]);
  expect(labelWeights(['0', '1'], { 1: 3 })).toEqual([1, 3]);
  expect(() => labelWeights(labels, { Gene: 2 })).toThrow(/"Gene" is not a label/u);
  expect(labelWeights(['constructor', 'O'], { O: 2 })).toEqual([1, 2]);
});
