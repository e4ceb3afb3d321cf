import { lastAtOrBefore } from '../corpus/lines.ts';
import type { Interval } from './report.ts';
import { countsOf, type UnitCounts, unitCounts } from './resampling.ts';
import type { ScoredText } from './scoredText.ts';
import { tallyOf } from './scores.ts';

/**
 * The counts of each unit to resample: documents, or sentences if there is only one document. A mention belongs to the
 * sentence in which it begins.
 */
export function countsByUnit(texts: readonly ScoredText[]): {
  readonly unit: Interval['unit'];
  readonly counts: UnitCounts;
} {
  const [only] = texts;
  if (texts.length !== 1 || only === undefined) {
    return { unit: 'document', counts: countsOf(texts.map(({ alignments }) => tallyOf(alignments))) };
  }
  const starts = only.sentenceStarts;
  const counts = unitCounts(Math.max(starts.length, 1));
  const add = (to: Int32Array, start: number): void => {
    const unit = lastAtOrBefore(starts, start);
    to[unit] = (to[unit] as number) + 1;
  };
  for (const { kind, gold, predicted } of only.alignments) {
    if (gold !== undefined) add(counts.gold, gold.start);
    if (predicted !== undefined) add(counts.predicted, predicted.start);
    if (kind === 'correct' && gold !== undefined) add(counts.correct, gold.start);
  }
  return { unit: 'sentence', counts };
}
