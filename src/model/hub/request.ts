import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, UserError, throwIfCancelled } from '../../foundation/userError.ts';
import { retryAfterMs } from '../../foundation/retryAfter.ts';
import type { HubAccess } from './place.ts';

const mostAttempts = 4;
const mostRedirects = 5;
/** Milliseconds. If a server asks for a longer wait, the request fails, and the person decides. */
const longestWait = 60_000;
const defaultDelay = 1000;

/** A failure that may be temporary. `shown` is the error to show if it is not. */
export class TemporaryFailure extends Error {
  /** Milliseconds that the server asks to wait. */
  readonly wait: number | undefined;
  readonly shown: UserError;

  constructor(shown: UserError, wait?: number) {
    super(shown.message);
    this.shown = shown;
    this.wait = wait;
  }
}

/**
 * Repeats `attempt` after temporary failures, up to four attempts in all, not counting those after which `progressed`
 * returns true. Throws the last error, or `CancelledError`.
 */
export async function withRetries<T>(
  access: HubAccess,
  attempt: () => Promise<T>,
  progressed: () => boolean = () => false,
): Promise<T> {
  const { signal, retryDelay = defaultDelay } = access;
  for (let failures = 1; ; failures++) {
    throwIfCancelled(signal);
    try {
      return await attempt();
    } catch (error) {
      throwIfCancelled(signal);
      if (!(error instanceof TemporaryFailure)) throw error;
      if (progressed()) failures = 0;
      const wait = error.wait ?? retryDelay * 2 ** Math.max(0, failures - 1);
      if (failures >= mostAttempts || wait > longestWait) throw error.shown;
      await sleep(wait, undefined, signal === undefined ? {} : { signal }).catch(() => {
        throw new CancelledError();
      });
    }
  }
}

/**
 * Sends a GET request. Follows redirects, but not from https to http; only the first host receives the token.
 * Throws `TemporaryFailure` if the host cannot be reached, asks to wait (429) or has an error (5xx).
 */
export async function get(
  url: string,
  access: HubAccess,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { origin, host } = new URL(url);
  let target = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const own = target.origin === origin && access.token !== undefined;
    const response = await fetch(target, {
      redirect: 'manual',
      signal,
      headers: {
        'accept-encoding': 'identity',
        ...headers,
        ...(own ? { authorization: `Bearer ${access.token}` } : {}),
      },
    }).catch((error: unknown) => {
      throw unreachable(target.host, error);
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      target = redirected(target, response.headers.get('location'));
      continue;
    }
    if (response.status === 429 || response.status >= 500) {
      await response.body?.cancel();
      throw busy(target.host, response);
    }
    return response;
  }
  throw new UserError(`${host} redirects too many times.`, { nextStep: 'Try again later.' });
}

/** The chunks of a response. Throws `TemporaryFailure` if the connection breaks. */
export async function* received(
  body: ReadableStream<Uint8Array> | null,
  host: string,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw unreachable(host, error);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The error may contain addresses, so only its code is shown. */
function unreachable(host: string, error: unknown): TemporaryFailure {
  const code = causeCode(error);
  return new TemporaryFailure(
    new UserError(`${host} cannot be reached${code === undefined ? '' : ` (${code})`}.`, {
      nextStep: 'Check the network connection and the address; what has been downloaded so far is kept.',
    }),
  );
}

function redirected(from: URL, location: string | null): URL {
  const to = location === null ? null : URL.parse(location, from.href);
  const isDowngrade = from.protocol === 'https:' && to?.protocol !== 'https:';
  if (to === null || !/^https?:$/.test(to.protocol) || isDowngrade) {
    throw new UserError(`${from.host} redirects to an unsafe address.`, {
      nextStep: 'Check the address of the hub.',
    });
  }
  return to;
}

function busy(host: string, response: Response): TemporaryFailure {
  const wait = retryAfterMs(response.headers);
  const what =
    response.status === 429
      ? `${host} received too many requests`
      : `${host} has an error (HTTP ${response.status})`;
  const when = wait === undefined ? 'in a few minutes' : `in ${Math.ceil(wait / 1000)} seconds`;
  return new TemporaryFailure(
    new UserError(`${what}.`, { nextStep: `Try again ${when}; what has been downloaded so far is kept.` }),
    wait,
  );
}

/** Node's error code ("ECONNREFUSED") may be several causes down. */
function causeCode(error: unknown): string | undefined {
  for (let depth = 0, cause = error; depth < 5 && cause instanceof Error; depth++, cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}
