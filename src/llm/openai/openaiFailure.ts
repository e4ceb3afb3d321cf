import { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { CancelledError } from '../../foundation/userError.ts';
import type { Destination } from '../provider.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';
import { retryAfterMs } from '../sending/retryAfter.ts';
import { requestRefusal } from './openaiRefusal.ts';

interface Endpoint extends Destination {
  readonly model: string;
}

/**
 * An error of the `openai` package as a sentence. It leaves out the service's own words and the original error:
 * both may contain the prompt or part of the key.
 */
export function asProviderFailure(error: unknown, endpoint: Endpoint): unknown {
  const { host } = endpoint;
  if (error instanceof APIUserAbortError) return new CancelledError();
  if (error instanceof APIConnectionError) return connectionFailure(error, endpoint);
  if (error instanceof APIError) return statusFailure(error, endpoint);
  if (error instanceof SyntaxError) {
    return new ProviderFailure(`${host} answered with broken JSON.`, {
      kind: 'garbled',
      reason: 'broken JSON',
      mayBeCharged: true,
      nextStep: 'Try again, or check the base URL.',
    });
  }
  return error;
}

/** An error and its chain of causes. */
export function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [error];
  for (let depth = 0, cause = error; depth < 5 && cause instanceof Error; depth++) {
    ({ cause } = cause);
    causes.push(cause);
  }
  return causes;
}

/** Node's error codes if no connection was made: nothing was sent, so nothing is charged. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function connectionFailure(error: Error, { host, kind }: Endpoint): ProviderFailure {
  const causes = causesOf(error);
  const code = causes
    .map((cause) => (cause as NodeJS.ErrnoException | undefined)?.code)
    .find((candidate) => typeof candidate === 'string');
  if (causes.some((cause) => cause instanceof Error && cause.message.includes('redirect'))) {
    return new ProviderFailure(`${host} redirects to another address.`, {
      kind: 'fatal',
      reason: 'redirect',
      mayBeCharged: false,
      nextStep: 'Correct the base URL.',
    });
  }
  // `fetch` refuses an address with a password, and its error contains the password.
  if (causes.some((cause) => cause instanceof Error && cause.message.includes('includes credentials'))) {
    return new ProviderFailure(
      `The base URL of ${host} contains a user name or password, which cannot be sent that way.`,
      {
        kind: 'fatal',
        reason: 'credentials in the base URL',
        mayBeCharged: false,
        nextStep: 'Remove them and set an API key instead.',
      },
    );
  }
  const isUnreachable = code !== undefined && neverConnected.has(code);
  return new ProviderFailure(`${host} cannot be reached${code === undefined ? '' : ` (${code})`}.`, {
    kind: isUnreachable ? 'unreachable' : 'broken',
    reason: isUnreachable ? code : 'connection',
    mayBeCharged: !isUnreachable,
    nextStep:
      kind === 'local'
        ? 'Start the server there, or correct the base URL.'
        : 'Check the network connection and the base URL.',
  });
}

/** Codes or types of a status 429 for which waiting does not help. */
const usedUpCodes = new Set(['insufficient_quota', 'billing_hard_limit_reached']);

function statusFailure(error: APIError, { host, model }: Endpoint): ProviderFailure {
  const status = error.status ?? 0;
  const reason = `status ${status}`;
  const fatal = (
    message: string,
    nextStep: string,
    more: { readonly isTooLong?: true } = {},
  ): ProviderFailure =>
    new ProviderFailure(message, { kind: 'fatal', reason, mayBeCharged: false, nextStep, ...more });
  const again = (kind: 'busy' | 'broken', message: string, mayBeCharged: boolean): ProviderFailure =>
    new ProviderFailure(message, {
      kind,
      reason,
      mayBeCharged,
      retryAfterMs: retryAfterMs(error.headers),
      nextStep: 'Wait a while, then resume the run.',
    });
  switch (status) {
    case 401:
      return fatal(`${host} does not accept the API key.`, 'Set another API key.');
    case 402:
      return quotaFailure(fatal, host);
    case 403:
      return fatal(
        `${host} does not let this API key use the model "${model}".`,
        'Choose another model or key.',
      );
    case 404:
      return fatal(
        `${host} does not have the model "${model}".`,
        'Correct the model or the base URL, which usually ends with /v1.',
      );
    case 408:
      return again('broken', `${host} gave up waiting (status 408).`, true);
    case 409:
      return again('broken', `${host} failed (status 409).`, false);
    case 429:
      return [error.code, error.type].some((word) => word !== undefined && usedUpCodes.has(String(word)))
        ? quotaFailure(fatal, host)
        : again('busy', `${host} is receiving too many requests.`, false);
    default:
      if (status >= 500) return again('broken', `${host} failed (status ${status}).`, status !== 503);
      return requestRefusal(error) === 'length'
        ? fatal(
            `The request is too long for the model "${model}" at ${host}.`,
            'Request fewer texts at a time ("textsPerRequest") or a shorter reply ("maxOutputTokens"), or choose a model with a larger context window.',
            { isTooLong: true },
          )
        : fatal(`${host} refused the request (status ${status}).`, 'Check the model and the base URL.');
  }
}

function quotaFailure(
  fatal: (message: string, nextStep: string) => ProviderFailure,
  host: string,
): ProviderFailure {
  return fatal(
    `The account at ${host} has used up its quota.`,
    'Add credit there, or choose another provider; then resume the run.',
  );
}
