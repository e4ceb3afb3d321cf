import { describe, expect, it } from 'vitest';
import type { Document } from '../../../../src/corpus/document.ts';
import { looksLikeBiocXml, parseBiocXml } from '../../../../src/corpus/formats/bioc/xml.ts';
import { parseJson } from '../../../../src/corpus/formats/jsonTools/read.ts';
import { failure } from '../failure.ts';
import { ordinary } from './ordinary.ts';
import { attributesOf, mentionsOf, reading, relationsOf } from './reading.ts';

function collection(...parts: readonly string[]): string {
  return `<?xml version="1.0"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n<collection><source>x</source>\n<document><id>d1</id>${parts.join('\n')}</document></collection>`;
}

function passage(offset: number, text: string, ...annotations: readonly string[]): string {
  return `<passage><offset>${offset}</offset><text>${text}</text>${annotations.join('\n')}</passage>`;
}

function annotation(
  id: string,
  type: string,
  words: string,
  ...places: readonly (readonly [number, number])[]
): string {
  const locations = places.map(([offset, length]) => `<location offset="${offset}" length="${length}"/>`);
  return `<annotation id="${id}"><infon key="type">${type}</infon>${locations.join('')}<text>${words}</text></annotation>`;
}

function readOne(source: string): { readonly document: Document; readonly reports: readonly string[] } {
  const context = reading();
  const [document, ...more] = parseBiocXml(source, context);
  if (document === undefined || more.length > 0) throw new Error('not one document');
  return { document, reports: context.reports.map(({ message }) => message) };
}

describe('BioC XML', () => {
  it('is recognised by its collection', () => {
    expect(looksLikeBiocXml(collection())).toBe(true);
    expect(looksLikeBiocXml('<html><body>Gout</body></html>')).toBe(false);
  });

  it.each(Object.entries(ordinary))('is not %s', (_, text) => {
    expect(looksLikeBiocXml(text)).toBe(false);
  });

  it('gives passages with offsets that count through the document', () => {
    const { document, reports } = readOne(
      collection(
        passage(0, 'Gout &amp; iron', annotation('1', 'Disease', 'Gout', [0, 4])),
        passage(
          13,
          'Both ears ache',
          annotation('2', 'Finding', 'Both ache', [13, 4], [23, 4]),
          annotation('3', 'Finding', 'ears ache', [18, 4], [23, 4]),
        ),
      ),
    );
    expect(document).toMatchObject({ id: 'd1', text: 'Gout & iron\n\nBoth ears ache' });
    expect(mentionsOf(document)).toEqual(['Gout:Disease', 'Both ache:Finding', 'ears ache:Finding']);
    expect(document.spans.map(({ fragments }) => fragments?.length)).toEqual([undefined, 2, undefined]);
    expect(reports).toEqual([]);
  });

  it.each([
    ['code points', 7, 7],
    ['UTF-16 units', 8, 8],
    ['bytes', 11, 11],
  ])('finds mentions whose offsets count %s', (_, offset, start) => {
    const { document } = readOne(
      collection(
        passage(0, '😀é gou'),
        passage(offset, 'é gout', annotation('1', 'Disease', 'gout', [start + 2, 4])),
      ),
    );
    expect(mentionsOf(document)).toEqual(['gout:Disease']);
    expect(document.text).toMatch(/^😀é gou\n?é gout$/u);
  });

  it('gives the text of sentences', () => {
    const sentence = `<sentence><offset>0</offset><text>Has gout.</text>${annotation('1', 'Disease', 'gout', [4, 4])}</sentence>`;
    const next = `<sentence><offset>10</offset><text>Rash.</text></sentence>`;
    const { document } = readOne(
      collection(
        `<passage><offset>0</offset>${sentence}${next}${annotation('2', 'Sign', 'Rash', [10, 4])}</passage>`,
      ),
    );
    expect(document.text).toBe('Has gout.\nRash.');
    expect(mentionsOf(document)).toEqual(['gout:Disease', 'Rash:Sign']);
  });

  it('gives relations by their roles, with their properties', () => {
    const relation = `<relation id="R1"><infon key="type">causes</infon><infon key="sure">no</infon><node refid="1" role="Arg2"/><node refid="2" role="Arg1"/></relation>`;
    const { document, reports } = readOne(
      collection(
        passage(
          0,
          'gout iron',
          annotation('1', 'Disease', 'gout', [0, 4]),
          annotation('2', 'Drug', 'iron', [5, 4]),
        ),
        relation,
        `<relation id="R2"><node refid="1" role="x"/></relation>`,
      ),
    );
    expect(relationsOf(document)).toEqual(['iron>gout:causes']);
    expect(document.attributes).toEqual([{ id: 'A1', target: 'R1', name: 'sure', value: 'no' }]);
    expect(reports).toEqual(['Left out: 1 relation that does not join two annotations.']);
  });

  it('gives relations of concepts, and reports properties of passages', () => {
    const found = annotation('1', 'Disease', 'gout', [0, 4]).replace(
      '<location',
      '<infon key="MESH">D1</infon><location',
    );
    const other = annotation('2', 'Chemical', 'iron', [5, 4]).replace(
      '<location',
      '<infon key="identifier">D2</infon><location',
    );
    const { document, reports } = readOne(
      collection(
        passage(0, 'gout iron', found, other).replace(
          '<passage>',
          '<passage><infon key="section">title</infon>',
        ),
        '<relation><infon key="relation">CID</infon><infon key="Chemical">D2</infon><infon key="Disease">D1</infon></relation>',
        '<relation><infon key="type">Cause</infon><infon key="entity1">D2</infon><infon key="entity2">D1</infon><infon key="novel">No</infon></relation>',
      ),
    );
    expect(relationsOf(document)).toEqual(['iron>gout:CID', 'iron>gout:Cause']);
    expect(attributesOf(document)).toEqual(['gout concept=D1', 'iron concept=D2']);
    expect(document.meta).toEqual({
      conceptRelations: [
        ['CID', 'D2', 'D1'],
        ['Cause', 'D2', 'D1', 'No'],
      ],
    });
    expect(reports).toEqual(['Left out: 1 property "section" of a passage.']);
  });

  it('expands no entity of the file', () => {
    const bomb = '<!DOCTYPE collection [<!ENTITY a "gout gout gout">]>';
    const source = `${bomb}<collection><document><id>1</id>${passage(0, '&a;')}</document></collection>`;
    expect(readOne(source).document.text).toBe('&a;');
  });

  it.each([
    ['that is cut off', '<collection>\n<document>', 2],
    ['that is nested without end', '<collection>'.repeat(100_000), 1],
    ['of another kind', '\n<html></html>', 2],
    ['with a place outside the text', collection(passage(0, 'gout', annotation('1', 'X', '', [2, 9]))), 4],
    ['without numbers', collection(passage(0, 'gout', annotation('1', 'X', '', [NaN, 9]))), 4],
    ['without a place', collection(passage(0, 'gout', annotation('1', 'X', 'gout'))), 4],
  ])('is refused if it is XML %s', (_, source, line) => {
    expect(failure(() => parseBiocXml(source, reading())).place).toEqual({ file: 'note.x', line });
  });
});

describe('BioC JSON', () => {
  it('is read like XML, also as PubTator 3 writes it', () => {
    const annotations = [
      {
        id: '1',
        infons: { type: 'Disease', identifier: 'D1' },
        text: 'gout',
        locations: [{ offset: 9, length: 4 }],
      },
      {
        id: '2',
        infons: { type: 'Chemical', identifier: 'D2', score: 0.5 },
        text: 'iron',
        locations: [{ offset: 14, length: 4 }],
      },
    ];
    const infons = { type: 'Cause', role1: { identifier: 'D2' }, role2: { identifier: 'D1' }, score: '0.9' };
    const passages = [
      { offset: 0, infons: {}, text: 'A title.', annotations: [] },
      { offset: 9, infons: {}, text: 'gout iron', annotations },
    ];
    const source = JSON.stringify({
      PubTator3: [{ id: '7', infons: {}, passages, relations: [{ id: 'R1', infons, nodes: [] }] }],
    });
    const [document] = parseJson(source, reading(), { readOwn: () => undefined });
    expect(document).toMatchObject({ id: '7', text: 'A title.\ngout iron' });
    expect(document && mentionsOf(document)).toEqual(['gout:Disease', 'iron:Chemical']);
    expect(document && relationsOf(document)).toEqual(['iron>gout:Cause']);
    expect(document && attributesOf(document)).toContain('iron score=0.5');
  });
});
