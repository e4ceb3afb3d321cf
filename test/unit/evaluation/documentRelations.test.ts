import { describe, expect, it } from 'vitest';
import type { Document, Span } from '../../../src/corpus/document.ts';
import { compareDocumentRelations } from '../../../src/evaluation/compare.ts';
import { evaluateDocumentRelations } from '../../../src/evaluation/evaluateDocumentRelations.ts';
import { renderHtml } from '../../../src/evaluation/render/html.ts';
import { renderMarkdown } from '../../../src/evaluation/render/markdown.ts';
import { renderTerminal } from '../../../src/evaluation/render/terminal.ts';
import { relationDocument } from '../project/relationDocument.ts';

const options = { created: '2026-11-24T11:25:00Z', resamples: 50 };
const text = '[Aspirin|Chemical] for [pain|Disease], [fever|Disease]\nand [flu|Disease] of [PAH|Gene].';

type Said = readonly [head: string, tail: string, label: string];

function note(id: string, ...related: readonly Said[]): Document {
  return { ...relationDocument(text, ...related), id };
}

describe('scores of relations between mentions', () => {
  it('count a relation as right when label and both ends agree', () => {
    const gold = [note('a', ['T1', 'T2', 'treats'], ['T1', 'T3', 'treats']), note('b')];
    const predicted = [note('a', ['T1', 'T2', 'treats']), note('b', ['T1', 'T4', 'treats'])];
    const report = evaluateDocumentRelations(gold, predicted, options);
    expect(report.micro).toMatchObject({ correct: 1, predicted: 2, support: 2, f1: 0.5 });
    expect(report.counts).toEqual({ correct: 1, missed: 1, spurious: 1, type: 0, boundary: 0 });
    expect(report).toMatchObject({
      scheme: 'documents',
      documents: 2,
      interval: { unit: 'document', units: 2 },
    });
  });

  it('list no more errors than wanted, and count the others', () => {
    const gold = [note('a', ['T1', 'T2', 'treats'], ['T1', 'T3', 'treats'], ['T1', 'T4', 'treats'])];
    const few = evaluateDocumentRelations(gold, [note('a')], { ...options, maxErrors: 2 });
    expect([few.errors.length, few.errorsLeftOut]).toEqual([2, 1]);
    const all = evaluateDocumentRelations(gold, [note('a')], options);
    expect([all.errors.length, all.errorsLeftOut]).toEqual([3, 0]);
  });

  it('tell another label from other words and from ends exchanged', () => {
    const gold = [note('a', ['T1', 'T2', 'treats'], ['T1', 'T3', 'treats'], ['T5', 'T4', 'causes'])];
    const guess = note('a', ['T1', 'T2', 'causes'], ['T1', 'T3', 'treats'], ['T4', 'T5', 'causes']);
    const longer = (span: Span): Span => (span.id === 'T3' ? { ...span, end: span.end + 4 } : span);
    const predicted = [{ ...guess, spans: guess.spans.map(longer) }];
    const report = evaluateDocumentRelations(gold, predicted, options);
    expect(report.counts).toEqual({ correct: 0, missed: 1, spurious: 1, type: 1, boundary: 1 });
    expect(report.types['causes']).toMatchObject({ support: 1, predicted: 2, correct: 0 });
  });

  it('list each error with its place, its ends and the words around it', () => {
    const gold = [note('a', ['T1', 'T2', 'treats']), note('b', ['T1', 'T4', 'treats'])];
    const { errors } = evaluateDocumentRelations(
      gold,
      [note('a', ['T1', 'T2', 'treats']), note('b')],
      options,
    );
    expect(errors).toEqual([
      {
        kind: 'missed',
        document: 'b',
        line: 1,
        start: 0,
        end: 31,
        gold: { label: 'treats', text: 'Aspirin → flu' },
        before: '',
        after: ' of PAH.',
      },
    ]);
  });

  it('do not mind how often a relation is stated, nor in which direction when it is symmetric', () => {
    const gold = [note('a', ['T3', 'T2', 'with'])];
    const predicted = [note('a', ['T2', 'T3', 'with'], ['T2', 'T3', 'with'])];
    expect(evaluateDocumentRelations(gold, predicted, options).micro).toMatchObject({ f1: 0, predicted: 1 });
    const symmetric = { ...options, symmetric: ['with'] };
    expect(evaluateDocumentRelations(gold, predicted, symmetric).micro.f1).toBe(1);
  });

  it('take no notice of labels that are not asked for, and refuse labels that nobody has', () => {
    const gold = [note('a', ['T1', 'T2', 'treats'], ['T5', 'T4', 'causes'])];
    const only = { ...options, labels: ['treats'] };
    expect(evaluateDocumentRelations(gold, [note('a')], only).micro.support).toBe(1);
    expect(() => evaluateDocumentRelations(gold, gold, { ...options, labels: ['Treats'] })).toThrow(
      'None of the labels Treats appears in the data.',
    );
  });

  it('refuse predictions on another text', () => {
    const other = { ...relationDocument('Something else.'), id: 'a' };
    expect(() => evaluateDocumentRelations([note('a')], [other], options)).toThrow(
      'The predicted text differs from the gold text here.',
    );
  });

  it('are compared between two predictions by document', () => {
    const gold = Array.from({ length: 30 }, (_, i) => note(`d${i}`, ['T1', 'T2', 'treats']));
    const none = gold.map((document) => ({ ...document, relations: [] }));
    const { difference, p } = compareDocumentRelations(gold, none, gold);
    expect(difference).toBe(1);
    expect(p).toBeLessThan(0.01);
  });

  it('are shown without the measures of rows', () => {
    const gold = [note('a', ['T1', 'T2', 'treats'])];
    const report = evaluateDocumentRelations(gold, [note('a', ['T1', 'T2', 'causes'])], options);
    for (const shown of [renderTerminal(report), renderMarkdown(report), renderHtml(report)]) {
      expect(shown).toMatch(/1 document\b/);
      expect(shown).not.toMatch(/Matthews|undefined|NaN/);
    }
    expect(renderMarkdown(report)).toContain('Aspirin → pain');
  });
});
