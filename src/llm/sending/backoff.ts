import type { Random } from '../../foundation/random.ts';

/** In milliseconds. */
export interface Backoff {
  /** The longest wait before the second try; doubled for each further one. */
  readonly base: number;
  /** The longest wait of all. */
  readonly most: number;
}

/**
 * Milliseconds to wait after a number of failed tries (at least 1): exponential with full jitter, so that requests
 * that failed together are not retried together (M. Brooker, "Exponential Backoff And Jitter", 2015).
 */
export function backoffMs(failures: number, { base, most }: Backoff, random: Random): number {
  return random() * Math.min(most, base * 2 ** (failures - 1));
}
