import { describe, expect, test } from 'vitest';
import { bioToDocument } from '../../../src/corpus/bio/document.ts';
import { parseBio } from '../../../src/corpus/bio/file.ts';
import { plainDocument } from '../../../src/corpus/document.ts';
import { tokenExamples } from '../../../src/corpus/examples.ts';

const source = 'human';

describe('training examples', () => {
  test('are the sentences of a BIO file with their tags in IOB2', () => {
    const document = bioToDocument(parseBio('acute\tI-X\ngout\tI-X\n\nno\tO\n'), 'ward');
    expect(tokenExamples([document])).toEqual([
      {
        documentId: 'ward',
        words: ['acute', 'gout'],
        ranges: [
          { start: 0, end: 5 },
          { start: 6, end: 10 },
        ],
        tags: ['B-X', 'I-X'],
      },
      { documentId: 'ward', words: ['no'], ranges: [{ start: 11, end: 13 }], tags: ['O'] },
    ]);
  });

  test('do not tag a token that ends where a mention begins', () => {
    const spans = [{ id: 'T1', start: 1, end: 3, label: 'X', source }] as const;
    const tokens = [
      { start: 0, end: 1 },
      { start: 1, end: 3 },
    ];
    const [example] = tokenExamples([{ ...plainDocument('n', '2mg'), tokens, spans }]);
    expect(example?.tags).toEqual(['O', 'B-X']);
  });

  test('distinguish the texts of one file', () => {
    const document = bioToDocument(parseBio('a\tO\n\nb\tO\n\n-DOCSTART-\tO\n\nc\tO\n'), 'ward');
    expect(tokenExamples([document]).map(({ documentId }) => documentId)).toEqual([
      'ward#1',
      'ward#1',
      'ward#2',
    ]);
  });

  test('of a plain text are split; a partly covered word belongs to the span', () => {
    const document = {
      ...plainDocument('note', 'Took 10mg. Felt sick.'),
      spans: [
        { id: 'T1', start: 5, end: 7, label: 'Dose', source },
        { id: 'T2', start: 16, end: 20, label: 'Disease', source },
      ] as const,
    };
    expect(
      tokenExamples([document]).map(({ words, tags }) => words.map((word, i) => `${word} ${tags[i]}`)),
    ).toEqual([
      ['Took O', '10mg B-Dose', '. O'],
      ['Felt O', 'sick B-Disease', '. O'],
    ]);
  });

  test('have only the outermost of nested spans', () => {
    const document = {
      ...plainDocument('note', 'acute kidney injury'),
      spans: [
        { id: 'T1', start: 6, end: 12, label: 'Organ', source },
        { id: 'T2', start: 0, end: 19, label: 'Disease', source },
      ] as const,
    };
    expect(tokenExamples([document])[0]?.tags).toEqual(['B-Disease', 'I-Disease', 'I-Disease']);
  });

  test('begin a new mention directly after another', () => {
    const document = {
      ...plainDocument('note', 'gout rash'),
      spans: [
        { id: 'T1', start: 0, end: 4, label: 'X', source },
        { id: 'T2', start: 5, end: 9, label: 'X', source },
      ] as const,
    };
    expect(tokenExamples([document])[0]?.tags).toEqual(['B-X', 'B-X']);
  });
});
