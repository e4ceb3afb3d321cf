import { ratio } from './scores.ts';

/** Counts of (gold class, predicted class), indexed by the positions of the classes in `labels`. */
export interface Confusion {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** Every label of either list is a class. Both lists have the same length. */
export function confusionOf(gold: readonly string[], predicted: readonly string[]): Confusion {
  const labels = [...new Set([...gold, ...predicted])].sort();
  const position = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => labels.map(() => 0));
  gold.forEach((label, i) => {
    const row = counts[position.get(label) as number] as number[];
    const column = position.get(predicted[i] as string) as number;
    row[column] = (row[column] as number) + 1;
  });
  return { labels, counts };
}

export function classTally(
  { counts }: Confusion,
  k: number,
): { readonly correct: number; readonly predicted: number; readonly gold: number } {
  return {
    correct: counts[k]?.[k] ?? 0,
    predicted: counts.reduce((sum, row) => sum + (row[k] as number), 0),
    gold: (counts[k] ?? []).reduce((sum, count) => sum + count, 0),
  };
}

/** The share of rows with the right label, in [0, 1]. */
export function accuracy(confusion: Confusion): number {
  const rows = confusion.counts.flat().reduce((sum, count) => sum + count, 0);
  const right = confusion.labels.reduce((sum, _, k) => sum + classTally(confusion, k).correct, 0);
  return ratio(right, rows);
}

/** The mean recall of the classes in the gold data, in [0, 1]. */
export function balancedAccuracy(confusion: Confusion): number {
  const recalls = confusion.labels
    .map((_, k) => classTally(confusion, k))
    .filter(({ gold }) => gold > 0)
    .map(({ correct, gold }) => correct / gold);
  return ratio(
    recalls.reduce((sum, recall) => sum + recall, 0),
    recalls.length,
  );
}

/**
 * Matthews correlation in [-1, 1]; with more than two classes, Gorodkin's R_K (2004). 0 if either list has only one class.
 */
export function matthewsCorrelation(confusion: Confusion): number {
  const tallies = confusion.labels.map((_, k) => classTally(confusion, k));
  const total = (of: (tally: (typeof tallies)[number]) => number): number =>
    tallies.reduce((sum, tally) => sum + of(tally), 0);
  const rows = total(({ gold }) => gold);
  const correct = total((tally) => tally.correct);
  const covariance = correct * rows - total(({ gold, predicted }) => gold * predicted);
  const goldVariance = rows ** 2 - total(({ gold }) => gold ** 2);
  const predictedVariance = rows ** 2 - total(({ predicted }) => predicted ** 2);
  return ratio(covariance, Math.sqrt(goldVariance) * Math.sqrt(predictedVariance));
}
