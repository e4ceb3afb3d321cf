import { seededRandom } from '../../foundation/random.ts';
import { backoffMs, type Backoff } from '../sending/backoff.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';
import { wait } from '../sending/wait.ts';

export interface Retries {
  /** Attempts after the first one. */
  readonly retries: number;
  readonly backoff: Backoff;
}

/** If a service asks for a longer wait, it is not tried again. In milliseconds. */
const longestWait = 15 * 60_000;

/** Repeats what may still succeed up to `retries` times. Throws what the last attempt threw, or `CancelledError`. */
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
