import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import { tokenDocument, type TokenRange } from '../../unit/evaluation/sampleDocuments.ts';

const length = 12;
const labels = ['Disease', 'Chemical', 'Procedure'];
const options = { created: '2026-11-24T00:00:00Z', resamples: 20 };

/** Any mentions, nested, overlapping and repeated ones too. */
const mention: fc.Arbitrary<TokenRange> = fc
  .record({
    start: fc.integer({ min: 0, max: length - 1 }),
    size: fc.integer({ min: 1, max: 4 }),
    label: fc.constantFrom(...labels),
  })
  .map(({ start, size, label }) => ({ start, end: Math.min(length, start + size), label }));

const corpus: fc.Arbitrary<{ gold: Document[]; predicted: Document[] }> = fc
  .array(fc.tuple(fc.array(mention, { maxLength: 5 }), fc.array(mention, { maxLength: 5 })), { maxLength: 5 })
  .map((sentences) => ({
    gold: sentences.map(([mentions], i) => tokenDocument(`s${i}`, length, mentions)),
    predicted: sentences.map(([, mentions], i) => tokenDocument(`s${i}`, length, mentions)),
  }));

function check(property: (gold: Document[], predicted: Document[]) => void): void {
  fc.assert(fc.property(corpus, ({ gold, predicted }) => property(gold, predicted)));
}

describe('scores of any mentions', () => {
  it('are 1 for the gold data itself, in every view', () => {
    check((gold) => {
      const { micro, partial, counts, errors } = evaluateMentions(gold, gold, options);
      const perfect = micro.support === 0 ? 0 : 1;
      expect([micro.f1, partial.strict.f1, partial.partial.f1, partial.type.f1, partial.exact.f1]).toEqual(
        Array.from({ length: 5 }, () => perfect),
      );
      expect([counts.correct, errors.length]).toEqual([micro.support, 0]);
    });
  });

  it('swap precision and recall when the sides are swapped', () => {
    check((gold, predicted) => {
      const one = evaluateMentions(gold, predicted, options).micro;
      const other = evaluateMentions(predicted, gold, options).micro;
      expect([one.precision, one.recall, one.f1]).toEqual([other.recall, other.precision, other.f1]);
    });
  });

  it('stay within 0 and 1', () => {
    check((gold, predicted) => {
      const { micro, macro, partial, types, interval } = evaluateMentions(gold, predicted, options);
      const scores = [micro, macro, ...Object.values(partial), ...Object.values(types)];
      const fractions = [...scores.flatMap((s) => [s.precision, s.recall, s.f1]), ...interval.f1];
      expect(fractions.filter((fraction) => !(fraction >= 0 && fraction <= 1))).toEqual([]);
      expect(interval.f1[0]).toBeLessThanOrEqual(interval.f1[1]);
    });
  });

  it('agree between micro, the types and the strict view', () => {
    check((gold, predicted) => {
      const { micro, types, partial } = evaluateMentions(gold, predicted, options);
      const sum = (of: 'correct' | 'predicted' | 'support'): number =>
        Object.values(types).reduce((total, score) => total + score[of], 0);
      expect([sum('correct'), sum('predicted'), sum('support')]).toEqual([
        micro.correct,
        micro.predicted,
        micro.support,
      ]);
      expect(partial.strict.correct).toBe(micro.correct);
      expect(partial.strict.f1).toBeCloseTo(micro.f1, 12);
    });
  });

  it('put each mention in one outcome', () => {
    check((gold, predicted) => {
      const { counts, micro, errors } = evaluateMentions(gold, predicted, options);
      const paired = counts.correct + counts.type + counts.boundary;
      expect([paired + counts.missed, paired + counts.spurious]).toEqual([micro.support, micro.predicted]);
      expect(errors.length).toBe(counts.missed + counts.spurious + counts.type + counts.boundary);
    });
  });

  it('are, for one label, those of that type among all', () => {
    check((gold, predicted) => {
      const { types } = evaluateMentions(gold, predicted, options);
      for (const [label, score] of Object.entries(types)) {
        expect(evaluateMentions(gold, predicted, { ...options, labels: [label] }).micro).toEqual(score);
      }
    });
  });

  it('do not depend on the white space between the words', () => {
    check((gold, predicted) => {
      const spaced = predicted.map(widen);
      const [wide, narrow] = [
        evaluateMentions(gold, spaced, options),
        evaluateMentions(gold, predicted, options),
      ];
      expect([wide.micro, wide.counts]).toEqual([narrow.micro, narrow.counts]);
    });
  });
});

/** The same document with three blanks for each one. */
function widen(document: Document): Document {
  const place = (offset: number): number =>
    offset + 2 * (document.text.slice(0, offset).split(' ').length - 1);
  return {
    ...document,
    text: document.text.replaceAll(' ', '   '),
    spans: document.spans.map((span) => ({ ...span, start: place(span.start), end: place(span.end) })),
  };
}
