import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Random, randomInteger, seededRandom } from '../../../src/foundation/random.ts';
import type { Graph } from '../../../src/training/graph/graph.ts';
import { add, dropout, tanh } from '../../../src/training/operators/elementwise.ts';
import { attention } from '../../../src/training/operators/attention.ts';
import type { BatchShape } from '../../../src/training/operators/attentionHeads.ts';
import { crossEntropy, ignoredLabel } from '../../../src/training/operators/crossEntropy.ts';
import { firstOfSequence } from '../../../src/training/operators/firstOfSequence.ts';
import { gelu } from '../../../src/training/operators/gelu.ts';
import { layerNorm } from '../../../src/training/operators/layerNorm.ts';
import { linear } from '../../../src/training/operators/linear.ts';
import { gradientError, sizeOf } from './gradientCheck.ts';

/** What single precision allows. */
const tolerance = 2e-3;

const side = fc.integer({ min: 1, max: 7 });

function batchOf(graph: Graph, sequences: number, length: number): BatchShape {
  return { size: graph.integers([sequences, length]), sequences, length, rows: sequences * length };
}

function dropoutMask(graph: Graph, shape: readonly number[], random: Random) {
  return graph.floats(
    Array.from({ length: sizeOf(shape) }, () => (random() < 0.3 ? 0 : 1 / 0.7)),
    shape,
  );
}

/** An operator's inputs and how it is applied to them, for some shapes. */
async function expectSlopes<Sides extends number[]>(
  sides: { [Side in keyof Sides]: fc.Arbitrary<Sides[Side]> },
  error: (sides: Sides, random: Random) => Promise<number>,
): Promise<void> {
  const property = fc.asyncProperty(fc.tuple<Sides>(...sides), fc.integer(), async (drawn, seed) => {
    expect(await error(drawn, seededRandom(seed))).toBeLessThan(tolerance);
  });
  await fc.assert(property, { numRuns: 15 });
}

describe('the gradient is the measured slope, whatever the shapes, of', () => {
  test('a sum', () =>
    expectSlopes([side, side], ([rows, width], random) =>
      gradientError(
        { inputs: { a: [rows, width], b: [rows, width] }, build: (graph, { a, b }) => add(graph, a, b) },
        random,
      ),
    ));

  test('a value used twice', () =>
    expectSlopes([side], ([width], random) =>
      gradientError(
        { inputs: { a: [width] }, build: (graph, { a }) => add(graph, tanh(graph, a), add(graph, a, a)) },
        random,
      ),
    ));

  test('a linear layer', () =>
    expectSlopes([side, side, side], ([rows, into, out], random) =>
      gradientError(
        {
          inputs: { x: [rows, into], weight: [out, into], bias: [out] },
          build: (graph, { x, weight, bias }) => linear(graph, x, weight, bias),
        },
        random,
      ),
    ));

  test('tanh', () =>
    expectSlopes([side, side], ([rows, width], random) =>
      gradientError({ inputs: { x: [rows, width] }, build: (graph, { x }) => tanh(graph, x) }, random),
    ));

  test('GELU', () =>
    expectSlopes([side, side], ([rows, width], random) =>
      gradientError({ inputs: { x: [rows, width] }, build: (graph, { x }) => gelu(graph, x) }, random),
    ));

  test('dropout', () =>
    expectSlopes([side, side], ([rows, width], random) =>
      gradientError(
        {
          inputs: { x: [rows, width] },
          build: (graph, { x }) => dropout(graph, x, dropoutMask(graph, [rows, width], random)),
        },
        random,
      ),
    ));

  test('layer normalisation', () =>
    // Of two numbers only the sign of their difference is left, so that the slope is zero but for epsilon.
    expectSlopes([side, fc.integer({ min: 3, max: 9 })], ([rows, width], random) =>
      gradientError(
        {
          inputs: { x: [rows, width], gain: [width], bias: [width] },
          build: (graph, { x, gain, bias }) => layerNorm(graph, x, gain, bias, 1e-1),
        },
        random,
      ),
    ));

  test('attention, with padding and dropout', () =>
    expectSlopes(
      [side, side, fc.integer({ min: 1, max: 3 }), side],
      ([sequences, length, heads, width], random) =>
        gradientError(
          {
            inputs: { x: [sequences * length, 3 * heads * width] },
            build(graph, { x }) {
              const tokens = Array.from({ length: sequences }, () => 1 + randomInteger(random, length));
              const bias = tokens.flatMap((count) =>
                Array.from({ length }, (_, place) => (place < count ? 0 : -1e9)),
              );
              return attention(graph, x, {
                heads,
                batch: batchOf(graph, sequences, length),
                scoreBias: graph.floats(bias, [sequences, 1, 1, length]),
                dropout: dropoutMask(graph, [sequences, heads, length, length], random),
              });
            },
          },
          random,
        ),
    ));

  test('the first token of each sequence', () =>
    expectSlopes([side, side, side], ([sequences, length, width], random) =>
      gradientError(
        {
          inputs: { x: [sequences * length, width] },
          build: (graph, { x }) => firstOfSequence(graph, x, batchOf(graph, sequences, length)),
        },
        random,
      ),
    ));

  test('cross-entropy with ignored and weighted rows, for few and for more than 100 classes', () =>
    expectSlopes([side, fc.constantFrom(2, 5, 130)], ([rows, classes], random) =>
      gradientError(
        {
          inputs: { logits: [rows, classes] },
          build(graph, { logits }) {
            const labels = Array.from({ length: rows }, (_, row) =>
              row > 0 && random() < 0.4 ? ignoredLabel : randomInteger(random, classes),
            );
            const targets = {
              labels: graph.integers(labels),
              weights: graph.floats(labels.map(() => 0.5 + random())),
            };
            return crossEntropy(graph, logits, targets, graph.scalar(1 / rows));
          },
        },
        random,
      ),
    ));
});
