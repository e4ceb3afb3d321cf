import { describe, expect, it } from 'vitest';
import type { Document } from '../../../../src/corpus/document.ts';
import { looksLikeConllu, parseConllu } from '../../../../src/corpus/formats/conllu/read.ts';
import { failure } from '../failure.ts';
import { ordinary } from './ordinary.ts';
import { mentionsOf, reading } from './reading.ts';

function word(id: string, form: string, misc: string, upos = '_'): string {
  return [id, form, '_', upos, '_', '_', '_', '_', '_', misc].join('\t');
}

function readOne(...lines: readonly string[]): {
  readonly document: Document;
  readonly reports: readonly string[];
} {
  const context = reading();
  const [document, ...more] = parseConllu(`${lines.join('\n')}\n`, context);
  if (document === undefined || more.length > 0) throw new Error('not one document');
  return { document, reports: context.reports.map(({ message }) => message) };
}

const simple = [
  '# newdoc id = n7',
  '# sent_id = 1',
  '# text = Gout, red  rash.',
  word('1', 'Gout', 'SpaceAfter=No|NE=B-Disease'),
  word('2', ',', 'NE=O'),
  word('3', 'red', 'NE=B-Sign'),
  word('4', 'rash', 'SpaceAfter=No|NE=I-Sign'),
  word('5', '.', '_'),
];

describe('CoNLL-U', () => {
  it('is recognised by its ten columns', () => {
    expect(looksLikeConllu(simple.join('\n'))).toBe(true);
    expect(looksLikeConllu(simple.slice(0, 2).join('\n'))).toBe(false);
  });

  it.each(Object.entries(ordinary))('is not %s', (_, text) => {
    expect(looksLikeConllu(text)).toBe(false);
  });

  it('is not a file of ten columns with the tag in the last', () => {
    expect(looksLikeConllu(`${word('1', 'Gout', 'B-Disease')}\n${word('2', 'is', 'O')}\n`)).toBe(false);
  });

  it('gives the text, tokens, sentences and mentions', () => {
    const { document, reports } = readOne(...simple);
    expect(document).toMatchObject({
      id: 'n7',
      text: 'Gout, red  rash.',
      sentences: [{ start: 0, end: 16 }],
    });
    expect(document.tokens).toHaveLength(5);
    expect(mentionsOf(document)).toEqual(['Gout:Disease', 'red  rash:Sign']);
    expect(reports).toEqual([]);
  });

  it('joins words if the text is not given or differs', () => {
    const words = simple.slice(3);
    expect(readOne(...words).document.text).toBe('Gout , red rash.'.replace('Gout ', 'Gout'));
    expect(readOne('# text = other', ...words, '', ...words).document.text).toBe(
      'Gout, red rash.\nGout, red rash.',
    );
  });

  it('begins a document at each newdoc', () => {
    const documents = parseConllu([...simple, '', '# newdoc', word('1', 'Fine', '_')].join('\n'), reading());
    expect(documents.map(({ id, text }) => [id, text])).toEqual([
      ['n7', 'Gout, red  rash.'],
      ['note-2', 'Fine'],
    ]);
  });

  it('takes a contraction for one token with the tags of its words, and leaves out empty nodes', () => {
    const { document } = readOne(
      '# text = mal du foie',
      word('1', 'mal', 'ner=B-Disease'),
      word('2-3', 'du', '_'),
      word('2', 'de', 'ner=I-Disease'),
      word('3', 'le', 'ner=I-Disease'),
      word('3.1', 'x', '_'),
      word('4', 'foie', 'ner=I-Disease'),
    );
    expect(mentionsOf(document)).toEqual(['mal du foie:Disease']);
    expect(document.tokens).toHaveLength(3);
  });

  it('gives nested mentions in brackets', () => {
    const { document } = readOne(
      '# global.Entity = eid-etype-head-other',
      word('1', 'the', 'Entity=(e1-object-2-new'),
      word('2', 'hospital', 'Entity=(e2-place-1)'),
      word('3', 'bed', 'Entity=e1)'),
      word('4', 'Ann', 'Entity=(e3-person)'),
    );
    expect(mentionsOf(document)).toEqual(['the hospital bed:object', 'hospital:place', 'Ann:person']);
  });

  it('reports the analysis that it leaves out', () => {
    const { reports } = readOne(word('1', 'Gout', 'NE=Disease', 'NOUN'), word('2', 'is', '_', 'AUX'));
    expect(reports).toEqual(['Left out: 2 words with an analysis (part of speech, syntax).']);
  });

  it('refuses a line of another form, with the line', () => {
    expect(failure(() => readOne(...simple, 'Gout\tB-Disease')).place).toEqual({ file: 'note.x', line: 9 });
  });
});
