import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import type { RelationRow } from '../../../src/corpus/relationRows.ts';
import { comparePredictions, compareRelationPredictions } from '../../../src/evaluation/compare.ts';
import { tokenDocument } from './sampleDocuments.ts';

/** Forty sentences with one mention each, of which the first `found` are marked. */
function sentences(found: number): Document[] {
  return Array.from({ length: 40 }, (_, i) =>
    tokenDocument(`s${i}`, 5, i < found ? [{ start: 1, end: 2, label: 'Disease' }] : []),
  );
}

/** Thirty rows of which the first `positive` say that there is a relation. */
function rows(positive: number): RelationRow[] {
  return Array.from({ length: 30 }, (_, i) => ({ text: `row ${i}`, label: i < positive ? '1' : '0' }));
}

describe('comparing two predictions', () => {
  it('finds a large difference to be more than chance', () => {
    const { difference, p, first, second } = comparePredictions(sentences(40), sentences(10), sentences(35));
    expect(difference).toBeCloseTo(second.f1 - first.f1, 12);
    expect(p).toBeLessThan(0.001);
  });

  it('finds that a difference of one sentence may be chance', () => {
    expect(comparePredictions(sentences(40), sentences(20), sentences(21)).p).toBe(1);
  });

  it('finds no difference between a prediction and itself', () => {
    const { difference, p } = comparePredictions(sentences(40), sentences(20), sentences(20));
    expect([difference, p]).toEqual([0, 1]);
  });

  it('gives the same p for the same seed, and the exact one where it is known', () => {
    // Three sentences differ, all in one direction: 2 of the 8 ways to swap are as far apart.
    const [one, again] = [3, 3].map(
      (seed) => comparePredictions(sentences(40), sentences(20), sentences(23), { seed }).p,
    );
    expect(again).toBe(one);
    expect(one).toBeCloseTo(0.25, 1);
  });

  it('works on rows of relations and keeps the name of the second prediction', () => {
    const comparison = compareRelationPredictions(rows(30), rows(5), rows(28), { name: 'other.tsv' });
    expect(comparison).toMatchObject({ name: 'other.tsv', first: { correct: 5 }, second: { correct: 28 } });
    expect(comparison.p).toBeLessThan(0.01);
  });
});
