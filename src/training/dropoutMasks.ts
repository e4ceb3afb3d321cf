import { Tensor } from 'onnxruntime-node';
import { type Random, randomInteger } from '../foundation/random.ts';
import { elementCount } from '../model/floats.ts';
import type { ModelConfig } from '../model/folder.ts';
import type { OnnxDimension } from '../model/onnx/graphTypes.ts';
import type { Batch } from './sequenceBatches.ts';
import { dimensions } from './encoder.ts';
import type { MaskInput } from './trainingGraph.ts';

/** In floats: large enough that masks rarely repeat, small enough for memory. */
const smallestPool = 2 ** 21;

/** Offsets are multiples of this, in floats: a cache line. */
const alignment = 16;

/** Returns a dropout mask of `size` numbers, as a view: 0 with the probability `rate`, otherwise `1 / (1 - rate)`. */
type DropoutPool = (size: number) => Float32Array;

/**
 * Masks are parts, at random offsets, of one pool of numbers that are drawn only once. Drawing new ones in the graph
 * would take about a tenth of a step. `largest` is the size of the largest mask.
 */
export function dropoutPool(rate: number, largest: number, random: Random): DropoutPool {
  const pool = new Float32Array(Math.max(smallestPool, largest + largest / 4));
  const kept = 1 / (1 - rate);
  for (let i = 0; i < pool.length; i++) pool[i] = random() < rate ? 0 : kept;
  return (size) => {
    const offset = randomInteger(random, (pool.length - size) / alignment) * alignment;
    return pool.subarray(offset, offset + size);
  };
}

interface MaskOptions {
  readonly config: ModelConfig;
  /** Size of the largest training batch, `sequences` of `length` tokens. */
  readonly largest: { readonly sequences: number; readonly length: number };
  readonly random: Random;
}

/** Draws the dropout masks that the training graph needs for a batch. */
export function maskFeeds(
  masks: readonly MaskInput[],
  options: MaskOptions,
): (batch: Batch) => Record<string, Tensor> {
  const pools = makePools(options);
  return ({ sequences, length }) => {
    const lengths: Readonly<Record<string, number>> = {
      [dimensions.sequences]: sequences,
      [dimensions.length]: length,
      [dimensions.rows]: sequences * length,
    };
    const lengthOf = (side: OnnxDimension): number =>
      typeof side === 'number' ? side : (lengths[side] as number);
    return Object.fromEntries(
      masks.map(({ name, kind, shape }) => {
        const sides = shape.map(lengthOf);
        return [name, new Tensor('float32', pools[kind](elementCount(sides)), sides)];
      }),
    );
  };
}

function makePools({ config, largest, random }: MaskOptions): Record<MaskInput['kind'], DropoutPool> {
  const { sequences, length } = largest;
  const hiddenSize = sequences * length * config.hiddenSize;
  const attentionSize = sequences * length * length * config.heads;
  if (config.hiddenDropout === config.attentionDropout) {
    const both = dropoutPool(config.hiddenDropout, Math.max(hiddenSize, attentionSize), random);
    return { hidden: both, attention: both };
  }
  return {
    hidden: dropoutPool(config.hiddenDropout, hiddenSize, random),
    attention: dropoutPool(config.attentionDropout, attentionSize, random),
  };
}
