import { describe, expect, it } from 'vitest';
import { createSpan, type Document } from '../../../src/corpus/document.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { relationCandidates } from '../../../src/project/relationCandidates.ts';

function document(
  text: string,
  mentions: readonly (readonly [string, string])[],
  related: readonly (readonly [string, string])[],
): Document {
  const spans = mentions.map(([surface, label], index) => {
    const start = text.indexOf(surface);
    return createSpan(text, {
      id: `T${index + 1}`,
      start,
      end: start + surface.length,
      label,
      source: 'human',
    });
  });
  const relations = related.map(([head, tail], index) => ({
    id: `R${index + 1}`,
    head,
    tail,
    label: 'association',
    source: 'human' as const,
  }));
  return { id: 'd', text, spans, relations, attributes: [], meta: {} };
}

describe('relationCandidates', () => {
  it('gives each pair of a sentence with the pair masked and the rest left as it is', () => {
    const doc = document(
      'BRCA1 and TP53 were studied in breast cancer.',
      [
        ['BRCA1', 'Gene'],
        ['TP53', 'Gene'],
        ['breast cancer', 'Disease'],
      ],
      [['T1', 'T3']],
    );
    expect(relationCandidates([doc], defaultProject)).toEqual([
      { text: '@GENE$ and TP53 were studied in @DISEASE$.', label: '1' },
      { text: 'BRCA1 and @GENE$ were studied in @DISEASE$.', label: '0' },
    ]);
  });

  it('joins nothing across sentences, nor mentions that overlap', () => {
    const apart = document(
      'CFTR was sequenced. Cystic fibrosis is common.',
      [
        ['CFTR', 'Gene'],
        ['Cystic fibrosis', 'Disease'],
      ],
      [],
    );
    const nested = document(
      'G6PD deficiency is common.',
      [
        ['G6PD', 'Gene'],
        ['G6PD deficiency', 'Disease'],
      ],
      [],
    );
    expect(relationCandidates([apart, nested], defaultProject)).toEqual([]);
  });

  it('labels by the relation’s name when the project has several', () => {
    const project = {
      ...defaultProject,
      relationTypes: [
        ...defaultProject.relationTypes,
        { name: 'treats', head: 'Chemical', tail: 'Disease', definition: 'it treats it' },
      ],
    };
    const doc = document(
      'PAH mutations cause phenylketonuria.',
      [
        ['PAH', 'Gene'],
        ['phenylketonuria', 'Disease'],
      ],
      [['T1', 'T2']],
    );
    expect(relationCandidates([doc], project)).toEqual([
      { text: '@GENE$ mutations cause @DISEASE$.', label: 'association' },
    ]);
  });
});
