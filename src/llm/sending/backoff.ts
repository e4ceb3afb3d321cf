import type { Random } from '../../foundation/random.ts';

/** In milliseconds. */
export interface Backoff {
  /** The most that is waited before the second try; doubled for each further one. */
  readonly base: number;
  /** The most that is ever waited. */
  readonly most: number;
}

/**
 * Milliseconds to wait after so many failed tries (1 for the first): exponential with full jitter, so that
 * requests that failed together do not come back together (M. Brooker, "Exponential Backoff And Jitter", 2015).
 */
export function backoffMs(failures: number, { base, most }: Backoff, random: Random): number {
  return random() * Math.min(most, base * 2 ** (failures - 1));
}
