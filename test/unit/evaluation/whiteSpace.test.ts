import { expect, test } from 'vitest';
import { type Document, plainDocument } from '../../../src/corpus/document.ts';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import { markedDocument } from './sampleDocuments.ts';

function marked(text: string, mentions: readonly string[]): Document {
  return markedDocument(
    'd',
    text,
    mentions.map((mention) => [mention, 'Disease']),
  );
}

test('the nearest mention is the same, however wide the blanks between the words are', () => {
  const text = 'a b c dddd eeee';
  const gold = marked(text, ['a b c dddd', 'dddd eeee']);
  // Without blanks it is 4 characters from the first and 3 from the second; with them 5 and 6.
  const boundary = (predicted: Document) =>
    evaluateMentions([gold], [predicted], { created: '2026-11-30T00:00:00Z', resamples: 10 })
      .errors.filter(({ kind }) => kind === 'boundary')
      .map((error) => error.gold?.text);
  expect(boundary(marked(text, [text]))).toEqual(['dddd eeee']);
  const wide = text.replaceAll(' ', '   ');
  expect(boundary(marked(wide, [wide]))).toEqual(['dddd eeee']);
});

test.each([
  ['a gold text that ends early', 'a\nb', 'a b\nc', 2],
  ['a predicted text that ends early', 'a\nb\nc', 'a b', 3],
  ['another character', 'a\nb', 'a x', 2],
])('%s is refused with the line of the first difference', (_, gold, predicted, line) => {
  const created = '2026-11-30T00:00:00Z';
  const compare = () =>
    evaluateMentions([plainDocument('d', gold)], [plainDocument('d', predicted)], { created });
  expect(compare).toThrow(expect.objectContaining({ place: { file: 'd', line } }));
});
