import { expect, it } from 'vitest';
import { relationInput } from '../../../src/model/relationInput.ts';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import { relationCandidates } from '../../../src/project/relationCandidates.ts';
import { relationDocument, schemaOf } from '../project/relationDocument.ts';

const tokenizer = await loadTokenizer('models/all-MiniLM-L6-v2');

function idsOf(text: string): string {
  return tokenizer.encode(text).ids.join(' ');
}

it('leaves a text that fits as it is', () => {
  const text = 'Mutations of @GENE$ cause @DISEASE$ .';
  expect(relationInput(tokenizer, { text }, 50)).toEqual({ ids: tokenizer.encode(text).ids, cut: false });
});

it('keeps both masked mentions of a text that is too long, wherever they stand', () => {
  const masks = '@GENE$ causes @DISEASE$';
  for (const before of [0, 1, 5, 50]) {
    for (const after of [0, 1, 5, 50]) {
      const text = `${'old '.repeat(before)}${masks}${' new'.repeat(after)}`;
      const { ids } = relationInput(tokenizer, { text }, 12);
      expect(ids.length).toBeLessThanOrEqual(12);
      expect(ids.join(' ')).toContain(idsOf(masks));
    }
  }
});

it('keeps both marked mentions of a text that is too long', () => {
  const document = relationDocument(
    `${'old '.repeat(60)} [BRCA1|Gene] causes [breast cancer|Disease] ${'new '.repeat(60)}`,
  );
  const [candidate] = relationCandidates(document, { ...schemaOf('a Gene Disease'), input: 'marker' });
  const { ids, cut } = relationInput(tokenizer, candidate?.row ?? { text: '' }, 30);
  expect(cut).toBe(true);
  expect(ids).toHaveLength(30);
  expect(ids.join(' ')).toContain(idsOf('@ * gene * BRCA1 @ causes # ^ disease ^ breast cancer #'));
});

it('keeps both mentions and leaves out the middle when they are too far apart', () => {
  const text = `${'old '.repeat(20)}@GENE$ ${'far '.repeat(20)}@DISEASE$${' new'.repeat(20)}`;
  const { ids, cut } = relationInput(tokenizer, { text }, 12);
  expect(cut).toBe(true);
  expect(ids.join(' ')).toBe(idsOf('@GENE$ far far far far far far @DISEASE$'));
});

it('keeps the beginning of a long text without masks', () => {
  const { ids } = relationInput(tokenizer, { text: 'one two three four five' }, 3);
  expect(ids).toEqual(tokenizer.encode('one two three').ids);
});

it('shows markers in signs that the vocabulary has', () => {
  const [unknown] = tokenizer.encode('\u{12000}').ids;
  const { ids } = tokenizer.encode('@ * gene * # ^ disease ^');
  expect(ids).toHaveLength(8);
  expect(ids).not.toContain(unknown);
});
