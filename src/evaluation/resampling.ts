import { randomInteger, seededRandom } from '../foundation/random.ts';
import { f1Of, type Tally } from './scores.ts';

/** The counts of each unit (document, sentence or row) to draw. */
export interface UnitCounts {
  readonly correct: Int32Array;
  readonly predicted: Int32Array;
  readonly gold: Int32Array;
}

export function unitCounts(units: number): UnitCounts {
  return {
    correct: new Int32Array(units),
    predicted: new Int32Array(units),
    gold: new Int32Array(units),
  };
}

/** The counts of units with these tallies. */
export function countsOf(tallies: readonly Tally[]): UnitCounts {
  return {
    correct: Int32Array.from(tallies, ({ correct }) => correct),
    predicted: Int32Array.from(tallies, ({ predicted }) => predicted),
    gold: Int32Array.from(tallies, ({ gold }) => gold),
  };
}

/**
 * The percentile bootstrap interval of micro F1 (Efron 1979): as many units as there are, drawn with replacement. `level`
 * is the share of resamples inside the interval. Without units, the interval is [0, 0]; with one unit, both ends are its
 * score.
 */
export function bootstrapF1(
  counts: UnitCounts,
  { resamples, seed, level }: { readonly resamples: number; readonly seed: number; readonly level: number },
): readonly [number, number] {
  const units = counts.correct.length;
  if (units === 0 || resamples < 1) return [0, 0];
  const random = seededRandom(seed);
  const { correct, predicted, gold } = counts;
  const scores = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let [right, made, wanted] = [0, 0, 0];
    for (let drawn = 0; drawn < units; drawn++) {
      const unit = randomInteger(random, units);
      right += correct[unit] as number;
      made += predicted[unit] as number;
      wanted += gold[unit] as number;
    }
    scores[i] = f1Of({ correct: right, predicted: made, gold: wanted });
  }
  scores.sort();
  const tail = (1 - level) / 2;
  return [quantile(scores, tail), quantile(scores, 1 - tail)];
}

/** The quantile of sorted values with linear interpolation (Hyndman and Fan's type 7, as in NumPy). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}

/**
 * Paired approximate randomisation (Noreen 1989; Yeh 2000): each round swaps the two outcomes of each unit with
 * probability 1/2. Returns the two-sided p value, (1 + rounds at least as far apart) / (1 + rounds).
 */
export function randomisationTest(
  first: UnitCounts,
  second: UnitCounts,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): number {
  const random = seededRandom(seed);
  const [totalFirst, totalSecond] = [total(first), total(second)];
  const observed = Math.abs(f1Of(totalSecond) - f1Of(totalFirst));
  const units = differingUnits(first, second);
  let atLeast = 0;
  for (let round = 0; round < rounds; round++) {
    let [correct, predicted] = [0, 0];
    for (const unit of units) {
      if (random() < 0.5) continue;
      correct += (second.correct[unit] as number) - (first.correct[unit] as number);
      predicted += (second.predicted[unit] as number) - (first.predicted[unit] as number);
    }
    const swapped = Math.abs(
      f1Of(moved(totalSecond, -correct, -predicted)) - f1Of(moved(totalFirst, correct, predicted)),
    );
    // Rounding may change the last digit of equal differences.
    if (swapped >= observed - 1e-12) atLeast++;
  }
  return (atLeast + 1) / (rounds + 1);
}

function moved(tally: Tally, correct: number, predicted: number): Tally {
  return { ...tally, correct: tally.correct + correct, predicted: tally.predicted + predicted };
}

/** The units whose outcomes differ: swapping the others changes nothing. */
function differingUnits(first: UnitCounts, second: UnitCounts): number[] {
  return [...first.correct.keys()].filter(
    (unit) =>
      first.correct[unit] !== second.correct[unit] || first.predicted[unit] !== second.predicted[unit],
  );
}

/** The total counts of all units. */
export function total(counts: UnitCounts): Tally {
  return { correct: sumOf(counts.correct), predicted: sumOf(counts.predicted), gold: sumOf(counts.gold) };
}

function sumOf(values: Int32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
