import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { relateMentions } from '../../../src/model/relateMentions.ts';
import type { SequenceClassifier } from '../../../src/model/sequenceClassifier.ts';
import { relationDocument, schemaOf } from '../project/relationDocument.ts';

/** A classifier that gives a row the first of `answers` whose words are in it. */
function classifier(
  labels: readonly string[],
  answers: readonly (readonly [words: string, probabilities: readonly number[]])[],
): SequenceClassifier {
  return {
    labels,
    classify: async (rows) =>
      rows.map(({ text }) => {
        const found = answers.find(([words]) => text.includes(words))?.[1] ?? labels.map(() => 0);
        const probabilities = Float32Array.from(found);
        const score = Math.max(...probabilities);
        return { label: labels[probabilities.indexOf(score)] ?? '', score, probabilities, cut: false };
      }),
    release: async () => undefined,
  };
}

function said({ relations }: Document): unknown[] {
  return relations.map(({ id, head, tail, label, score, source }) => [
    id,
    head,
    tail,
    label,
    score === undefined ? undefined : Number(score.toFixed(3)),
    source,
  ]);
}

const drug = schemaOf('treats Chemical Disease', 'causes Chemical Disease', 'association Gene Disease');
const labels = ['0', 'association', 'causes', 'treats'];

describe('a relation model on a document', () => {
  it('joins the pairs that it takes for related, with its probability', async () => {
    const documents = [
      relationDocument('[Aspirin|Chemical] treats [pain|Disease]. [Aspirin|Chemical] or [gout|Disease].'),
    ];
    const model = classifier(labels, [
      ['treats', [0.1, 0, 0.1, 0.8]],
      ['or', [0.7, 0, 0.2, 0.1]],
    ]);
    const { documents: related, pairs } = await relateMentions(model, documents, drug);
    expect(pairs).toBe(2);
    expect(related.map(said)).toEqual([[['R1', 'T1', 'T2', 'treats', 0.8, 'model']]]);
  });

  it('gives a pair no relation that its types do not allow', async () => {
    const documents = [relationDocument('[PAH|Gene] and [gout|Disease].')];
    const model = classifier(labels, [['and', [0.1, 0.3, 0, 0.6]]]);
    const { documents: related } = await relateMentions(model, documents, drug);
    expect(related.map(said)).toEqual([[['R1', 'T1', 'T2', 'association', 0.75, 'model']]]);
  });

  it('takes the label 1 for the only relation that there can be', async () => {
    const documents = [relationDocument('[gout|Disease] and [PAH|Gene].')];
    const model = classifier(['0', '1'], [['and', [0.2, 0.8]]]);
    const { documents: related } = await relateMentions(model, documents, drug);
    expect(related.map(said)).toEqual([[['R1', 'T2', 'T1', 'association', 0.8, 'model']]]);
  });

  it('finds a symmetric relation once', async () => {
    const schema = schemaOf('interacts Chemical Chemical symmetric', 'replaces Chemical Chemical');
    const documents = [relationDocument('[Aspirin|Chemical] with [warfarin|Chemical].')];
    const model = classifier(
      ['0', 'interacts', 'replaces'],
      [
        ['@CHEMICAL1$ with', [0.3, 0.7, 0]],
        ['@CHEMICAL2$ with', [0.1, 0.9, 0]],
      ],
    );
    const { documents: related } = await relateMentions(model, documents, schema);
    expect(related.map(said)).toEqual([[['R1', 'T2', 'T1', 'interacts', 0.9, 'model']]]);
  });

  it('replaces relations of its kinds, keeps others, and gives no id to another relation', async () => {
    const document = {
      ...relationDocument(
        '[Aspirin|Chemical] treats [pain|Disease] or [gout|Disease].',
        ['T1', 'T2', 'same'],
        ['T1', 'T2', 'causes'],
        ['T1', 'T3', 'treats'],
        ['T2', 'T3', 'causes'],
      ),
      attributes: [
        { id: 'A1', target: 'R2', name: 'Doubtful' },
        { id: 'A2', target: 'R1', name: 'Sure' },
        { id: 'A3', target: 'T1', name: 'Drug' },
      ],
    };
    const model = classifier(labels, [['', [0, 0, 0, 1]]]);
    const { documents: related } = await relateMentions(model, [document], drug);
    expect(related.map(said)).toEqual([
      [
        ['R1', 'T1', 'T2', 'same', undefined, 'human'],
        ['R4', 'T2', 'T3', 'causes', undefined, 'human'],
        ['R5', 'T1', 'T2', 'treats', 1, 'model'],
        ['R3', 'T1', 'T3', 'treats', 1, 'model'],
      ],
    ]);
    expect(related[0]?.attributes.map(({ id }) => id)).toEqual(['A2', 'A3']);
  });

  it('gives many documents back in their order, and says how far it is', async () => {
    const documents = Array.from({ length: 5000 }, (_, i) =>
      relationDocument(i % 2 === 0 ? '[PAH|Gene] causes [gout|Disease].' : 'Nothing here.'),
    );
    const seen: number[] = [];
    const { documents: related, pairs } = await relateMentions(
      classifier(labels, [['causes', [0, 1, 0, 0]]]),
      documents,
      drug,
      { onProgress: ({ done }) => seen.push(done) },
    );
    expect(pairs).toBe(2500);
    expect(related.map(({ relations }) => relations.length)).toEqual(documents.map((_, i) => (i + 1) % 2));
    expect(seen.at(-1)).toBe(5000);
  });

  it('refuses a model whose labels are no relation types, naming both', async () => {
    await expect(relateMentions(classifier(['NEG', 'POS'], []), [], drug)).rejects.toThrow(
      'The model has the labels NEG, POS, but the relation types are treats, causes, association.',
    );
  });
});
