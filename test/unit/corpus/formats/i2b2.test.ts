import { describe, expect, it } from 'vitest';
import type { Document } from '../../../../src/corpus/document.ts';
import { type I2b2Companions, looksLikeI2b2, parseI2b2 } from '../../../../src/corpus/formats/i2b2/read.ts';
import { failure } from '../failure.ts';
import { ordinary } from './ordinary.ts';
import { attributesOf, mentionsOf, reading, relationsOf } from './reading.ts';

const text = 'History :\r\nShe denies Chest Pain after aspirin .\r\n';
const con = 'c="chest pain" 2:2 2:3||t="problem"\nc="aspirin" 2:5 2:5||t="treatment"\n';

function files(sources: Readonly<Record<'con' | 'ast' | 'rel', string | undefined>>): I2b2Companions {
  const companion = (name: 'con' | 'ast' | 'rel'): { file: string; source: string } | undefined => {
    const source = sources[name];
    return source === undefined ? undefined : { file: `note.${name}`, source };
  };
  return { con: companion('con'), ast: companion('ast'), rel: companion('rel') };
}

function readOne(
  note: string,
  sources: Partial<Record<'con' | 'ast' | 'rel', string>>,
): { readonly document: Document; readonly reports: readonly string[] } {
  const context = reading();
  const { con: concepts, ast, rel } = sources;
  const [document] = parseI2b2(note, files({ con: concepts, ast, rel }), context);
  if (document === undefined) throw new Error('no document');
  return { document, reports: context.reports.map(({ message }) => message) };
}

describe('i2b2', () => {
  it('is recognised by its first annotation', () => {
    expect(looksLikeI2b2(con)).toBe(true);
    expect(looksLikeI2b2('EVENT="admission" 1:0 1:0||type="OCCURRENCE"')).toBe(true);
    expect(looksLikeI2b2('t="problem"')).toBe(false);
  });

  it.each(Object.entries(ordinary))('is not %s', (_, note) => {
    expect(looksLikeI2b2(note)).toBe(false);
  });

  it('gives concepts, assertions and relations', () => {
    const { document, reports } = readOne(text, {
      con,
      ast: 'c="chest pain" 2:2 2:3||t="problem"||a="absent"\n',
      rel: 'c="aspirin" 2:5 2:5||r="TrCP"||c="chest pain" 2:2 2:3\n',
    });
    expect(document).toMatchObject({ id: 'note', text });
    expect(mentionsOf(document)).toEqual(['Chest Pain:problem', 'aspirin:treatment']);
    expect(attributesOf(document)).toEqual(['Chest Pain assertion=absent']);
    expect(relationsOf(document)).toEqual(['aspirin>Chest Pain:TrCP']);
    expect(reports).toEqual([]);
  });

  it('takes the concepts from the assertions if there is no other file', () => {
    const { document } = readOne(text, { ast: 'c="chest pain" 2:2 2:3||t="problem"||a="absent"' });
    expect(mentionsOf(document)).toEqual(['Chest Pain:problem']);
    expect(attributesOf(document)).toEqual(['Chest Pain assertion=absent']);
  });

  it('gives events with their properties, over several lines', () => {
    const { document } = readOne('seen\nat home', {
      con: 'EVENT="seen at" 1:0 2:0||type="OCCURRENCE"||polarity="POS"',
    });
    expect(mentionsOf(document)).toEqual(['seen\nat:EVENT']);
    expect(attributesOf(document)).toEqual(['seen\nat type=OCCURRENCE', 'seen\nat polarity=POS']);
  });

  it('counts empty tokens between two blanks if the words say so', () => {
    const note = 'no  gout ,  no rash';
    expect(mentionsOf(readOne(note, { con: 'c="gout" 1:2 1:2||t="x"' }).document)).toEqual(['gout:x']);
    expect(mentionsOf(readOne(note, { con: 'c="gout" 1:1 1:1||t="x"' }).document)).toEqual(['gout:x']);
  });

  it('reads quotation marks and bars in the words', () => {
    const note = 'so called " flu " || ok';
    const { document } = readOne(note, { con: 'c="" flu "" 1:2 1:4||t="problem"' });
    expect(mentionsOf(document)).toEqual(['" flu ":problem']);
  });

  it('reports what has no concept', () => {
    const { reports } = readOne(text, {
      con,
      ast: 'c="x" 1:0 1:0||t="problem"||a="absent"',
      rel: 'c="x" 1:0 1:0||r="TrCP"||c="chest pain" 2:2 2:3',
    });
    expect(reports).toEqual([
      'Left out: 1 assertion without its concept.',
      'Left out: 1 relation without its concepts.',
    ]);
  });

  it.each([
    ['a line of another kind', 'c="chest pain" 2:2 2:3||t="problem"\nchest pain\n', 2],
    ['a line without a place', 'a="absent"\n', 1],
    ['words that are not there', '\nc="fever" 2:2 2:3||t="problem"\n', 2],
    ['a place outside the text', 'c="" 9:2 9:3||t="problem"\n', 1],
  ])('refuses %s, with file and line', (_, source, line) => {
    expect(failure(() => readOne(text, { con: source })).place).toEqual({ file: 'note.con', line });
  });
});
