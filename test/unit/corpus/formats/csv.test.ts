import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../../src/corpus/formats/csv/read.ts';
import { looksLikeCsv } from '../../../../src/corpus/formats/csv/table.ts';
import { formatCsv } from '../../../../src/corpus/formats/csv/write.ts';
import { failure } from '../failure.ts';
import { ordinary } from './ordinary.ts';
import { attributesOf, mentionsOf, reading } from './reading.ts';

describe('a table of mentions', () => {
  it.each([
    ['CSV', 'note_id,text,start,end,label\n1,Gout and rash,0,4,Disease\n1,Gout and rash,9,13,Symptom\n'],
    [
      'other names',
      'Doc ID;Sentence;Start_Char;End_Char;Entity Type\r\n1;Gout and rash;0;4;Disease\r\n1;Gout and rash;9;13;Symptom\r\n',
    ],
    [
      'tabs and a byte order mark',
      '\uFEFFtext\tbegin\tend\ttype\nGout and rash\t0\t4\tDisease\nGout and rash\t9\t13\tSymptom',
    ],
    [
      'the text in the first row only',
      'doc,text,start,end,label\n1,Gout and rash,0,4,Disease\n1,,9,13,Symptom\n',
    ],
    [
      'numbers that pandas wrote',
      'text,start,end,label\nGout and rash,0.0,4.0,Disease\nGout and rash,9.0,13.0,Symptom\n',
    ],
    [
      'row numbers',
      ',id,text,start,end,label\n0,1,Gout and rash,0,4,Disease\n1,2,Gout and rash,9,13,Symptom\n',
    ],
    ['a list of mentions', `id,text,label\n1,Gout and rash,"[[0, 4, ""Disease""], [9, 13, ""Symptom""]]"\n`],
    [
      'a list that Python printed',
      `text,entities\nGout and rash,"[(0, 4, 'Disease'), (9, 13, 'Symptom')]"\n`,
    ],
  ])('is read in %s', (_, source) => {
    expect(looksLikeCsv(source)).toBe(true);
    const documents = parseCsv(source, reading());
    expect(documents.map(mentionsOf)).toEqual([['Gout:Disease', 'rash:Symptom']]);
  });

  it.each(Object.entries(ordinary))('is not %s', (_, text) => {
    expect(looksLikeCsv(text)).toBe(false);
  });

  it('is not a table of tokens with tags', () => {
    expect(looksLikeCsv('word\tstart\tend\ttag\nGout\t0\t4\tB-Disease\n')).toBe(false);
  });

  it('keeps line ends and quotation marks of a text, concepts and other columns', () => {
    const source =
      'text,start,end,label,entity,cui,negated\n"No ""gout"",\nno rash",4,8,Disease,gout,C1,yes\nFine.,,,,,,\n';
    const [first, second] = parseCsv(source, reading());
    expect(first?.text).toBe('No "gout",\nno rash');
    expect(first && mentionsOf(first)).toEqual(['gout:Disease']);
    expect(first && attributesOf(first)).toEqual(['gout concept=C1', 'gout negated=yes']);
    expect(second).toMatchObject({ text: 'Fine.', spans: [] });
  });

  it('takes the longer of two columns for the text', () => {
    const source = 'text,note,start,end,label\ngout,Has gout.,4,8,Disease\n';
    const [document] = parseCsv(source, reading());
    expect(document).toMatchObject({ text: 'Has gout.' });
  });

  it.each([
    ['a table without the text', 'document,start,end,label\n1,4,8,Disease\n', 1],
    [
      'a table with the words of mentions only',
      'text,start,end,label\ngout,4,8,Disease\nrash,20,24,Disease\n',
      1,
    ],
    ['offsets that are no numbers', 'text,start,end,label\nHas gout.,four,8,Disease\n', 2],
    [
      'offsets outside the text',
      'text,start,end,label\n"Has\ngout.",4,8,Disease\nHas gout.,4,80,Disease\n',
      4,
    ],
    ['a row that is too long', 'text,start,end,label\nHas, gout.,4,8,Disease\n', 2],
    ['a quotation mark that is not closed', 'text,start,end,label\n"Has gout.,4,8,Disease\n', 2],
    ['a list of another kind', `text,entities\nGout,"[{'start': 0}]"\n`, 2],
  ])('is refused with the line for %s', (_, source, line) => {
    expect(failure(() => parseCsv(source, reading())).place).toEqual({ file: 'note.x', line });
  });

  it('is written with its attributes, and what is lost is named', () => {
    const text = 'Has "gout".';
    const span = { start: 5, end: 9, label: 'Disease', source: 'human' } as const;
    const split = [
      { start: 0, end: 1 },
      { start: 5, end: 9 },
    ];
    const { content, dropped, losses } = formatCsv([
      {
        id: 'n',
        text,
        spans: [
          { ...span, id: 'T1' },
          { ...span, id: 'T2', start: 0, fragments: split },
        ],
        relations: [{ id: 'R1', head: 'T1', tail: 'T1', label: 'x', source: 'human' }],
        attributes: [
          { id: 'A1', target: 'T1', name: 'concept', value: 'C1' },
          { id: 'A2', target: 'T1', name: 'Negated' },
          { id: 'A3', target: 'T1', name: 'start', value: '1' },
        ],
        meta: {},
      },
      { id: 'o', text: 'Fine.', spans: [], relations: [], attributes: [], meta: {} },
    ]);
    expect(content).toBe(
      'document,text,start,end,label,words,concept,Negated\nn,"Has ""gout"".",5,9,Disease,gout,C1,true\no,Fine.,,,,,,\n',
    );
    expect(dropped).toMatchObject([{ reason: 'discontinuous' }]);
    expect(losses).toEqual([
      { what: 'relation', count: 1 },
      { what: 'attribute', count: 1 },
    ]);
  });
});
