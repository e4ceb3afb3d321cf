import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDocument, type TextRange } from '../../../src/corpus/document.ts';
import { cutAtSpans, joinCrossed, tokenSentences } from '../../../src/corpus/tokenisation.ts';

const at = (start: number, end: number): TextRange => ({ start, end });

describe('tokens cut at spans', () => {
  test.each([
    ['at an edge inside', [at(0, 8)], [at(3, 8)], [at(0, 3), at(3, 8)]],
    ['at both edges inside', [at(0, 8)], [at(3, 5)], [at(0, 3), at(3, 5), at(5, 8)]],
    ['not at their own edges', [at(0, 3), at(4, 8)], [at(0, 3), at(4, 8)], [at(0, 3), at(4, 8)]],
    ['where spans touch', [at(0, 8)], [at(2, 4), at(4, 6)], [at(0, 2), at(2, 4), at(4, 6), at(6, 8)]],
    ['each by its own spans', [at(0, 4), at(5, 9)], [at(2, 7)], [at(0, 2), at(2, 4), at(5, 7), at(7, 9)]],
    ['not by spans between them', [at(0, 2), at(8, 9)], [at(3, 5)], [at(0, 2), at(8, 9)]],
    ['not without spans', [at(0, 4)], [], [at(0, 4)]],
  ])('%s', (_, tokens, spans, cut) => {
    expect(cutAtSpans([tokens], spans)).toEqual([cut]);
  });

  test('stay in their sentences, and spans of one do not cut another', () => {
    expect(cutAtSpans([[at(0, 4)], [], [at(6, 10)]], [at(1, 4), at(6, 8)])).toEqual([
      [at(0, 1), at(1, 4)],
      [],
      [at(6, 8), at(8, 10)],
    ]);
  });

  test('cover what they covered, and each span begins and ends at an edge', () => {
    const tokens = Array.from({ length: 6 }, (_, i) => at(i * 5, i * 5 + 4));
    const spans = fc
      .uniqueArray(fc.nat(28), { maxLength: 8 })
      .map((edges) => edges.sort((a, b) => a - b))
      .map((edges) => edges.flatMap((edge, i) => (i % 2 === 1 ? [at(edges[i - 1] ?? 0, edge)] : [])));
    const covered = (ranges: readonly TextRange[]): readonly number[] =>
      ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
    fc.assert(
      fc.property(spans, (inOrder) => {
        const [cut = []] = cutAtSpans([tokens], inOrder);
        expect(covered(cut)).toEqual(covered(tokens));
        expect(cut.filter(({ start, end }) => start >= end)).toEqual([]);
        for (const edge of inOrder.flatMap(({ start, end }) => [start, end])) {
          expect(cut.filter(({ start, end }) => start < edge && edge < end)).toEqual([]);
        }
      }),
    );
  });
});

describe('sentences that a span crosses', () => {
  test('are joined, also more than two; others are not', () => {
    const sentences = [at(0, 10), at(11, 20), at(21, 30), at(31, 40)];
    expect(joinCrossed(sentences, [at(8, 25)])).toEqual([at(0, 30), at(31, 40)]);
    expect(joinCrossed(sentences, [at(0, 10), at(11, 20)])).toEqual(sentences);
    expect(joinCrossed(sentences, [at(2, 4), at(15, 22)])).toEqual([at(0, 10), at(11, 30), at(31, 40)]);
    const touching = [at(0, 10), at(10, 20)];
    expect(joinCrossed(touching, [at(10, 12)])).toEqual(touching);
    expect(joinCrossed(touching, [at(6, 10), at(8, 12)])).toEqual([at(0, 20)]);
    expect(joinCrossed(touching, [])).toEqual(touching);
  });
});

describe('the tokens of a document by sentence', () => {
  const words = (text: string, more: object = {}): readonly (readonly string[])[] =>
    tokenSentences({ ...plainDocument('a', text), ...more }, []).map((sentence) =>
      sentence.map(({ start, end }) => text.slice(start, end)),
    );

  test('are split where it brings none', () => {
    expect(words('No fever. Gout.')).toEqual([
      ['No', 'fever', '.'],
      ['Gout', '.'],
    ]);
  });

  test('are its own, each in the sentence that it begins in, the rest in the last one', () => {
    const tokens = [at(0, 2), at(3, 8), at(9, 13), at(14, 18)];
    expect(words('No fever gout rash', { tokens, sentences: [at(0, 8), at(9, 13)] })).toEqual([
      ['No', 'fever'],
      ['gout', 'rash'],
    ]);
  });
});
