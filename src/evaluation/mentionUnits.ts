import { lastAtOrBefore } from './lineIndex.ts';
import type { Interval } from './report.ts';
import { type UnitCounts, unitCounts } from './resampling.ts';
import type { ScoredText } from './scoredText.ts';

/**
 * The counts of each unit to resample: documents, or the sentences of a single document. A mention
 * belongs to the sentence that it begins in.
 */
export function countsByUnit(texts: readonly ScoredText[]): {
  readonly unit: Interval['unit'];
  readonly counts: UnitCounts;
} {
  const [only] = texts;
  if (texts.length !== 1 || only === undefined) {
    const counts = unitCounts(texts.length);
    texts.forEach((text, unit) => addMentions(counts, text, () => unit));
    return { unit: 'document', counts };
  }
  const starts = only.sentenceStarts;
  const counts = unitCounts(Math.max(starts.length, 1));
  addMentions(counts, only, (start) => lastAtOrBefore(starts, start));
  return { unit: 'sentence', counts };
}

function addMentions(counts: UnitCounts, text: ScoredText, unitOf: (start: number) => number): void {
  const add = (to: Int32Array, start: number): void => {
    const unit = unitOf(start);
    to[unit] = (to[unit] as number) + 1;
  };
  for (const { start } of text.gold) add(counts.gold, start);
  for (const { start } of text.predicted) add(counts.predicted, start);
  for (const { kind, gold } of text.alignments) {
    if (kind === 'correct' && gold !== undefined) add(counts.correct, gold.start);
  }
}
