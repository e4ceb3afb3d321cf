import { describe, expect, test } from 'vitest';
import { gaussian, randomInteger, seededRandom } from '../../../src/foundation/random.ts';
import { makeBatch } from '../../../src/training/sequenceBatches.ts';
import { Embeddings } from '../../../src/training/embeddings.ts';
import { learningRateAt } from '../../../src/training/optimizer.ts';
import { referenceAdamW } from './referenceAdamW.ts';
import { tinyConfig } from './tinyBase.ts';

const config = { ...tinyConfig, hiddenSize: 4, vocabSize: 50, maxPositions: 8 };
const positionsAt = 50;
const typesAt = 58;
const rows = 60;

function batchOf(...ids: readonly (readonly number[])[]) {
  return makeBatch(
    ids.map((own) => ({ ids: own, labels: [0] })),
    'sequence',
    0,
  );
}

describe('embeddings outside the graph', () => {
  test('a token’s embedding is the sum of its word’s, its position’s and the first type’s', () => {
    const embeddings = new Embeddings(config, 100);
    for (const [i] of embeddings.values.entries()) embeddings.values[i] = Math.floor(i / 4);
    const target = new Float32Array(4 * 4);
    embeddings.gather(batchOf([7, 9], [11]), target);
    const sums = [7 + positionsAt + typesAt, 9 + positionsAt + 1 + typesAt, 11 + positionsAt + typesAt, 0];
    expect([...target]).toEqual(sums.flatMap((sum) => [sum, sum, sum, sum]));
  });

  test('the gradient of a word is the sum over its tokens; padding has none', () => {
    const embeddings = new Embeddings(config, 100);
    embeddings.setGradient(batchOf([7, 7], [7]), new Float32Array(4 * 4).fill(1));
    // Word 7 and the type: 3 each; position 0: 2; position 1: 1; in each of 4 columns.
    expect(embeddings.squaredNorm()).toBe(4 * (9 + 9 + 4 + 1));
  });

  test('rows left out for long end as if every row were updated at every step', () => {
    const steps = 600;
    const random = seededRandom(5);
    const embeddings = new Embeddings(config, 100);
    for (const [i] of embeddings.values.entries()) embeddings.values[i] = gaussian(random);
    const dense = referenceAdamW(embeddings.values);
    for (let step = 1; step <= steps; step++) {
      // Rare words: some come every few steps, some every few hundred, some never.
      const words = Array.from({ length: 3 }, () => Math.floor(45 * random() ** 6));
      if (step === 10 || step === 590) words.push(49);
      const batch = batchOf(words);
      embeddings.gather(batch, new Float32Array(words.length * 4));
      const gradient = Float32Array.from({ length: words.length * 4 }, () => gaussian(random));
      embeddings.setGradient(batch, gradient);
      const update = {
        step,
        learningRate: learningRateAt(step - 1, steps, 0.01),
        weightDecay: 0.1,
        gradientScale: 0.5 + randomInteger(random, 2) / 2,
      };
      embeddings.update(update);
      const full = new Float64Array(rows * 4);
      for (const [token, word] of words.entries()) {
        for (const row of [word, positionsAt + token, typesAt]) {
          for (let i = 0; i < 4; i++) {
            full[row * 4 + i] = (full[row * 4 + i] as number) + (gradient[token * 4 + i] as number);
          }
        }
      }
      dense.update(full, update);
    }
    embeddings.settle();
    for (const [i, wanted] of dense.weights.entries()) {
      expect(Math.abs((embeddings.values[i] as number) - wanted)).toBeLessThan(2e-5);
    }
  });
});
