import type { Random } from '../../foundation/random.ts';
import { CancelledError } from '../../foundation/userError.ts';
import { duration } from '../../foundation/duration.ts';
import type { CompletionReply, CompletionRequest, ModelInfo, Provider } from '../provider.ts';
import { backoffMs, type Backoff } from './backoff.ts';
import { createPacer, type RateLimits } from './pacer.ts';
import { ProviderFailure } from './providerFailure.ts';
import { createSlots } from './slots.ts';
import { wait } from './wait.ts';

export interface SendingOptions extends RateLimits {
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** For one try, in milliseconds. */
  readonly timeout: number;
  /** Tries after the first one; five times as many while the service asks for patience. */
  readonly retries: number;
  readonly backoff: Backoff;
}

/** A request's way through the sender. */
interface SendHooks {
  /** Tokens that count against the rate limit until the reply tells how many there were. */
  readonly tokens: number;
  /** Ends everything at once. */
  readonly cancel: AbortSignal;
  /** Begins no new try; what is in flight may come to its end. */
  readonly stop: AbortSignal;
  /** Called right before each try. */
  readonly onTry?: () => void;
  /** Called after a failed try that is followed by another one; what it throws ends the request. */
  readonly onRetry?: (failure: ProviderFailure) => Promise<void>;
}

export interface Sender<R extends CompletionRequest = CompletionRequest> {
  /** Throws `ProviderFailure`, or `CancelledError` also when it was stopped before a try. */
  readonly send: (request: R, hooks: SendHooks) => Promise<CompletionReply>;
}

/** After so many answers that are none, one request is given up. */
const garbledTries = 3;
/** A service that is busy is asked so many times as often, since it says itself when to come again. */
const busyPatience = 5;
/** Nobody waits longer than this for a service that asks for it, in milliseconds. */
const longestHold = 15 * 60_000;

/**
 * Sends requests, many at once, within the rate limits, and tries again what may still succeed. Until the
 * first reply has come requests go one at a time: a wrong key, a wrong model and what the service
 * understands then show before many are sent.
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
    // Everybody waits, and they do not all come back in the same moment.
    pacer.hold(retryAfterMs);
    await wait(retryAfterMs + Math.min(jittered, backoff.base), stop);
  };

  const tries = async (request: R, hooks: SendHooks): Promise<CompletionReply> => {
    const ofKind = new Map<string, number>();
    for (let failures = 0; ;) {
      await pacer.turn(hooks.tokens, hooks.stop);
      hooks.onTry?.();
      try {
        return await once(provider, { ...request, attempt: failures }, options.timeout, hooks.cancel);
      } catch (error) {
        if (!(error instanceof ProviderFailure)) throw error;
        failures++;
        const { kind } = error.details;
        ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1);
        if ((ofKind.get(kind) ?? 0) > triesAfter(error, retries, hasReplied)) throw error;
        const { retryAfterMs = 0 } = error.details;
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
        const reply = await tries(request, hooks);
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

/** How often a request may fail in this way and be tried again. */
function triesAfter({ details }: ProviderFailure, retries: number, hasReplied: boolean): number {
  switch (details.kind) {
    case 'fatal':
      return 0;
    case 'unreachable':
      // An address that never answered is more likely wrong than down.
      return hasReplied ? retries : Math.min(retries, 1);
    case 'garbled':
      return Math.min(retries, garbledTries - 1);
    case 'broken':
      return retries;
    case 'busy':
      return busyPatience * retries;
  }
}

/** One try. It ends with the timeout or the cancel even if the provider takes no notice of them. */
async function once<R extends CompletionRequest>(
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
  return new ProviderFailure(`${destination.host} did not answer within ${timeout / 1000} seconds.`, {
    kind: 'broken',
    reason: 'timeout',
    mayBeCharged: true,
    nextStep: 'Try again later, choose a faster model, or set a longer "timeoutSeconds".',
  });
}

function tooLong(failure: ProviderFailure, ms: number): ProviderFailure {
  return new ProviderFailure(failure.message, {
    ...failure.details,
    kind: 'fatal',
    nextStep: `It asks to wait ${duration(ms / 1000)}: resume the run then.`,
  });
}
