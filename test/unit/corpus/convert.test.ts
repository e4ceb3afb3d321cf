import { describe, expect, test } from 'vitest';
import { parseBrat } from '../../../src/corpus/brat/read.ts';
import { formatDocuments } from '../../../src/corpus/formatDocuments.ts';
import { plainDocument } from '../../../src/corpus/document.ts';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';

const gout = parseBrat('Has gout.', 'T1\tDisease 4 8\tgout\nT2\tWord 4 7\tgou\n', 'ward/note');

describe('documents as files', () => {
  test('of one document have its name', () => {
    expect(formatDocuments([gout], 'bio')).toEqual({
      files: [{ name: 'ward/note.bio', content: 'Has\tO\ngout\tB-Disease\n.\tO\n\n' }],
      dropped: [{ document: 'ward/note', span: gout.spans[1], reason: 'nested' }],
      losses: [],
    });
    expect(formatDocuments([gout], 'jsonl').files[0]?.name).toBe('ward/note.jsonl');
  });

  test('in brat have a byte order mark only if the original offsets count one', () => {
    const textOf = (source: string, annotations: string) =>
      formatDocuments([parseBrat(source, annotations, 'n')], 'brat').files[0]?.content;
    expect(textOf('\uFEFFHas gout.', 'T1\tDisease 5 9\tgout\n')).toBe('\uFEFFHas gout.');
    expect(textOf('\uFEFFHas gout.', 'T1\tDisease 4 8\tgout\n')).toBe('Has gout.');
    expect(textOf('Has gout.', '')).toBe('Has gout.');
  });

  test('of several documents in BIO separate them', () => {
    const { files } = formatDocuments([plainDocument('a', 'Fine.'), plainDocument('b', 'Ill.')], 'bio');
    expect(files).toEqual([
      {
        name: 'documents.bio',
        content: '-DOCSTART-\tO\n\nFine\tO\n.\tO\n\n-DOCSTART-\tO\n\nIll\tO\n.\tO\n\n',
      },
    ]);
  });

  test('of other formats drop nothing; none at all are an empty file', () => {
    for (const format of ['jsonl', 'brat'] as const) {
      expect(formatDocuments([gout, gout], format).dropped).toEqual([]);
    }
    expect(formatDocuments([gout, gout], 'jsonl').files.map(({ name }) => name)).toEqual(['documents.jsonl']);
    expect(formatDocuments([], 'bio')).toEqual({
      files: [{ name: 'documents.bio', content: '' }],
      dropped: [],
      losses: [],
    });
    expect(formatDocuments([gout], 'brat').files.map(({ name }) => name)).toEqual([
      'ward/note.txt',
      'ward/note.ann',
    ]);
  });

  test('in brat are pairs of text and annotations, with names that every file system accepts', () => {
    const odd = [plainDocument('../a:1', 'x'), plainDocument('../A:1', 'y'), plainDocument('', 'z')];
    const names = formatDocuments([gout, ...odd], 'brat').files.map(({ name }) => name);
    expect(names.filter((name) => name.endsWith('.txt'))).toEqual([
      'ward/note.txt',
      'a_1.txt',
      'A_1-2.txt',
      'document.txt',
    ]);
    expect(names.filter((name) => name.endsWith('.ann'))).toHaveLength(4);
  });

  test('in JSON lines can be read again', () => {
    const { standoff: _, ...document } = gout;
    expect(parseJsonl(formatDocuments([gout, gout], 'jsonl').files[0]?.content ?? '')).toEqual([
      document,
      document,
    ]);
  });

  test('in brat keep a byte order mark that the offsets count', () => {
    const marked = parseBrat('\uFEFFgout', 'T1\tX 1 5\tgout\n', 'a');
    expect(formatDocuments([marked], 'brat').files.map(({ content }) => content)).toEqual([
      '\uFEFFgout',
      'T1\tX 1 5\tgout\n',
    ]);
  });
});
