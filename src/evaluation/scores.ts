import type { ErrorCounts, ErrorKind } from './report.ts';

/** How many mentions (or rows) agree, were predicted and are in the gold data. */
export interface Tally {
  readonly correct: number;
  readonly predicted: number;
  readonly gold: number;
}

/** Fractions in [0, 1]; `support` is the number of gold mentions. */
export interface Average {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** An average with its counts. */
export interface Score extends Average {
  readonly correct: number;
  readonly predicted: number;
}

/** `part / whole`; 0 if `whole` is 0, as in seqeval and scikit-learn by default. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** F1: 2 * correct / (predicted + gold). */
export function f1Of({ correct, predicted, gold }: Tally): number {
  return ratio(2 * correct, predicted + gold);
}

export function scoreOf(tally: Tally): Score {
  return {
    precision: ratio(tally.correct, tally.predicted),
    recall: ratio(tally.correct, tally.gold),
    f1: f1Of(tally),
    support: tally.gold,
    correct: tally.correct,
    predicted: tally.predicted,
  };
}

/** The unweighted mean over the types. All scores are 0 if there are no types. */
export function macroOf(scores: readonly Average[]): Average {
  const mean = (of: (score: Average) => number): number =>
    ratio(
      scores.reduce((sum, score) => sum + of(score), 0),
      scores.length,
    );
  return {
    precision: mean((score) => score.precision),
    recall: mean((score) => score.recall),
    f1: mean((score) => score.f1),
    support: scores.reduce((sum, score) => sum + score.support, 0),
  };
}

/** A gold item, a predicted item, or a pair of both, and how they compare. */
export interface Aligned {
  readonly kind: ErrorKind | 'correct';
  readonly gold?: { readonly label: string };
  readonly predicted?: { readonly label: string };
}

export function tallyOf(aligned: readonly Aligned[]): Tally {
  return {
    correct: aligned.filter(({ kind }) => kind === 'correct').length,
    predicted: aligned.filter(({ predicted }) => predicted !== undefined).length,
    gold: aligned.filter(({ gold }) => gold !== undefined).length,
  };
}

/** By label, in alphabetical order, for all labels of the gold data and the predictions. */
export function scoresByLabel(aligned: readonly Aligned[]): Record<string, Score> {
  const tallies = new Map<string, { correct: number; predicted: number; gold: number }>();
  const count = (label: string | undefined, what: keyof Tally): void => {
    if (label === undefined) return;
    const tally = tallies.get(label) ?? { correct: 0, predicted: 0, gold: 0 };
    tallies.set(label, tally);
    tally[what]++;
  };
  for (const { kind, gold, predicted } of aligned) {
    count(gold?.label, 'gold');
    count(predicted?.label, 'predicted');
    if (kind === 'correct') count(gold?.label, 'correct');
  }
  const labels = [...tallies.keys()].sort();
  return Object.fromEntries(labels.map((label) => [label, scoreOf(tallies.get(label) as Tally)]));
}

export function countKinds(aligned: Iterable<Pick<Aligned, 'kind'>>): ErrorCounts {
  const counts = { correct: 0, missed: 0, spurious: 0, type: 0, boundary: 0 };
  for (const { kind } of aligned) counts[kind]++;
  return counts;
}
