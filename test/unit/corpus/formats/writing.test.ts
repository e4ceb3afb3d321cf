import { describe, expect, it } from 'vitest';
import type { Document } from '../../../../src/corpus/document.ts';
import { formatHuggingFace } from '../../../../src/corpus/formats/jsonTools/writeHuggingFace.ts';
import { formatSpacy } from '../../../../src/corpus/formats/jsonTools/writeSpacy.ts';
import { nameDocuments } from '../../../../src/corpus/formats/nameDocuments.ts';

const note: Document = {
  id: 'n',
  text: '😀 Gout flare. Fine.',
  spans: [
    { id: 'T1', start: 3, end: 7, label: 'Disease', source: 'human' },
    { id: 'T2', start: 3, end: 13, label: 'Finding', source: 'human' },
  ],
  relations: [{ id: 'R1', head: 'T1', tail: 'T2', label: 'in', source: 'human' }],
  attributes: [
    { id: 'A1', target: 'T1', name: 'concept', value: 'D1' },
    { id: 'A2', target: 'T1', name: 'Negated' },
  ],
  meta: {},
};

describe('documents', () => {
  it('are written for spaCy with mentions that overlap in a span group', () => {
    const { content, losses } = formatSpacy([note]);
    expect(JSON.parse(content)).toEqual({
      id: 'n',
      text: note.text,
      ents: [{ start: 2, end: 12, label: 'Finding' }],
      spans: { sc: [{ start: 2, end: 6, label: 'Disease', kb_id: 'D1' }] },
    });
    expect(losses).toEqual([
      { what: 'relation', count: 1 },
      { what: 'attribute', count: 1 },
    ]);
  });

  it('are written as tokens with tags, one line for each sentence', () => {
    const { content, dropped, losses } = formatHuggingFace([note]);
    expect(
      content
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        id: 'n-1',
        document_id: 'n',
        tokens: ['😀', 'Gout', 'flare', '.'],
        ner_tags: ['O', 'B-Finding', 'I-Finding', 'O'],
      },
      { id: 'n-2', document_id: 'n', tokens: ['Fine', '.'], ner_tags: ['O', 'O'] },
    ]);
    expect(dropped).toMatchObject([{ reason: 'nested', span: { id: 'T1' } }]);
    expect(losses).toEqual([
      { what: 'relation', count: 1 },
      { what: 'attribute', count: 2 },
    ]);
  });

  it('of one file get different IDs, also if the file repeats them', () => {
    const named = ['a', 'a', 'a-2', undefined, '', 'a'].map((id) => Object.assign({}, note, { id }));
    expect(nameDocuments(named, { id: 'f' }).map(({ id }) => id)).toEqual([
      'a',
      'a-2',
      'a-2-2',
      'f-4',
      'f-5',
      'a-3',
    ]);
  });
});
