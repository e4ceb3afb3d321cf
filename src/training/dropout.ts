import { randomInteger } from '../foundation/random.ts';
import type { Random } from '../foundation/random.ts';

/** In floats: a pool large enough that masks rarely repeat, small enough to hold. */
const smallestPool = 2 ** 21;

/** Offsets are multiples of a cache line, in floats. */
const alignment = 16;

/** Gives a dropout mask of so many numbers: 0 with the pool's rate, else `1 / (1 - rate)`. A view. */
export type DropoutPool = (size: number) => Float32Array;

/**
 * Masks are stretches of one pool of draws made beforehand, at random offsets: drawing them anew in the
 * graph would take about a tenth of a step. `largest` is the size of the largest mask asked for.
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
