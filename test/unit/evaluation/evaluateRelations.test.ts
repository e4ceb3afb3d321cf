import { describe, expect, it } from 'vitest';
import type { RelationRow } from '../../../src/corpus/relationRows.ts';
import { evaluateRelations } from '../../../src/evaluation/evaluateRelations.ts';

const options = { created: '2026-11-24T11:25:00Z', resamples: 50 };

function rows(...labels: readonly string[]): RelationRow[] {
  return labels.map((label, i) => ({ text: `@GENE$ in @DISEASE$ ${i}`, label }));
}

describe('scores of relations', () => {
  it('leave the negative label out of micro and macro', () => {
    const report = evaluateRelations(rows('1', '1', '0', '0'), rows('1', '0', '0', '1'), options);
    expect(report.micro).toMatchObject({ correct: 1, predicted: 2, support: 2, f1: 0.5 });
    expect(report.macro.f1).toBe(0.5);
    expect(report.types['0']).toMatchObject({ correct: 1, predicted: 2, support: 2 });
    expect(report.accuracy).toBe(0.5);
  });

  it('count missed, spurious and wrong types', () => {
    const report = evaluateRelations(rows('a', 'a', '0', 'b', '0'), rows('a', '0', 'b', 'a', '0'), options);
    expect(report.counts).toEqual({ correct: 1, missed: 1, spurious: 1, type: 1, boundary: 0 });
    expect(report.errors.map(({ kind, line }) => [kind, line])).toEqual([
      ['missed', 2],
      ['spurious', 3],
      ['type', 4],
    ]);
  });

  it('take labels that are not asked for as negative', () => {
    const report = evaluateRelations(rows('a', 'b'), rows('a', 'a'), { ...options, labels: ['a'] });
    expect(report.counts).toEqual({ correct: 1, missed: 0, spurious: 1, type: 0, boundary: 0 });
  });

  it('are 0, not NaN, when one side knows one label only', () => {
    const report = evaluateRelations(rows('0', '1'), rows('0', '0'), options);
    expect([report.mcc, report.micro.f1, report.balancedAccuracy]).toEqual([0, 0, 0.5]);
  });

  it('name the row where the texts differ', () => {
    const other = [...rows('1'), { text: 'something else', label: '0' }];
    expect(() => evaluateRelations(rows('1', '0'), other, options)).toThrow(
      'The texts of row 2 differ between the gold data and the predictions.',
    );
  });

  it('do not mind other spacing', () => {
    const spaced = rows('1').map(({ label, text }) => ({ label, text: ` ${text.replaceAll(' ', '  ')}\r` }));
    expect(evaluateRelations(rows('1'), spaced, options).micro.f1).toBe(1);
  });

  it('say how many rows each side has when the numbers differ', () => {
    expect(() => evaluateRelations(rows('1', '0'), rows('1'), options)).toThrow(
      'The gold data has 2 rows and the predictions have 1.',
    );
  });
});
