import { seededRandom } from '../../foundation/random.ts';
import { backoffMs, type Backoff } from '../sending/backoff.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';
import { wait } from '../sending/wait.ts';

export interface Retries {
  /** Tries after the first one. */
  readonly retries: number;
  readonly backoff: Backoff;
}

/** The longest wait that a service may ask for, in milliseconds; beyond it, the failure is final. */
const longestWait = 15 * 60_000;

/** Repeats work that may still succeed, at most `retries` times. Throws what the last try threw, or `CancelledError`. */
export async function retrying<T>(
  work: () => Promise<T>,
  { retries, backoff }: Retries,
  signal: AbortSignal,
): Promise<T> {
  const random = seededRandom(0);
  for (let failures = 0; ;) {
    try {
      return await work();
    } catch (error) {
      const maySucceed = error instanceof ProviderFailure && error.details.kind !== 'fatal';
      if (!maySucceed || ++failures > retries) throw error;
      if ((error.details.retryAfterMs ?? 0) > longestWait) throw error;
      await wait(error.details.retryAfterMs ?? backoffMs(failures, backoff, random), signal);
    }
  }
}
