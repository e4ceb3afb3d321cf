import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, UserError, throwIfCancelled } from '../../foundation/userError.ts';
import type { HubAccess } from './place.ts';

const mostAttempts = 4;
const mostRedirects = 5;
/** Longer waits are for the person to decide on. */
const longestWait = 60_000;
const defaultDelay = 1000;

/** An attempt that failed in a way that may pass. */
export class PassingFailure extends Error {
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
 * Repeats `attempt` while it fails in a way that may pass, four times in all; those after which `progressed`
 * says that something was gained don't count. Throws the last failure, or `CancelledError`.
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
      if (!(error instanceof PassingFailure)) throw error;
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
 * One GET request. Follows redirects, but not from https to http; the token goes to the first host only.
 * Throws `PassingFailure` when the host cannot be reached, asks to wait (429) or has a fault (5xx).
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
  throw new UserError(`${host} redirects in circles.`, { nextStep: 'Try again later.' });
}

/** The chunks of an answer; a connection that breaks is a failure that may pass. */
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

/** A connection that cannot be made or that broke; the error itself may hold addresses, so only its code is told. */
function unreachable(host: string, error: unknown): PassingFailure {
  const code = causeCode(error);
  return new PassingFailure(
    new UserError(`${host} cannot be reached${code === undefined ? '' : ` (${code})`}.`, {
      nextStep: 'Check the network connection and the address; what was loaded so far is kept.',
    }),
  );
}

function redirected(from: URL, location: string | null): URL {
  const to = location === null ? null : URL.parse(location, from.href);
  const isDowngrade = from.protocol === 'https:' && to?.protocol !== 'https:';
  if (to === null || !/^https?:$/.test(to.protocol) || isDowngrade) {
    throw new UserError(`${from.host} redirects to an address that is not safe.`, {
      nextStep: 'Check the address of the hub.',
    });
  }
  return to;
}

function busy(host: string, response: Response): PassingFailure {
  const wait = retryAfter(response.headers.get('retry-after'));
  const what =
    response.status === 429 ? `${host} gets too many requests` : `${host} has a fault (${response.status})`;
  const when = wait === undefined ? 'in a few minutes' : `in ${Math.ceil(wait / 1000)} seconds`;
  return new PassingFailure(
    new UserError(`${what}.`, { nextStep: `Try again ${when}; what was loaded so far is kept.` }),
    wait,
  );
}

/** Seconds, or a date (RFC 9110, section 10.2.3), as milliseconds from now. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** Node's code ("ECONNREFUSED") lies some causes down. */
function causeCode(error: unknown): string | undefined {
  for (let depth = 0, cause = error; depth < 5 && cause instanceof Error; depth++, cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}
