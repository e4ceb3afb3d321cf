import type { Random } from '../../foundation/random.ts';
import { CancelledError } from '../../foundation/userError.ts';
import { duration } from '../../foundation/duration.ts';
import { counted } from '../../foundation/numbers.ts';
import type { CompletionReply, CompletionRequest, ModelInfo, Provider } from '../provider.ts';
import { backoffMs, type Backoff } from './backoff.ts';
import { createPacer, type RateLimits } from './pacer.ts';
import { ProviderFailure } from './providerFailure.ts';
import { createSlots } from './sendingSlots.ts';
import { wait } from './wait.ts';

export interface SendingOptions extends RateLimits {
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** For one try, in milliseconds. */
  readonly timeout: number;
  /** Tries after the first one; five times as many while the service asks to wait. */
  readonly retries: number;
  readonly backoff: Backoff;
}

/** Controls and observes one request. */
interface SendHooks {
  /** Tokens to count against the rate limit until the reply says how many there were. */
  readonly tokens: number;
  /** Ends everything immediately. */
  readonly cancel: AbortSignal;
  /** Starts no new try, but lets the one in flight finish. */
  readonly stop: AbortSignal;
  /** Called right before each try. */
  readonly onTry?: () => void;
  /** Called after a failed try that will be retried; what it throws ends the request. */
  readonly onRetry?: (failure: ProviderFailure) => Promise<void>;
}

export interface Sender<R extends CompletionRequest = CompletionRequest> {
  /** Throws `ProviderFailure`, or `CancelledError`, also if it was stopped before a try. */
  readonly send: (request: R, hooks: SendHooks) => Promise<CompletionReply>;
}

/** A request is given up after this many unreadable answers. */
const garbledTries = 3;
/** How many times as many retries a busy service gets, because it says itself when to try again. */
const busyRetryFactor = 5;
/** The longest wait that a service may ask for, in milliseconds; beyond it, the failure is final. */
const longestHold = 15 * 60_000;

/**
 * Sends several requests at a time within the rate limits and retries what may still succeed. Until the first reply
 * arrives, it sends one request at a time: that shows a wrong key, a wrong model and the forms of reply that the
 * service supports before many requests are sent.
 */
export function createSender<R extends CompletionRequest>(
  provider: Provider<R>,
  options: SendingOptions,
  random: Random,
): Sender<R> {
  const { backoff, retries } = options;
  const pacer = createPacer(options);
  const slots = createSlots(1);
  let hasReplied = false;

  const pause = async (failure: ProviderFailure, failures: number, stop: AbortSignal): Promise<void> => {
    const { retryAfterMs } = failure.details;
    const jittered = backoffMs(failures, backoff, random);
    if (retryAfterMs === undefined) {
      await wait(jittered, stop);
      return;
    }
    // All requests wait, and they are not all retried at the same moment.
    pacer.hold(retryAfterMs);
    await wait(retryAfterMs + Math.min(jittered, backoff.base), stop);
  };

  const sendWithRetries = async (request: R, hooks: SendHooks): Promise<CompletionReply> => {
    const failuresByKind = new Map<string, number>();
    for (let failures = 0; ;) {
      await pacer.turn(hooks.tokens, hooks.stop);
      hooks.onTry?.();
      try {
        return await tryOnce(provider, { ...request, attempt: failures }, options.timeout, hooks.cancel);
      } catch (error) {
        if (!(error instanceof ProviderFailure)) throw error;
        failures++;
        const { kind, retryAfterMs = 0 } = error.details;
        const ofKind = (failuresByKind.get(kind) ?? 0) + 1;
        failuresByKind.set(kind, ofKind);
        if (ofKind > mostRetries(error, retries, hasReplied)) throw error;
        if (retryAfterMs > longestHold) throw tooLong(error, retryAfterMs);
        await hooks.onRetry?.(error);
        await pause(error, failures, hooks.stop);
      }
    }
  };

  return {
    send: async (request, hooks) => {
      await slots.take(hooks.stop);
      try {
        const reply = await sendWithRetries(request, hooks);
        hasReplied = true;
        slots.widen(options.concurrency);
        if (reply.tokens !== undefined) {
          pacer.giveBack(hooks.tokens - reply.tokens.input - reply.tokens.output);
        }
        return reply;
      } finally {
        slots.leave();
      }
    },
  };
}

/** How many times a request that fails in this way is retried. */
function mostRetries({ details }: ProviderFailure, retries: number, hasReplied: boolean): number {
  switch (details.kind) {
    case 'fatal':
      return 0;
    case 'unreachable':
      // An address that never answered is probably wrong, not temporarily down.
      return hasReplied ? retries : Math.min(retries, 1);
    case 'garbled':
      return Math.min(retries, garbledTries - 1);
    case 'broken':
      return retries;
    case 'busy':
      return busyRetryFactor * retries;
  }
}

/** Tries once. Ends on timeout or cancellation even if the provider ignores the signal. */
async function tryOnce<R extends CompletionRequest>(
  provider: Provider<R>,
  request: R,
  timeout: number,
  cancel: AbortSignal,
): Promise<CompletionReply> {
  const controller = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (reason: Error): void => {
    reject(reason);
    controller.abort();
  };
  const timer = setTimeout(() => end(timedOut(provider, timeout)), timeout);
  const cancelled = (): void => end(new CancelledError());
  if (cancel.aborted) cancelled();
  cancel.addEventListener('abort', cancelled, { once: true });
  try {
    return await Promise.race([ended, provider.complete(request, controller.signal)]);
  } finally {
    clearTimeout(timer);
    cancel.removeEventListener('abort', cancelled);
  }
}

function timedOut({ destination }: ModelInfo, timeout: number): ProviderFailure {
  return new ProviderFailure(
    `${destination.host} did not answer within ${counted(timeout / 1000, 'second')}.`,
    {
      kind: 'broken',
      reason: 'timeout',
      mayBeCharged: true,
      nextStep: 'Try again later, choose a faster model, or set a longer "timeoutSeconds".',
    },
  );
}

function tooLong(failure: ProviderFailure, ms: number): ProviderFailure {
  return new ProviderFailure(failure.message, {
    ...failure.details,
    kind: 'fatal',
    nextStep: `It asks to wait ${duration(ms / 1000)}. Resume the run after that.`,
  });
}
