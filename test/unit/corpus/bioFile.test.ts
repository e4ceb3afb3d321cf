import { describe, expect, test } from 'vitest';
import { bioToDocument, documentToBio } from '../../../src/corpus/bio/document.ts';
import { formatBio, parseBio, retagBio } from '../../../src/corpus/bio/file.ts';
import { type Document, mentionText, plainDocument } from '../../../src/corpus/document.ts';
import { failure } from './failure.ts';

const conll = '-DOCSTART- -X- O\r\n\r\n# id 1\r\nAcute NN B-Disease\r\ngout NN I-Disease\n\n\n. . O';

describe('a BIO file', () => {
  test('with several columns, comments and mixed line ends is read and written back unchanged', () => {
    const file = parseBio(conll);
    expect(file.tokens.map(({ line, label }) => [line, label])).toEqual([
      [3, 'Disease'],
      [4, 'Disease'],
      [7, ''],
    ]);
    expect(file.sentences).toEqual([
      { start: 0, end: 2, text: 0 },
      { start: 2, end: 3, text: 0 },
    ]);
    expect(file.lineCount).toBe(8);
    expect(formatBio(file)).toBe(conll);
  });

  test('may be empty, have one line, a byte order mark or no final line end', () => {
    for (const source of ['', '\n', '\uFEFF', 'a\tO', '\uFEFFa\tO\r\n', 'a\tO\r']) {
      expect(formatBio(parseBio(source))).toBe(source);
    }
    expect(parseBio('\uFEFFa\tO').tokens[0]).toMatchObject({ start: 1, end: 2, tagStart: 3 });
  });

  test('gets new tags only in its tag column', () => {
    const retagged = retagBio(parseBio(conll), ['O', 'S-Gene', 'B-Chemical']);
    expect(formatBio(retagged)).toBe(
      conll.replace('B-Disease', 'O').replace('I-Disease', 'S-Gene').replace('. . O', '. . B-Chemical'),
    );
    expect(retagged).toEqual(parseBio(formatBio(retagged)));
  });

  test('gets new tags even if they precede the tokens', () => {
    const retagged = retagBio(parseBio('O\tgout\nO\tis\n'), ['B-Disease', 'O']);
    expect(formatBio(retagged)).toBe('B-Disease\tgout\nO\tis\n');
    expect(retagged).toEqual(parseBio(formatBio(retagged)));
  });

  test('does not accept invalid tags or too few', () => {
    const file = parseBio('a\tO\n');
    expect(() => retagBio(file, [])).toThrow(RangeError);
    expect(() => retagBio(file, ['Disease'])).toThrow(RangeError);
    expect(() => retagBio(file, ['B-Adverse Event'])).toThrow(RangeError);
  });

  test('has columns separated by tabs if half of its lines have tabs', () => {
    const { tokens } = parseBio('chest pain\tB-Disease\nno pain O\n\n'.repeat(3));
    expect(tokens.slice(0, 1).map(({ start, end }) => [start, end])).toEqual([[0, 10]]);
  });

  test('with a broken line is rejected with file, line and next step, but without quoting it', () => {
    const error = failure(() => parseBio('a\tO\nSmith\n', { file: 'ward.bio' }));
    expect(error.place).toEqual({ file: 'ward.bio', line: 2 });
    expect(error.nextStep).not.toBe(undefined);
    expect(error.describe()).not.toContain('Smith');
  });

  test('with an endless line is rejected quickly', () => {
    const error = failure(() => parseBio(`a\tO\n${'x'.repeat(2_000_000)}`, { file: 'ward.bio' }));
    expect(error.place?.line).toBe(2);
    expect(error.message).toContain('million');
  });
});

describe('a BIO file as a document', () => {
  test('joins tokens by spaces, sentences by line ends, and texts by empty lines', () => {
    const document = bioToDocument(
      parseBio('-DOCSTART-\tO\n\na\tO\nb\tB-X\n\nc\tO\n\n-DOCSTART-\tO\n\nd\tO\n'),
      'x',
    );
    expect(document.text).toBe('a b\nc\n\nd');
    expect(document.spans).toEqual([{ id: 'T1', start: 2, end: 3, label: 'X', source: 'human' }]);
    expect(document.sentences).toEqual([
      { start: 0, end: 3 },
      { start: 4, end: 5 },
      { start: 7, end: 8 },
    ]);
  });

  test('becomes a BIO file again, in IOB2', () => {
    const document = bioToDocument(parseBio('a I-X\nb B-X\n\n-DOCSTART- O\n\nc S-Y\n'), 'x');
    expect(documentToBio(document)).toEqual({
      text: 'a\tB-X\nb\tB-X\n\n-DOCSTART-\tO\n\nc\tB-Y\n\n',
      dropped: [],
    });
  });

  test('ends a mention with its sentence', () => {
    const document = bioToDocument(parseBio('a\tI-X\n\nb\tI-X\n'), 'x');
    expect(document.spans.map((span) => mentionText(document.text, span))).toEqual(['a', 'b']);
  });
});

describe('a document as a BIO file', () => {
  const text = 'Chronic kidney disease. Type 2diabetes.';
  const source = 'human';

  test('splits words at the edges of spans', () => {
    const document: Document = {
      ...plainDocument('x', text),
      spans: [{ id: 'T1', start: 30, end: 38, label: 'Disease', source }],
    };
    expect(documentToBio(document).text).toContain('2\tO\ndiabetes\tB-Disease\n');
  });

  test('writes white space in a label as one underscore', () => {
    const spans = [{ id: 'T1', start: 0, end: 4, label: 'Adverse \t event', source }] as const;
    expect(documentToBio({ ...plainDocument('x', 'Rash'), spans }).text).toBe('Rash\tB-Adverse_event\n\n');
  });

  test('ignores white space at the edges of spans', () => {
    const document: Document = {
      ...plainDocument('x', text),
      spans: [{ id: 'T1', start: 7, end: 15, label: 'Organ', source }],
    };
    expect(documentToBio(document)).toMatchObject({
      dropped: [],
      text: expect.stringContaining('kidney\tB-Organ'),
    });
  });

  test('reports the spans that tags cannot represent, with the reason', () => {
    const document: Document = {
      ...plainDocument('x', text),
      tokens: [
        { start: 0, end: 7 },
        { start: 8, end: 14 },
        { start: 15, end: 22 },
        { start: 24, end: 28 },
        { start: 29, end: 38 },
      ],
      sentences: [
        { start: 0, end: 23 },
        { start: 24, end: 39 },
      ],
      spans: [
        { id: 'a', start: 0, end: 14, label: 'X', source },
        { id: 'nested', start: 8, end: 14, label: 'X', source },
        { id: 'overlapping', start: 8, end: 22, label: 'X', source },
        { id: 'crossing', start: 15, end: 28, label: 'X', source },
        { id: 'inside', start: 30, end: 38, label: 'X', source },
        {
          id: 'broken',
          start: 0,
          end: 22,
          label: 'X',
          source,
          fragments: [
            { start: 0, end: 7 },
            { start: 15, end: 22 },
          ],
        },
      ],
    };
    const { text: written, dropped } = documentToBio(document);
    expect(written).toBe('Chronic\tB-X\nkidney\tI-X\ndisease\tO\n\nType\tO\n2diabetes\tO\n\n');
    expect(Object.fromEntries(dropped.map(({ span, reason }) => [span.id, reason]))).toEqual({
      nested: 'nested',
      overlapping: 'overlapping',
      broken: 'discontinuous',
      crossing: 'crosses a sentence',
      inside: 'inside a token',
    });
    const cut = { id: 'cut', start: 29, end: 36, label: 'X', source } as const;
    expect(documentToBio({ ...document, spans: [cut] }).dropped).toMatchObject([
      { reason: 'inside a token' },
    ]);
  });

  test('does not end a sentence inside a mention if it has to find the sentences', () => {
    const document: Document = {
      ...plainDocument('x', 'Due to E. Coli. Yes. No.'),
      spans: [{ id: 'T1', start: 7, end: 20, label: 'X', source }],
    };
    expect(documentToBio(document).dropped).toEqual([]);
  });
});

describe('a mention with white space at its edges', () => {
  const tagsOf = (text: string, start: number, end: number): string =>
    documentToBio({
      ...plainDocument('a', text),
      spans: [{ id: 'T1', start, end, label: 'X', source: 'human' }],
    })
      .text.trim()
      .split('\n')
      .map((line) => line.replace('\t', ' '))
      .join(', ');

  test.each([
    ['before it', 2, 8],
    ['behind it', 3, 9],
    ['on both sides', 2, 9],
    ['on none', 3, 8],
  ])('is written without it: %s', (_, start, end) => {
    expect(tagsOf('No fever now', start, end)).toBe('No O, fever B-X, now O');
  });

  test('is left out where it is nothing else', () => {
    expect(tagsOf('No  fever', 2, 4)).toBe('No O, fever O');
  });
});
