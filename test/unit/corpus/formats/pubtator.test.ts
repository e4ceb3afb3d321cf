import { describe, expect, it } from 'vitest';
import { looksLikePubtator, parsePubtator } from '../../../../src/corpus/formats/pubtator/read.ts';
import { formatPubtator } from '../../../../src/corpus/formats/pubtator/write.ts';
import { failure } from '../failure.ts';
import { ordinary } from './ordinary.ts';
import { attributesOf, mentionsOf, reading, relationsOf } from './reading.ts';

const source = [
  '7|t|Fever after vancomycin.',
  '7|a|Vancomycin caused fever and red man syndrome.',
  '7\t0\t5\tFever\tDisease\tD005334',
  '7\t12\t22\tvancomycin\tChemical\tD014640',
  '7\t24\t34\tVancomycin\tChemical\tD014640',
  '7\t42\t47\tfever\tDisease\tD005334',
  '7\tCID\tD014640\tD005334',
  '',
  '8|t|Breast and ovarian cancer.',
  '8|a|',
  '8\t0\t25\tBreast and ovarian cancer\tDisease\tD001943|D010051\tBreast cancer|ovarian cancer',
].join('\n');

describe('PubTator', () => {
  it('is recognised by its first line', () => {
    expect(looksLikePubtator(source)).toBe(true);
    expect(looksLikePubtator(`\uFEFF\r\n${source}`)).toBe(true);
  });

  it.each(Object.entries(ordinary))('is not %s', (_, text) => {
    expect(looksLikePubtator(text)).toBe(false);
  });

  it('gives title and abstract with their mentions and concepts', () => {
    const [first, second, ...more] = parsePubtator(source, reading());
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      id: '7',
      text: 'Fever after vancomycin.\nVancomycin caused fever and red man syndrome.',
    });
    expect(first && mentionsOf(first)).toEqual([
      'Fever:Disease',
      'vancomycin:Chemical',
      'Vancomycin:Chemical',
      'fever:Disease',
    ]);
    expect(second?.text).toBe('Breast and ovarian cancer.');
    expect(second && attributesOf(second)).toEqual([
      'Breast and ovarian cancer concept=D001943|D010051',
      'Breast and ovarian cancer parts=Breast cancer|ovarian cancer',
    ]);
  });

  it('joins all mentions of the two concepts of a relation', () => {
    const [first] = parsePubtator(source, reading());
    expect(first && relationsOf(first)).toEqual([
      'vancomycin>Fever:CID',
      'vancomycin>fever:CID',
      'Vancomycin>Fever:CID',
      'Vancomycin>fever:CID',
    ]);
    expect(first?.meta).toEqual({ conceptRelations: [['CID', 'D014640', 'D005334']] });
  });

  it('finds the mentions of one of several concepts, with and without the name of the terminology', () => {
    const lines = [
      '1|t|A and B cancer, aspirin',
      '1\t0\t14\tA and B cancer\tDisease\tD1|D2',
      '1\t16\t23\taspirin\tChemical\tMESH:D3',
      '1\tAssociation\tD3\tD2\tNovel',
      '1\tCause\tChemical|MESH:D3\tDisease|MESH:D1',
    ];
    const context = reading();
    const [document] = parsePubtator(lines.join('\n'), context);
    expect(document && relationsOf(document)).toEqual([
      'aspirin>A and B cancer:Association',
      'aspirin>A and B cancer:Cause',
    ]);
    expect(document?.meta['conceptRelations']).toContainEqual(['Association', 'D3', 'D2', 'Novel']);
    expect(context.reports).toEqual([]);
  });

  it('reports relations of concepts that have no mention, once', () => {
    const context = reading();
    const lines = ['1|t|Gout', '1|a|', '1\t0\t4\tGout\tDisease\tD1', '1\tX\tD1\tD9', '1\tX\tD9\tD8'];
    parsePubtator(lines.join('\r\n'), context);
    expect(context.reports).toEqual([
      {
        line: 4,
        code: 'left-out',
        message: 'Left out: 2 relations of concepts without a mention (kept in "meta").',
      },
    ]);
  });

  it('finds mentions behind blanks that were taken off', () => {
    const context = reading();
    const [document] = parsePubtator('1|t|Old title.\n1|a|New gout.\n1\t17\t21\tgout\tDisease\n', context);
    expect(document && mentionsOf(document)).toEqual(['gout:Disease']);
    expect(context.reports).toMatchObject([{ line: 3, code: 'moved' }]);
  });

  it.each([
    ['a mention before any text', '1\t0\t4\tGout\tDisease\n', 1],
    ['a mention of another text', '1|t|Gout\n2\t0\t4\tGout\tDisease\n', 2],
    ['words that the text does not have', '1|t|Gout\n1\t0\t4\tRash\tDisease\n', 2],
    ['a line of another kind', '1|t|Gout\nGout was seen.\n', 2],
    ['a mention without a type', '1|t|Gout\n1\t0\t4\tGout\t\n', 2],
  ])('refuses %s, with the line', (_, text, line) => {
    expect(failure(() => parsePubtator(text, reading())).place).toEqual({ file: 'note.x', line });
  });

  it('writes what it read', () => {
    const written = formatPubtator(parsePubtator(source, reading()));
    expect(written).toMatchObject({ content: `${source}\n`, dropped: [], losses: [] });
  });

  it('does not write a relation again whose mentions are no longer joined', () => {
    const [document] = parsePubtator(source, reading());
    const edited = document === undefined ? [] : [{ ...document, relations: [] }];
    expect(formatPubtator(edited).content).not.toContain('CID');
  });

  it('names what it cannot hold', () => {
    const text = 'Gout\r\nand\nrash';
    const spans = [
      { id: 'T1', start: 0, end: 4, label: 'Disease', source: 'human' },
      {
        id: 'T2',
        start: 0,
        end: 14,
        label: 'Disease',
        source: 'human',
        fragments: [
          { start: 0, end: 4 },
          { start: 10, end: 14 },
        ],
      },
    ] as const;
    const { content, dropped, losses } = formatPubtator([
      {
        id: 'a b',
        text,
        spans,
        relations: [{ id: 'R1', head: 'T1', tail: 'T2', label: 'is', source: 'human' }],
        attributes: [{ id: 'A1', target: 'T1', name: 'Negated' }],
        meta: {},
      },
    ]);
    expect(content).toBe('a_b|t|Gout \na_b|a|and rash\na_b\t0\t4\tGout\tDisease\n');
    expect(dropped).toMatchObject([{ document: 'a b', reason: 'discontinuous' }]);
    expect(losses).toEqual([
      { what: 'relation', count: 1 },
      { what: 'attribute', count: 1 },
      { what: 'line end', count: 2 },
    ]);
  });
});
