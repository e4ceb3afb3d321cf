import { expect, it } from 'vitest';
import { relationInput } from '../../../src/model/relationInput.ts';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';

const tokenizer = await loadTokenizer('models/all-MiniLM-L6-v2');

it('leaves a text that fits as it is', () => {
  const text = 'Mutations of @GENE$ cause @DISEASE$ .';
  expect(relationInput(tokenizer, text, 50)).toEqual({ ids: tokenizer.encode(text).ids, cut: false });
});

it('keeps both masked mentions of a text that is too long, wherever they stand', () => {
  const masks = '@GENE$ causes @DISEASE$';
  const kept = tokenizer.encode(masks).ids;
  for (const before of [0, 1, 5, 50]) {
    for (const after of [0, 1, 5, 50]) {
      const text = `${'old '.repeat(before)}${masks}${' new'.repeat(after)}`;
      const { ids } = relationInput(tokenizer, text, 12);
      expect(ids.length).toBeLessThanOrEqual(12);
      expect(ids.join(' ')).toContain(kept.join(' '));
    }
  }
});

it('keeps the first mention when the two are too far apart', () => {
  const text = `${'old '.repeat(20)}@GENE$ ${'far '.repeat(20)}@DISEASE$`;
  const { ids, cut } = relationInput(tokenizer, text, 12);
  expect(cut).toBe(true);
  expect(ids.join(' ')).toContain(tokenizer.encode('@GENE$').ids.join(' '));
});

it('keeps the beginning of a long text without masks', () => {
  const { ids } = relationInput(tokenizer, 'one two three four five', 3);
  expect(ids).toEqual(tokenizer.encode('one two three').ids);
});
