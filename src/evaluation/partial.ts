import { distance } from './align.ts';
import type { Mention } from './mention.ts';
import { overlapsOf } from './overlap.ts';
import type { PartialScore, PartialView } from './report.ts';
import { ratio } from './scores.ts';

interface ViewRule {
  readonly agrees: (gold: Mention, predicted: Mention) => boolean;
  /** Whether an overlap that doesn't agree is half right (`partial`) or wrong (`incorrect`). */
  readonly otherwise: 'partial' | 'incorrect';
}

const samePlace = (g: Mention, p: Mention): boolean => g.place === p.place;
const sameLabel = (g: Mention, p: Mention): boolean => g.label === p.label;

const rules: Readonly<Record<PartialView, ViewRule>> = {
  strict: { agrees: (g, p) => samePlace(g, p) && sameLabel(g, p), otherwise: 'incorrect' },
  exact: { agrees: samePlace, otherwise: 'incorrect' },
  partial: { agrees: samePlace, otherwise: 'partial' },
  type: { agrees: sameLabel, otherwise: 'incorrect' },
};

export type PartialCounts = Record<'correct' | 'incorrect' | 'partial' | 'missed' | 'spurious', number>;
export type PartialViews<T> = Record<PartialView, T>;

const zero: Readonly<PartialCounts> = { correct: 0, incorrect: 0, partial: 0, missed: 0, spurious: 0 };

export function emptyPartialCounts(): PartialViews<PartialCounts> {
  return { strict: { ...zero }, exact: { ...zero }, partial: { ...zero }, type: { ...zero } };
}

/**
 * Adds one text's mentions (text order) to the four views of SemEval-2013 task 9. The matching is that
 * of nervaluate 1.2: each prediction takes the nearest free gold mention that agrees, else the first free
 * one that it overlaps.
 */
export function countPartial(
  counts: PartialViews<PartialCounts>,
  gold: readonly Mention[],
  predicted: readonly Mention[],
): void {
  const overlaps = overlapsOf(gold, predicted);
  for (const view of Object.keys(rules) as PartialView[]) {
    countView(counts[view], rules[view], gold, predicted, overlaps);
  }
}

function countView(
  counts: PartialCounts,
  rule: ViewRule,
  gold: readonly Mention[],
  predicted: readonly Mention[],
  overlaps: readonly (readonly number[])[],
): void {
  const taken = new Set<number>();
  predicted.forEach((mention, p) => {
    const free = (overlaps[p] as readonly number[]).filter((g) => !taken.has(g));
    const agreeing = free.filter((g) => rule.agrees(gold[g] as Mention, mention));
    const nearest = agreeing.reduce<number | undefined>(
      (best, g) =>
        best === undefined || distance(gold[g] as Mention, mention) < distance(gold[best] as Mention, mention)
          ? g
          : best,
      undefined,
    );
    const match = nearest ?? free[0];
    if (match === undefined) {
      counts.spurious++;
      return;
    }
    taken.add(match);
    counts[nearest === undefined ? rule.otherwise : 'correct']++;
  });
  counts.missed += gold.length - taken.size;
}

/** Precision and recall of one view; a partial match counts half. */
export function partialScoreOf(counts: PartialCounts): PartialScore {
  const right = counts.correct + counts.partial / 2;
  const paired = counts.correct + counts.incorrect + counts.partial;
  const precision = ratio(right, paired + counts.spurious);
  const recall = ratio(right, paired + counts.missed);
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall), ...counts };
}
