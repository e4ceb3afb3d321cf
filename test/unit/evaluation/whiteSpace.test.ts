import { expect, test } from 'vitest';
import { createSpan, type Document, plainDocument } from '../../../src/corpus/document.ts';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';

function marked(text: string, mentions: readonly string[]): Document {
  return {
    ...plainDocument('d', text),
    spans: mentions.map((mention, index) => {
      const start = text.indexOf(mention);
      return createSpan(text, {
        id: `T${index}`,
        start,
        end: start + mention.length,
        label: 'Disease',
        source: 'human',
      });
    }),
  };
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
