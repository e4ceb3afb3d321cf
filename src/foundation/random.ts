/** A seeded source of numbers in [0, 1). Same seed, same sequence, on every platform. */
export type Random = () => number;

/** A source whose state can be saved, so that another one can continue from there. */
export interface ResumableRandom {
  readonly next: Random;
  /** 32 bits, unsigned. */
  state: number;
}

/** mulberry32 (Tommy Ettinger, public domain): 32-bit state, good enough for sampling and initialisation. */
export function resumableRandom(seed: number): ResumableRandom {
  const random = {
    state: seed >>> 0,
    next: () => {
      random.state = (random.state + 0x6d2b79f5) >>> 0;
      const { state } = random;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
  return random;
}

export function seededRandom(seed: number): Random {
  return resumableRandom(seed).next;
}

/** A normal deviate (mean 0, variance 1) by the Box-Muller transform. */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** An integer in [0, bound). */
export function randomInteger(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

/** One item of a non-empty list. Throws `RangeError` on an empty one. */
export function pick<T>(random: Random, items: readonly T[]): T {
  if (items.length === 0) throw new RangeError('pick: empty list');
  return items[randomInteger(random, items.length)] as T;
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = randomInteger(random, i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** A random source for request number `index` of a run with this seed. */
export function requestRandom(seed: number, index: number): Random {
  return seededRandom((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0);
}
