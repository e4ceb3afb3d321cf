import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSentenceEncoder } from '../../../src/process/sentenceEncoder.ts';

const root = path.join(import.meta.dirname, '../../..');

interface GoldenStates {
  readonly cases: readonly { readonly text: string; readonly shipped: { readonly hidden: number[][] } }[];
}

/** The direction of a few numbers: what does not depend on how long the whole vector is. */
function direction(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

describe('the embeddings of sentences', () => {
  test('are the mean of PyTorch’s hidden states, scaled to length 1, whatever else is in the batch', async () => {
    const golden = JSON.parse(
      await readFile(path.join(root, 'test/golden/data/model/encoder.json'), 'utf8'),
    ) as GoldenStates;
    const encoder = await loadSentenceEncoder(path.join(root, 'models/all-MiniLM-L6-v2'));
    const embeddings = await encoder.embed(golden.cases.map(({ text }) => text));
    for (const [index, { shipped }] of golden.cases.entries()) {
      const embedding = embeddings.subarray(index * encoder.width, (index + 1) * encoder.width);
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
      // The golden file has the first eight of each state's numbers.
      const sums =
        shipped.hidden[0]?.map((_, i) => shipped.hidden.reduce((sum, row) => sum + (row[i] ?? 0), 0)) ?? [];
      const wanted = direction(sums);
      direction([...embedding.subarray(0, 8)]).forEach((value, i) =>
        expect(value).toBeCloseTo(wanted[i] ?? 0, 3),
      );
    }
    await encoder.release();
  });
});
