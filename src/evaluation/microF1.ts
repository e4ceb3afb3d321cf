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
  const tally = { correct: 0, predicted: 0, gold: 0 };
  for (const counts of talliesByType(gold, predicted, mode).values()) {
    tally.correct += counts.correct;
    tally.predicted += counts.predicted;
    tally.gold += counts.gold;
  }
  return f1Of(tally);
}

/** The F1 of a type, and how many gold mentions it has. */
export interface TypeF1 {
  readonly label: string;
  /** In [0, 1]. */
  readonly f1: number;
  readonly gold: number;
}

/** The same by type, the most frequent in the gold sentences first. */
export function f1ByType(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
): readonly TypeF1[] {
  return [...talliesByType(gold, predicted, 'conlleval')]
    .map(([label, tally]) => ({ label, f1: f1Of(tally), gold: tally.gold }))
    .sort((a, b) => b.gold - a.gold);
}

interface Tally {
  correct: number;
  predicted: number;
  gold: number;
}

function talliesByType(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
  mode: MatchMode,
): ReadonlyMap<string, Tally> {
  if (gold.length !== predicted.length) {
    throw new RangeError(`${gold.length} gold sentences but ${predicted.length} predicted ones`);
  }
  const tallies = new Map<string, Tally>();
  const tallyOf = (label: string): Tally => {
    const tally = tallies.get(label) ?? { correct: 0, predicted: 0, gold: 0 };
    tallies.set(label, tally);
    return tally;
  };
  gold.forEach((goldTags, i) => {
    const predictedTags = predicted[i] as readonly string[];
    if (goldTags.length !== predictedTags.length) {
      throw new RangeError(
        `sentence ${i}: ${goldTags.length} gold tags but ${predictedTags.length} predicted`,
      );
    }
    const goldMentions = tagMentions(goldTags, mode);
    const keys = new Set(goldMentions.map(keyOf));
    for (const { label } of goldMentions) tallyOf(label).gold++;
    for (const mention of tagMentions(predictedTags, mode)) {
      const tally = tallyOf(mention.label);
      tally.predicted++;
      if (keys.has(keyOf(mention))) tally.correct++;
    }
  });
  return tallies;
}

function keyOf({ start, end, label }: { start: number; end: number; label: string }): string {
  return `${start}-${end} ${label}`;
}
