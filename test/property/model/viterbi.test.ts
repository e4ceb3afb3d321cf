import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelScheme, type LabelScheme } from '../../../src/model/labelScheme.ts';
import { bestLabels } from '../../../src/model/viterbi.ts';

function allowed(labels: readonly number[], scheme: LabelScheme): boolean {
  return labels.every((label, i) => {
    const previous = labels[i - 1];
    const begins =
      previous === undefined
        ? scheme.mayBegin[label] === true
        : (scheme.predecessors[label] as readonly number[]).includes(previous);
    return begins && (i < labels.length - 1 || scheme.mayEnd[label] === true);
  });
}

function sequences(words: number, labels: number): number[][] {
  if (words === 0) return [[]];
  return sequences(words - 1, labels).flatMap((start) =>
    Array.from({ length: labels }, (_, label) => [...start, label]),
  );
}

describe.each([
  { scheme: 'IOB2', labels: ['O', 'B-A', 'I-A', 'B-B', 'I-B'] },
  { scheme: 'BIOES', labels: ['S-A', 'B-A', 'O', 'I-A', 'E-A'] },
  { scheme: 'BILOU', labels: ['O', 'U-A', 'B-A', 'I-A', 'L-A'] },
  { scheme: 'types alone', labels: ['A', 'O', 'B'] },
])('with $scheme labels', ({ labels }) => {
  const scheme = labelScheme(labels);
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  const input = fc
    .integer({ min: 1, max: 5 })
    .chain((words) =>
      fc.array(probability, { minLength: words * labels.length, maxLength: words * labels.length }),
    );

  it('the best sequence is the best of all that are allowed', () => {
    fc.assert(
      fc.property(input, (numbers) => {
        const probabilities = Float32Array.from(numbers);
        const score = (sequence: readonly number[]): number =>
          sequence.reduce(
            (sum, label, word) =>
              sum + Math.log(Math.max(1e-30, probabilities[word * labels.length + label] as number)),
            0,
          );
        const found = bestLabels(probabilities, scheme);
        expect(allowed(found, scheme)).toBe(true);
        const best = sequences(probabilities.length / labels.length, labels.length)
          .filter((sequence) => allowed(sequence, scheme))
          .reduce((highest, sequence) => Math.max(highest, score(sequence)), -Infinity);
        expect(score(found)).toBeCloseTo(best, 6);
      }),
      { numRuns: 40 },
    );
  });
});

function follows(labels: readonly string[]): string[] {
  const { predecessors } = labelScheme(labels);
  return labels.map((label, id) => `${(predecessors[id] ?? []).map((p) => labels[p]).join(' ')} > ${label}`);
}

it('what may follow what is as each scheme says', () => {
  expect(follows(['O', 'B-A', 'I-A', 'I-B'])).toEqual([
    'O B-A I-A I-B > O',
    'O B-A I-A I-B > B-A',
    'B-A I-A > I-A',
    'I-B > I-B',
  ]);
  expect(follows(['O', 'B-A', 'I-A', 'E-A', 'S-A'])).toEqual([
    'O E-A S-A > O',
    'O E-A S-A > B-A',
    'B-A I-A > I-A',
    'B-A I-A > E-A',
    'O E-A S-A > S-A',
  ]);
});

it('labels without O allow any sequence', () => {
  expect(bestLabels(Float32Array.of(0.1, 0.9), labelScheme(['B-A', 'I-A']))).toEqual([1]);
});
