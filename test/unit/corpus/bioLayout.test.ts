import { describe, expect, test } from 'vitest';
import { bioToDocument, bioToDocuments } from '../../../src/corpus/bio/document.ts';
import { parseBio, retagBio } from '../../../src/corpus/bio/file.ts';
import type { LayoutChoice } from '../../../src/corpus/bio/format.ts';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import { formatDocuments } from '../../../src/corpus/formatDocuments.ts';
import { mentionText } from '../../../src/corpus/document.ts';

/** The text of a BIO file, and its mentions as `Label: words`. */
function read(
  source: string,
  layout?: LayoutChoice,
): { readonly text: string; readonly mentions: readonly string[] } {
  const { text, spans } = bioToDocument(parseBio(source, { layout }), 'a');
  return { text, mentions: spans.map((span) => `${span.label}: ${mentionText(text, span)}`) };
}

const problems = (source: string, layout?: LayoutChoice): readonly string[] =>
  checkText(source, 'a.bio', { layout }).map(({ line, severity, code }) => `${line} ${severity} ${code}`);

describe('the column of the words', () => {
  test.each([
    ['the index of a token', '1\tGout\tB-D\n2\tnow\tO\n\n1\tOld\tO\n2\tflu\tB-D\n'],
    ['an index from 0, in a file with spaces', '0 Gout B-D\n1 now O\n\n0 Old O\n1 flu B-D\n'],
    ['an index that runs through the file', '7\tGout\tB-D\n8\tnow\tO\n\n9\tOld\tO\n10\tflu\tB-D\n'],
    ['offsets', '0\tGout\tB-D\n5\tnow\tO\n\n9\tOld\tO\n13\tflu\tB-D\n'],
    ['the number of a sentence', '1\tGout\tB-D\n1\tnow\tO\n\n2\tOld\tO\n2\tflu\tB-D\n'],
    ['the name of a file', 'n1.txt Gout B-D\nn1.txt now O\n\nn2.txt Old O\nn2.txt flu B-D\n'],
    ['a name on the first line of a sentence only', 's1\tGout\tB-D\n\tnow\tO\n\ns2\tOld\tO\n\tflu\tB-D\n'],
    ['a sentence and a token number', '1\t1\tGout\tB-D\n1\t2\tnow\tO\n\n2\t1\tOld\tO\n2\t2\tflu\tB-D\n'],
    ['a part of speech behind the words', '1 Gout NN B-D\n2 now RB O\n\n1 Old JJ O\n2 flu NN B-D\n'],
  ])('is not %s', (_, source) => {
    expect(read(source)).toEqual({ text: 'Gout now\nOld flu', mentions: ['D: Gout', 'D: flu'] });
    expect(problems(source)).toEqual(['1 warning word-column']);
  });

  test('stays the first one if its numbers are words of the text', () => {
    const source = '12\tCD\tO\n3.5\tCD\tO\nmg\tNN\tO\n\n2\tCD\tO\ndays\tNN\tO\n';
    expect(read(source).text).toBe('12 3.5 mg\n2 days');
    expect(problems(source)).toEqual([]);
  });

  test('is reported if it can only be running numbers', () => {
    expect(problems('1\tO\n2\tB-D\n3\tO\n')).toEqual(['1 warning word-column']);
  });

  test('can be named, and then nothing is reported', () => {
    const source = 'gout\tGout\tB-D\nnow\tnow\tO\n';
    expect(read(source).text).toBe('gout now');
    expect(read(source, { wordColumn: 2 }).text).toBe('Gout now');
    expect(problems('1\tGout\tB-D\n2\tnow\tO\n', { wordColumn: 1 })).toEqual([]);
  });

  test('and that of the tags may be named by a first line', () => {
    const source = '#\tlabel\tform\tpos\n'.replace('#', 'id') + '1\tB-D\tGout\tNN\n2\tO\tnow\tRB\n';
    expect(read(source)).toEqual({ text: 'Gout now', mentions: ['D: Gout'] });
    expect(problems(source)).toEqual([]);
  });
});

describe('the column of the tags', () => {
  const two = 'Gout\tB-Coarse\tB-Fine\nnow\tO\tO\n';

  test('is the last of several, which is reported, or the named one', () => {
    expect(read(two).mentions).toEqual(['Fine: Gout']);
    expect(problems(two)).toEqual(['1 warning tag-column']);
    expect(read(two, { tagColumn: 2 }).mentions).toEqual(['Coarse: Gout']);
    expect(problems(two, { tagColumn: 2 })).toEqual([]);
  });

  test('is not doubtful beside the chunks of CoNLL-2003', () => {
    expect(problems('EU NNP B-NP I-ORG\nrejects VBZ B-VP O\n\nPeter NNP B-NP I-PER\n')).toEqual([]);
  });
});

describe('tags', () => {
  test.each([
    ['with the prefix behind', 'renal\tDisease-B\nfailure\tDisease-I\nnow\tO\n'],
    ['with an underscore', 'renal\tB_Disease\nfailure\tI_Disease\nnow\tO\n'],
    ['with an underscore and the prefix behind', 'renal\tDisease_B\nfailure\tDisease_E\nnow\tO\n'],
    ['without a prefix', 'renal\tDisease\nfailure\tDisease\nnow\tO\nand\tO\nthen\tO\n'],
  ])('%s are read, and written with a prefix', (_, source) => {
    expect(read(source).mentions).toEqual(['Disease: renal failure']);
    const file = parseBio(source);
    const tags = file.tokens.map((_token, index) => (index === 0 ? 'B-Drug' : 'O'));
    const written = retagBio(file, tags);
    expect(read(written.source).mentions).toEqual(['Drug: renal']);
    expect(written.source.replaceAll(/\t.*/gu, '')).toBe(source.replaceAll(/\t.*/gu, ''));
  });

  test('without a prefix are reported', () => {
    expect(problems('flu\tDisease\nnow\tO\nand\tO\n')).toEqual(['1 warning scheme']);
  });
});

describe('surplus columns', () => {
  test('that hide words are an error, with spaces as with tabs', () => {
    const spaces = 'Gout NN B-D\nloss of weight NN B-D\nnow RB O\n';
    expect(problems(spaces)).toEqual(['2 error extra-column']);
    expect(problems(spaces.replaceAll(' ', '\t'))).toEqual(['2 error extra-column']);
    expect(() => parseBio(spaces)).toThrow('some words would be lost');
  });

  test('behind the tags hide nothing', () => {
    const source = 'Gout\tB-D\tx\nloss\tO\ty\nnow\tO\tz\tsurplus\n';
    expect(problems(source)).toEqual(['3 warning column-count']);
    expect(read(source).text).toBe('Gout loss now');
  });
});

describe('texts between -DOCSTART- lines', () => {
  const source = '-DOCSTART-\tO\n\nGout\tB-D\n\n-DOCSTART-\tO\nflu\tB-D\nnow\tO\n';

  test('are documents, with numbers in their IDs', () => {
    const documents = bioToDocuments(parseBio(source), 'note');
    expect(documents.map(({ id, text }) => [id, text])).toEqual([
      ['note-1', 'Gout'],
      ['note-2', 'flu now'],
    ]);
    expect(documents[1]?.spans).toEqual([{ id: 'T1', start: 0, end: 3, label: 'D', source: 'human' }]);
  });

  test('are one document without such lines, or with a single one', () => {
    expect(bioToDocuments(parseBio('Gout\tB-D\n\nnow\tO\n'), 'note').map(({ id }) => id)).toEqual(['note']);
    expect(bioToDocuments(parseBio('-DOCSTART-\tO\n\nGout\tB-D\n'), 'note').map(({ id }) => id)).toEqual([
      'note',
    ]);
  });

  test('are written with these lines again', () => {
    const { files } = formatDocuments(bioToDocuments(parseBio(source), 'note'), 'bio');
    expect(files[0]?.content).toBe('-DOCSTART-\tO\n\nGout\tB-D\n\n-DOCSTART-\tO\n\nflu\tB-D\nnow\tO\n\n');
  });
});
