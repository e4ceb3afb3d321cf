import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import type { EntityReport } from '../../../src/evaluation/report.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { markedDocument, tokenDocument } from './sampleDocuments.ts';

const options = { created: '2026-11-24T11:25:00Z', resamples: 50 };
const text = 'She has cystic fibrosis and takes ibuprofen.\nNo migraine since.';

function note(id: string, mentions: readonly (readonly [string, string])[], words = text): Document {
  return markedDocument(id, words, mentions);
}

const gold = note('a', [
  ['cystic fibrosis', 'Disease'],
  ['ibuprofen', 'Chemical'],
  ['migraine', 'Disease'],
]);

function failure(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('scores of mentions', () => {
  it('count a mention only when start, end and label agree', () => {
    const predicted = note('a', [
      ['fibrosis', 'Disease'],
      ['ibuprofen', 'Chemical'],
      ['migraine', 'Procedure'],
    ]);
    const { micro, types } = evaluateMentions([gold], [predicted], options);
    expect(micro).toMatchObject({ correct: 1, predicted: 3, support: 3, precision: 1 / 3, recall: 1 / 3 });
    expect(types['Chemical']).toMatchObject({ precision: 1, recall: 1, f1: 1, support: 1 });
    expect(types['Procedure']).toMatchObject({ precision: 0, recall: 0, f1: 0, support: 0, predicted: 1 });
  });

  it('average over types without weights in the macro figures', () => {
    const predicted = note('a', [['ibuprofen', 'Chemical']]);
    const { macro } = evaluateMentions([gold], [predicted], options);
    expect(macro).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 3 });
  });

  it('are zero, not an error, when there is nothing on either side', () => {
    const { micro, macro, types } = evaluateMentions([note('a', [])], [note('a', [])], options);
    expect([micro.f1, macro.f1, types]).toEqual([0, 0, {}]);
  });

  it('take the same mention twice for one mention', () => {
    const twice = {
      ...gold,
      spans: [...gold.spans, ...gold.spans.map((span) => ({ ...span, id: `${span.id}b` }))],
    };
    expect(evaluateMentions([twice], [gold], options).micro).toMatchObject({
      support: 3,
      predicted: 3,
      correct: 3,
    });
  });

  it('tell a discontinuous mention from an unbroken one with the same ends', () => {
    const fragments = [
      { start: 8, end: 14 },
      { start: 34, end: 43 },
    ];
    const whole = { id: 'T0', start: 8, end: 43, label: 'Disease', source: 'human' as const };
    const broken = { ...gold, spans: [{ ...whole, fragments }] };
    const unbroken = { ...gold, spans: [whole] };
    expect(evaluateMentions([broken], [broken], options).micro.correct).toBe(1);
    expect(evaluateMentions([broken], [unbroken], options).counts).toMatchObject({ correct: 0, boundary: 1 });
  });

  it('score only the labels asked for, on both sides', () => {
    const predicted = note('a', [
      ['cystic fibrosis', 'Disease'],
      ['migraine', 'Chemical'],
    ]);
    const report = evaluateMentions([gold], [predicted], { ...options, labels: ['Disease'] });
    expect(Object.keys(report.types)).toEqual(['Disease']);
    expect(report.micro).toMatchObject({ support: 2, predicted: 1, correct: 1 });
    expect(report.counts).toEqual({ correct: 1, missed: 1, spurious: 0, type: 0, boundary: 0 });
  });

  it('refuse labels that nothing has, and name those there are', () => {
    const { message, nextStep } = failure(() =>
      evaluateMentions([gold], [gold], { ...options, labels: ['Gene'] }),
    );
    expect(message).toBe('None of the labels Gene appears in the data.');
    expect(nextStep).toBe('Choose from: Chemical, Disease.');
  });

  it('take labels of which one is there, and any where there are none at all', () => {
    expect(evaluateMentions([gold], [gold], { ...options, labels: ['Disease', 'Gene'] }).micro.support).toBe(
      2,
    );
    const empty = note('a', []);
    expect(evaluateMentions([empty], [empty], { ...options, labels: ['Gene'] }).micro.support).toBe(0);
  });

  it('leave out, in strict mode, mentions that the BIO reader found without a beginning', () => {
    const loose = { ...gold, meta: { mentionsWithoutBegin: ['T2'] } };
    expect(evaluateMentions([gold], [loose], options).micro.predicted).toBe(2);
    expect(evaluateMentions([gold], [loose], { ...options, mode: 'conlleval' }).micro.predicted).toBe(3);
    expect(evaluateMentions([gold], [loose], { ...options, scheme: 'IOB1' }).micro.predicted).toBe(3);
  });
});

describe('pairing of documents', () => {
  const other = note('b', [['ibuprofen', 'Chemical']], 'Stop ibuprofen.');

  it('goes by id when both sides name the same documents', () => {
    expect(evaluateMentions([gold, other], [other, gold], options).micro.f1).toBe(1);
  });

  it('goes by order when the ids differ', () => {
    const renamed = [
      { ...gold, id: '1' },
      { ...other, id: '2' },
    ];
    expect(evaluateMentions([gold, other], renamed, options).micro.f1).toBe(1);
  });

  it('names the document that has no prediction', () => {
    const { message } = failure(() => evaluateMentions([gold, other], [gold], options));
    expect(message).toBe('Document “b” is in the gold data but not in the predictions.');
  });

  it('names document and line where the texts are different ones', () => {
    const changed = note('a', [], text.replace('since', 'today'));
    const error = failure(() => evaluateMentions([gold], [changed], options));
    expect(error.place).toEqual({ file: 'a', line: 2 });
    expect(error.describe()).not.toContain('today');
  });

  it('compares on what is no white space when only that differs', () => {
    const tokenised = note(
      'a',
      [
        ['cystic  fibrosis', 'Disease'],
        ['ibuprofen', 'Chemical'],
        ['migraine', 'Disease'],
      ],
      'She has cystic  fibrosis and takes ibuprofen .\r\n\r\nNo migraine since .\n',
    );
    const report = evaluateMentions([gold], [tokenised], options);
    expect(report.micro.f1).toBe(1);
    const [missed] = evaluateMentions([tokenised], [note('a', [])], options).errors;
    expect(missed?.gold?.text).toBe('cystic fibrosis');
    expect(missed && tokenised.text.slice(missed.start, missed.end)).toBe('cystic  fibrosis');
  });
});

describe('the counts of outcomes', () => {
  it('put every gold and every predicted mention in exactly one place', () => {
    const predicted = note('a', [
      ['fibrosis', 'Disease'],
      ['ibuprofen', 'Procedure'],
      ['She', 'Disease'],
    ]);
    const { counts, micro } = evaluateMentions([gold], [predicted], options);
    expect(counts).toEqual({ correct: 0, missed: 1, spurious: 1, type: 1, boundary: 1 });
    expect(counts.correct + counts.missed + counts.type + counts.boundary).toBe(micro.support);
    expect(counts.correct + counts.spurious + counts.type + counts.boundary).toBe(micro.predicted);
  });

  it('call a mention wrong in type and boundaries one missed and one spurious', () => {
    const { counts } = evaluateMentions(
      [note('a', [['cystic fibrosis', 'Disease']])],
      [note('a', [['fibrosis', 'Chemical']])],
      options,
    );
    expect(counts).toEqual({ correct: 0, missed: 1, spurious: 1, type: 0, boundary: 0 });
  });
});

/** Thirty sentences, of which the first `found` have a mention. */
function sentences(found: number): Document[] {
  return Array.from({ length: 30 }, (_, i) =>
    tokenDocument(`s${i}`, 6, i < found ? [{ start: 1, end: 3, label: 'Disease' }] : []),
  );
}

describe('the interval', () => {
  it('lies around micro F1 and is the same for the same seed', () => {
    const [{ interval, micro }, same, other] = [7, 7, 8].map((seed) =>
      evaluateMentions(sentences(30), sentences(20), { ...options, resamples: 31, seed }),
    ) as [EntityReport, EntityReport, EntityReport];
    expect(interval).toMatchObject({ level: 0.95, resamples: 31, unit: 'document', units: 30, seed: 7 });
    expect(interval.f1[0]).toBeLessThan(micro.f1);
    expect(interval.f1[1]).toBeGreaterThan(micro.f1);
    expect(same.interval).toEqual(interval);
    expect(other.interval.f1).not.toEqual(interval.f1);
  });

  it('draws the sentences of a single document', () => {
    expect(evaluateMentions([gold], [gold], options).interval).toMatchObject({ unit: 'sentence', units: 2 });
  });
});

describe('the list of errors', () => {
  it('gives both sides, the place and a few words around it', () => {
    const span = { id: 'T0', start: 15, end: 23, label: 'Disease', source: 'model' as const, score: 0.75 };
    const predicted = { ...gold, spans: [span] };
    const { errors } = evaluateMentions([gold], [predicted], options);
    expect(errors).toEqual([
      {
        kind: 'boundary',
        document: 'a',
        line: 1,
        start: 8,
        end: 23,
        gold: { label: 'Disease', text: 'cystic fibrosis' },
        predicted: { label: 'Disease', text: 'fibrosis', score: 0.75 },
        before: 'She has ',
        after: ' and takes ibuprofen.',
      },
      expect.objectContaining({ kind: 'missed', line: 1, gold: { label: 'Chemical', text: 'ibuprofen' } }),
      expect.objectContaining({ kind: 'missed', line: 2, before: 'No ', after: ' since.' }),
    ]);
  });

  it('holds no more than a few words of a long line', () => {
    const long = `${'word '.repeat(500)}migraine${' word'.repeat(500)}`;
    const [error] = evaluateMentions(
      [note('a', [['migraine', 'Disease']], long)],
      [note('a', [], long)],
      options,
    ).errors;
    expect(error?.before).toBe(`… ${'word '.repeat(6)}`);
    expect(error?.after).toBe(`${' word'.repeat(6)} …`);
  });

  it('keeps some of every kind when there are too many, and says how many it leaves out', () => {
    const documents = Array.from({ length: 20 }, (_, i) => note(`d${i}`, [['migraine', 'Disease']]));
    const predictions = documents.map(({ id }, i) => note(id, i === 19 ? [['migraine', 'Chemical']] : []));
    const { errors, errorsLeftOut } = evaluateMentions(documents, predictions, { ...options, maxErrors: 5 });
    expect(errors.map(({ kind }) => kind)).toEqual(['missed', 'missed', 'missed', 'missed', 'type']);
    expect(errorsLeftOut).toBe(15);
  });
});
