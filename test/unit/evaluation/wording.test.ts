import { describe, expect, it } from 'vitest';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import type { Comparison, EntityReport } from '../../../src/evaluation/report.ts';
import {
  comparisonSentence,
  dateOf,
  hasInterval,
  intervalSentence,
  placeOf,
  plainSummary,
  scoreRows,
} from '../../../src/evaluation/render/wording.ts';
import { markedDocument } from './sampleDocuments.ts';

const gold = markedDocument('a', 'Gout and flu.', [
  ['Gout', 'Disease'],
  ['flu', 'Disease'],
]);
const report: EntityReport = evaluateMentions([gold], [{ ...gold, spans: gold.spans.slice(0, 1) }], {
  created: '2026-11-24T11:25:00Z',
  resamples: 20,
});
const comparison: Comparison = {
  first: report.micro,
  second: { ...report.micro, f1: 0.5 },
  difference: -0.1667,
  p: 0.05,
  rounds: 9999,
  seed: 1,
};

describe('what a report says in words', () => {
  it('calls a difference more than chance below one in twenty only', () => {
    const said = (p: number): string | undefined =>
      comparisonSentence({ ...report, comparison: { ...comparison, p } });
    expect(said(0.0499)).toContain('more than chance would explain');
    expect(said(0.05)).toContain('which chance alone may explain');
    expect(comparisonSentence(report)).toBeUndefined();
  });

  it('names the second prediction, with the difference in points', () => {
    expect(comparisonSentence({ ...report, comparison })).toMatch(
      /^Against the second prediction: micro F1 66\.7% here, 50\.0% there, a difference of -16\.7 points/u,
    );
    expect(comparisonSentence({ ...report, comparison: { ...comparison, name: 'tiny' } })).toMatch(
      /^Against tiny:/u,
    );
  });

  it('tells where an error is by document and line, or by row', () => {
    const error = { kind: 'missed', line: 12, start: 0, end: 1, before: '', after: '' } as const;
    expect(placeOf({ ...error, document: 'note-3' })).toBe('note-3, line 12');
    expect(placeOf({ ...error, document: '' })).toBe('row 12');
  });

  it('has an interval where there is more than one unit to draw from', () => {
    const { interval } = report;
    expect(hasInterval({ ...report, interval: { ...interval, units: 2, resamples: 20 } })).toBe(true);
    expect(hasInterval({ ...report, interval: { ...interval, units: 1, resamples: 20 } })).toBe(false);
    expect(hasInterval({ ...report, interval: { ...interval, units: 2, resamples: 0 } })).toBe(false);
  });

  it('gives the interval with its level, or says why there is none', () => {
    const interval = { ...report.interval, f1: [0.25, 0.75] as const, units: 2, unit: 'document' as const };
    const { resamples } = interval;
    expect(intervalSentence({ ...report, interval })).toBe(
      `95% interval of micro F1: 25.0% to 75.0% (${resamples} bootstrap resamples of 2 documents).`,
    );
    expect(intervalSentence({ ...report, interval: { ...interval, units: 1 } })).toBe(
      'No interval: the bootstrap needs at least two documents, sentences or rows, but found 1 document.',
    );
  });

  it('sums it up with one or many, also where nothing is found or nothing is there', () => {
    expect(plainSummary(report)).toBe(
      'Of 2 mentions in the gold data, 1 was found exactly (50.0%). Of 1 mention predicted, 100.0% is right.',
    );
    const nothing = evaluateMentions([gold], [{ ...gold, spans: [] }], { created: '', resamples: 20 });
    expect(plainSummary(nothing)).toBe(
      'Of 2 mentions in the gold data, 0 were found exactly (0.0%). Nothing was predicted.',
    );
    const empty = evaluateMentions([{ ...gold, spans: [] }], [gold], { created: '', resamples: 20 });
    expect(plainSummary(empty)).toBe('The gold data contains no mention; 2 mentions predicted.');
  });

  it('lists the types, then the averages', () => {
    expect(scoreRows(report).map(({ kind, label, correct }) => [kind, label, correct])).toEqual([
      ['type', 'Disease', 1],
      ['average', 'Micro average', 1],
      ['average', 'Macro average', undefined],
    ]);
  });

  it('gives a date in words, and what is none as it is', () => {
    expect(dateOf('2026-11-24T11:25:00Z', 'UTC')).toBe('24 November 2026, 11:25 UTC');
    expect(dateOf('yesterday')).toBe('yesterday');
  });
});
