import { distance, nearestOf } from './align.ts';
import type { Mention } from './mention.ts';
import { overlapsOf } from './overlappingRanges.ts';
import type { PartialScore, PartialView } from './report.ts';
import { ratio } from './scores.ts';

interface ViewRule {
  readonly agrees: (gold: Mention, predicted: Mention) => boolean;
  /** Whether an overlapping mention that does not agree counts as half right (`partial`) or wrong (`incorrect`). */
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
 * Adds the mentions of a text (in text order) to the counts of the four views of SemEval-2013 task 9. Flat mentions are
 * matched as in nervaluate 1.2: in text order, each prediction takes the nearest free gold mention that agrees, otherwise
 * the first free one that it overlaps. Exact matches are taken first, so that overlapping predictions do not take a
 * mention from an exact match.
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
  const take = (g: number, outcome: 'correct' | ViewRule['otherwise']): void => {
    taken.add(g);
    counts[outcome]++;
  };
  const rest = [...predicted.keys()].filter((p) => {
    const mention = predicted[p] as Mention;
    const same = (overlaps[p] as readonly number[]).find((g) => {
      const candidate = gold[g] as Mention;
      return !taken.has(g) && samePlace(candidate, mention) && rule.agrees(candidate, mention);
    });
    if (same !== undefined) take(same, 'correct');
    return same === undefined;
  });
  for (const p of rest) {
    const mention = predicted[p] as Mention;
    const free = (overlaps[p] as readonly number[]).filter((g) => !taken.has(g));
    const nearest = nearestOf(
      free.filter((g) => rule.agrees(gold[g] as Mention, mention)),
      (g) => distance(gold[g] as Mention, mention),
    );
    const [first] = free;
    if (nearest !== undefined) take(nearest, 'correct');
    else if (first !== undefined) take(first, rule.otherwise);
    else counts.spurious++;
  }
  counts.missed += gold.length - taken.size;
}

/** Precision, recall and F1 of one view. A partial match counts half. */
export function partialScoreOf(counts: PartialCounts): PartialScore {
  const right = counts.correct + counts.partial / 2;
  const paired = counts.correct + counts.incorrect + counts.partial;
  const precision = ratio(right, paired + counts.spurious);
  const recall = ratio(right, paired + counts.missed);
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall), ...counts };
}
