/** How many mentions (or rows) agree, were predicted and are in the gold data. */
export interface Tally {
  readonly correct: number;
  readonly predicted: number;
  readonly gold: number;
}

/** Fractions in [0, 1]; `support` is the number of gold mentions behind them. */
export interface Average {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** An average with the counts it comes from. */
export interface Score extends Average {
  readonly correct: number;
  readonly predicted: number;
}

/** `part / whole`, and 0 where there is nothing to divide by, as seqeval and scikit-learn do by default. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** The harmonic mean of precision and recall: 2 * correct / (predicted + gold). */
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

/** The unweighted mean over types; all zero when there is none. */
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

export function addTallies(tallies: Iterable<Tally>): Tally {
  let [correct, predicted, gold] = [0, 0, 0];
  for (const tally of tallies) {
    correct += tally.correct;
    predicted += tally.predicted;
    gold += tally.gold;
  }
  return { correct, predicted, gold };
}
