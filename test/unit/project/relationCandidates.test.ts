import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { relationCandidates } from '../../../src/project/relationCandidates.ts';
import type { RelationSchema } from '../../../src/project/relationSchema.ts';
import { relationDocument, schemaOf } from './relationDocument.ts';

const association = schemaOf('association Gene Disease');

/** Text and label of each pair. */
function rowsOf(document: Document, schema: RelationSchema): (readonly [text: string, label: string])[] {
  return relationCandidates(document, schema).map(({ row }) => [row.text, row.label]);
}

describe('candidate pairs', () => {
  const pair = relationDocument('[BRCA1|Gene] and [TP53|Gene] were studied in [breast cancer|Disease].', [
    'T1',
    'T3',
    'association',
  ]);

  it('are those of a sentence, with the pair masked and the rest left as it is', () => {
    expect(rowsOf(pair, association)).toEqual([
      ['@GENE$ and TP53 were studied in @DISEASE$.', '1'],
      ['BRCA1 and @GENE$ were studied in @DISEASE$.', '0'],
    ]);
  });

  it('are marked with typed punctuation where the schema says so', () => {
    expect(rowsOf(pair, { ...association, input: 'marker' })).toEqual([
      ['@ * gene * BRCA1 @ and TP53 were studied in # ^ disease ^ breast cancer # .', '1'],
      ['BRCA1 and @ * gene * TP53 @ were studied in # ^ disease ^ breast cancer # .', '0'],
    ]);
  });

  it('tell where the two mentions stand, in text order', () => {
    const document = relationDocument('In  [breast\ncancer|Disease], [BRCA1|Gene]-linked, ');
    for (const [input, first, second] of [
      ['mask', '@DISEASE$', '@GENE$'],
      ['marker', '# ^ disease ^ breast cancer #', '@ * gene * BRCA1 @'],
    ] as const) {
      const [{ row } = { row: undefined }] = relationCandidates(document, { ...association, input });
      expect(row?.ends?.map(({ start, end }) => row.text.slice(start, end))).toEqual([first, second]);
    }
  });

  it('keep the words of a type apart in markers', () => {
    const schema = { ...schemaOf('modifies Severity Sign_symptom'), input: 'marker' } as const;
    expect(rowsOf(relationDocument('[Severe|Severity][pain|Sign_symptom]'), schema)).toEqual([
      ['@ * severity * Severe @ # ^ sign symptom ^ pain #', '0'],
    ]);
  });

  const three = '[CFTR|Gene] was found. It was cloned. [Cystic fibrosis|Disease] is common.';

  it('stay within a sentence, or within a window of sentences', () => {
    const document = relationDocument(three);
    expect(rowsOf(document, association)).toEqual([]);
    expect(rowsOf(document, { ...association, window: 2 })).toEqual([]);
    expect(rowsOf(document, { ...association, window: 3 })).toEqual([
      ['@GENE$ was found. It was cloned. @DISEASE$ is common.', '0'],
    ]);
  });

  it('take the sentences that a document brings', () => {
    const document = relationDocument('[PAH|Gene] and [gout|Disease] in one line');
    const sentences = [
      { start: 0, end: 8 },
      { start: 8, end: document.text.length },
    ];
    expect(rowsOf({ ...document, sentences }, association)).toEqual([]);
    expect(rowsOf({ ...document, sentences }, { ...association, window: 2 })).toHaveLength(1);
  });

  it('hold no mentions that overlap', () => {
    const document = relationDocument('[G6PD deficiency|Disease] is common.');
    const gene = { id: 'T9', start: 0, end: 4, label: 'Gene', source: 'human' } as const;
    expect(rowsOf({ ...document, spans: [...document.spans, gene] }, association)).toEqual([]);
  });

  it('are labelled by the names of the relations when there are several', () => {
    const schema = schemaOf('causes Chemical Disease', 'treats Chemical Disease', 'association Gene Disease');
    const text = '[Aspirin|Chemical] for [pain|Disease]; [PAH|Gene].';
    expect(rowsOf(relationDocument(text, ['T1', 'T2', 'treats']), schema)).toEqual([
      ['@CHEMICAL$ for @DISEASE$; PAH.', 'treats'],
      ['Aspirin for @DISEASE$; @GENE$.', '0'],
    ]);
  });

  it('have the first of several stated relations, in the order of the schema', () => {
    const schema = schemaOf('causes Chemical Disease', 'treats Chemical Disease');
    const document = relationDocument(
      '[Aspirin|Chemical] and [pain|Disease].',
      ['T1', 'T2', 'treats'],
      ['T1', 'T2', 'causes'],
    );
    expect(rowsOf(document, schema)).toEqual([['@CHEMICAL$ and @DISEASE$.', 'causes']]);
  });

  it('are one pair where types join the same two both ways', () => {
    const schema = schemaOf('treats Chemical Disease', 'contraindicates Disease Chemical');
    const document = relationDocument('[Asthma|Disease] rules out [aspirin|Chemical].', [
      'T1',
      'T2',
      'contraindicates',
    ]);
    expect(rowsOf(document, schema)).toEqual([['@DISEASE$ rules out @CHEMICAL$.', 'contraindicates']]);
  });

  it('are one pair for a symmetric type, whichever end is named first', () => {
    const schema = schemaOf('interacts Chemical Chemical symmetric');
    const text = '[Aspirin|Chemical] with [warfarin|Chemical].';
    const expected = [['@CHEMICAL$ with @CHEMICAL$.', '1']];
    expect(rowsOf(relationDocument(text, ['T1', 'T2', 'interacts']), schema)).toEqual(expected);
    expect(rowsOf(relationDocument(text, ['T2', 'T1', 'interacts']), schema)).toEqual(expected);
  });

  it('are a pair each way, told apart, for a type with an order between mentions of one type', () => {
    const schema = schemaOf('precedes Disease Disease');
    const document = relationDocument('[Flu|Disease] after [gout|Disease].', ['T2', 'T1', 'precedes']);
    expect(rowsOf(document, schema)).toEqual([
      ['@DISEASE1$ after @DISEASE2$.', '0'],
      ['@DISEASE2$ after @DISEASE1$.', '1'],
    ]);
    expect(rowsOf(document, { ...schema, input: 'marker' })).toEqual([
      ['@ * disease * Flu @ after # ^ disease ^ gout # .', '0'],
      ['# ^ disease ^ Flu # after @ * disease * gout @ .', '1'],
    ]);
  });

  it('do not mind a relation of a kind that the schema does not have', () => {
    const document = relationDocument('[PAH|Gene] and [gout|Disease].', ['T1', 'T2', 'unknown']);
    expect(rowsOf(document, association)).toEqual([['@GENE$ and @DISEASE$.', '0']]);
  });

  it('take no more of a text without sentences than a model can read', () => {
    const words = 'and so on '.repeat(2000);
    const [candidate] = relationCandidates(
      relationDocument(`${words}[PAH|Gene] and [gout|Disease] ${words}`),
      association,
    );
    expect(candidate?.row.text).toHaveLength(8000 + '@GENE$ and @DISEASE$'.length);
  });

  it('of a long text with many mentions are found in its windows only', () => {
    const document = relationDocument('[PAH|Gene] and [gout|Disease] were seen. '.repeat(3000));
    expect(relationCandidates(document, association)).toHaveLength(3000);
  });
});
