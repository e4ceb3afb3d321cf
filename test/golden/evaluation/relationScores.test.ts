import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RelationRow } from '../../../src/corpus/relationRows.ts';
import { evaluateRelations } from '../../../src/evaluation/evaluateRelations.ts';
import type { RelationReport } from '../../../src/evaluation/report.ts';

type Fractions = Readonly<Record<'precision' | 'recall' | 'f1', number>>;

interface RelationCase {
  readonly name: string;
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  readonly micro: Fractions;
  readonly macro: Fractions;
  readonly types: Readonly<Record<string, Fractions & { readonly support: number }>>;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly mcc: number;
}

const file = new URL('../data/evaluation/relations.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as RelationCase[];

function rowsOf(labels: readonly string[]): RelationRow[] {
  return labels.map((label, i) => ({ text: `@GENE$ and @DISEASE$, row ${i}`, label }));
}

describe.each(cases)('scores of rows with $name', (expected) => {
  const evaluated = (): RelationReport =>
    evaluateRelations(rowsOf(expected.gold), rowsOf(expected.predicted), {
      created: '2026-11-24T00:00:00Z',
      resamples: 0,
    });

  it('are those of scikit-learn over the positive labels', () => {
    const report = evaluated();
    for (const average of ['micro', 'macro'] as const) {
      expect(report[average].precision).toBeCloseTo(expected[average].precision, 12);
      expect(report[average].recall).toBeCloseTo(expected[average].recall, 12);
      expect(report[average].f1).toBeCloseTo(expected[average].f1, 12);
    }
  });

  it('are those of scikit-learn for each label, the negative one included', () => {
    const report = evaluated();
    for (const [label, scores] of Object.entries(expected.types)) {
      expect(report.types[label]?.precision).toBeCloseTo(scores.precision, 12);
      expect(report.types[label]?.recall).toBeCloseTo(scores.recall, 12);
      expect(report.types[label]?.f1).toBeCloseTo(scores.f1, 12);
      expect(report.types[label]?.support).toBe(scores.support);
    }
  });

  it('have the accuracy, balanced accuracy and Matthews correlation of scikit-learn', () => {
    const report = evaluated();
    expect(report.accuracy).toBeCloseTo(expected.accuracy, 12);
    expect(report.balancedAccuracy).toBeCloseTo(expected.balancedAccuracy, 12);
    expect(report.mcc).toBeCloseTo(expected.mcc, 12);
  });
});
