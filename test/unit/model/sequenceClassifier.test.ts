import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/foundation/userError.ts';
import {
  type Classification,
  loadSequenceClassifier,
  type SequenceClassifier,
} from '../../../src/model/sequenceClassifier.ts';
import { writeTinyModel } from './tinyModel.ts';

const model = {
  kind: 'sequences',
  labels: ['0', '1'],
  tokens: { causes: [0, 2], not: [5, 0], gene: [0, 0], disease: [0, 0], '@': [0, 0], $: [0, 0], far: [9, 0] },
} as const;

function classify(classifier: SequenceClassifier, texts: readonly string[]): Promise<Classification[]> {
  return classifier.classify(texts.map((text) => ({ text })));
}

describe('a sequence classifier', () => {
  it('gives each text its most probable label with its probability', async () => {
    const classifier = await loadSequenceClassifier(await writeTinyModel(model));
    const results = await classify(classifier, [
      '@GENE$ causes @DISEASE$',
      '@GENE$ causes not @DISEASE$',
      '',
    ]);
    expect(results.map(({ label, cut }) => ({ label, cut }))).toEqual([
      { label: '1', cut: false },
      { label: '0', cut: false },
      { label: '0', cut: false },
    ]);
    expect(results[0]?.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    expect(results[1]?.score).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
    await classifier.release();
  });

  it('keeps the order of many texts of all lengths', async () => {
    const classifier = await loadSequenceClassifier(await writeTinyModel(model));
    const texts = Array.from(
      { length: 1200 },
      (_, i) => `${'gene '.repeat(i % 17)}${i % 2 === 0 ? 'causes' : 'not'}`,
    );
    const results = await classify(classifier, texts);
    expect(results.map(({ label }) => label)).toEqual(texts.map((_, i) => (i % 2 === 0 ? '1' : '0')));
    await classifier.release();
  });

  it('cuts a text that is too long around its mentions, and says so', async () => {
    const classifier = await loadSequenceClassifier(await writeTinyModel({ ...model, maxPositions: 15 }));
    const text = `${'far '.repeat(20)}@GENE$ gene causes causes gene gene @DISEASE$${' far'.repeat(20)}`;
    const [result] = await classify(classifier, [text]);
    // 13 tokens fit: the 11 from mask to mask, and one of the others on either side.
    expect(result).toMatchObject({ label: '0', cut: true });
    expect(result?.score).toBeCloseTo(1 / (1 + Math.exp(4 - 18)), 8);
    await classifier.release();
  });

  it('stops when it is cancelled', async () => {
    const classifier = await loadSequenceClassifier(await writeTinyModel(model));
    await expect(classifier.classify([{ text: 'gene' }], { signal: AbortSignal.abort() })).rejects.toThrow(
      CancelledError,
    );
    await classifier.release();
  });
});
