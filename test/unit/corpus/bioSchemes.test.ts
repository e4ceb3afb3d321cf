import { describe, expect, test } from 'vitest';
import { bioToDocument } from '../../../src/corpus/bio/document.ts';
import { parseBio } from '../../../src/corpus/bio/file.ts';
import { looseMentions, withoutLoose } from '../../../src/corpus/bio/looseMentions.ts';
import { type BioScheme, isStrict, schemeNamed } from '../../../src/corpus/bio/scheme.ts';
import { parseTag } from '../../../src/corpus/bio/tag.ts';

const bio = (tags: string) =>
  parseBio(
    tags
      .split(' ')
      .map((tag, i) => `w${i}\t${tag}\n`)
      .join(''),
  );

/** The words of the mentions that do not follow the scheme. */
function loose(tags: string, scheme?: BioScheme): readonly string[] {
  const document = bioToDocument(bio(tags), 'a', { scheme });
  const ids = looseMentions(document);
  return document.spans
    .filter(({ id }) => ids.has(id))
    .map(({ start, end }) => document.text.slice(start, end));
}

describe('the scheme of a file', () => {
  test.each([
    ['I-X O I-Y I-Y', 'IO'],
    ['I-X B-X O I-Y', 'IOB1'],
    ['B-X I-X O B-Y', 'IOB2'],
    ['B-X O I-Y', 'IOB2'],
    ['B-X E-X O S-Y', 'BIOES'],
    ['B-X L-X O U-Y', 'BIOES'],
  ])('%s is recognised as %s', (tags, scheme) => {
    expect(bio(tags).scheme).toBe(scheme);
  });

  test.each([
    ['bio', 'IOB2'],
    ['IOBES', 'BIOES'],
    ['bilou', 'BIOES'],
    ['IO', 'IO'],
    ['constructor', undefined],
  ])('may be called %s', (name, scheme) => {
    expect(schemeNamed(name)).toBe(scheme);
  });
});

describe('mentions that do not follow their scheme', () => {
  test.each([
    // IOB2: a mention begins with B-.
    ['B-X I-X O I-X', undefined, ['w3']],
    // IOB1 and IO do not mark beginnings.
    ['I-X B-X O I-Y', undefined, []],
    ['I-X O I-Y', undefined, []],
    // BIOES: a mention is S-, or goes from B- to E-.
    ['S-X O B-X E-X O B-X O', undefined, ['w5']],
    ['S-X O B-X I-X O', undefined, ['w2 w3']],
    ['S-X O I-X E-X', undefined, ['w2 w3']],
    ['S-X O E-X', undefined, ['w2']],
    // Another scheme than the file's own.
    ['I-X O I-Y', 'IOB2', ['w0', 'w2']],
    ['B-X O I-Y', 'IOB1', []],
  ] as const)('in %s (%s) are %j', (tags, scheme, words) => {
    expect(loose(tags, scheme)).toEqual(words);
  });

  test('are forgotten when the mentions are replaced', () => {
    const { meta } = bioToDocument(bio('B-X O I-Y'), 'a');
    expect(looseMentions({ meta: withoutLoose(meta) }).size).toBe(0);
    expect(looseMentions({ meta: { mentionsWithoutBegin: ['T2'] } })).toEqual(new Set(['T2']));
  });
});

test('a single token is strict in BIOES only as S-', () => {
  const tag = (text: string) => [parseTag(text)].filter((parsed) => parsed !== undefined);
  expect([isStrict(tag('S-X'), 'BIOES'), isStrict(tag('B-X'), 'BIOES')]).toEqual([true, false]);
  expect([isStrict(tag('S-X'), 'IOB2'), isStrict(tag('B-X'), 'IOB2')]).toEqual([true, true]);
});
