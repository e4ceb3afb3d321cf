import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import type { PartialScore, PartialView } from '../../../src/evaluation/report.ts';
import { tokenDocument } from '../../unit/evaluation/sampleDocuments.ts';

type Mentions = readonly (readonly [start: number, end: number, label: string])[];

interface PartialCase {
  readonly name: string;
  readonly lengths: readonly number[];
  readonly gold: readonly Mentions[];
  readonly predicted: readonly Mentions[];
  readonly partial: Readonly<Record<PartialView, PartialScore>>;
}

const file = new URL('../data/evaluation/partial.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as PartialCase[];

function documentsOf(sentences: readonly Mentions[], lengths: readonly number[]): Document[] {
  return sentences.map((mentions, i) => {
    const ranges = mentions.map(([start, end, label]) => ({ start, end, label }));
    return tokenDocument(`s${i}`, lengths[i] as number, ranges);
  });
}

describe.each(cases)('partial credit for $name mentions', ({ lengths, gold, predicted, partial }) => {
  it.each(Object.entries(partial))('is that of nervaluate in the %s view', (view, expected) => {
    const report = evaluateMentions(documentsOf(gold, lengths), documentsOf(predicted, lengths), {
      created: '2026-11-24T00:00:00Z',
      resamples: 0,
    });
    const actual = report.partial[view as PartialView];
    for (const [key, value] of Object.entries(expected)) {
      expect([key, actual[key as keyof PartialScore]]).toEqual([key, expect.closeTo(value, 12)]);
    }
  });
});
