import type { MatchMode } from './report.ts';
import { f1Of } from './scores.ts';
import { tagMentions } from './strictMentions.ts';

/**
 * Micro F1 in [0, 1] of exact matches between tag sequences, one per sentence. Throws `RangeError` if the numbers of
 * sentences or tags differ.
 */
export function microF1(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
  mode: MatchMode = 'conlleval',
): number {
  if (gold.length !== predicted.length) {
    throw new RangeError(`${gold.length} gold sentences but ${predicted.length} predicted ones`);
  }
  const tally = { correct: 0, predicted: 0, gold: 0 };
  gold.forEach((goldTags, i) => {
    const predictedTags = predicted[i] as readonly string[];
    if (goldTags.length !== predictedTags.length) {
      throw new RangeError(
        `sentence ${i}: ${goldTags.length} gold tags but ${predictedTags.length} predicted`,
      );
    }
    const goldMentions = new Set(tagMentions(goldTags, mode).map(keyOf));
    const predictedMentions = tagMentions(predictedTags, mode).map(keyOf);
    tally.gold += goldMentions.size;
    tally.predicted += predictedMentions.length;
    tally.correct += predictedMentions.filter((key) => goldMentions.has(key)).length;
  });
  return f1Of(tally);
}

function keyOf({ start, end, label }: { start: number; end: number; label: string }): string {
  return `${start}-${end} ${label}`;
}
