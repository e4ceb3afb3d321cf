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
 * An error of the `openai` package as a sentence. What the service wrote is left out, and so is the error itself:
 * both can hold the prompt or a part of the key.
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

/** An error and the causes below it. */
export function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [error];
  for (let depth = 0, cause = error; depth < 5 && cause instanceof Error; depth++) {
    ({ cause } = cause);
    causes.push(cause);
  }
  return causes;
}

/** Node's codes of a connection that was never made: nothing was sent, and nothing is charged. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function connectionFailure(error: Error, { host, kind }: Endpoint): ProviderFailure {
  const causes = causesOf(error);
  const code = causes
    .map((cause) => (cause as NodeJS.ErrnoException | undefined)?.code)
    .find((candidate) => typeof candidate === 'string');
  if (causes.some((cause) => cause instanceof Error && cause.message.includes('redirect'))) {
    return new ProviderFailure(`${host} sends requests on to another address.`, {
      kind: 'fatal',
      reason: 'redirect',
      mayBeCharged: false,
      nextStep: 'Correct the base URL.',
    });
  }
  // `fetch` takes no such address, and its error holds the password.
  if (causes.some((cause) => cause instanceof Error && cause.message.includes('includes credentials'))) {
    return new ProviderFailure(
      `The base URL of ${host} holds a user name or password, which are not sent that way.`,
      {
        kind: 'fatal',
        reason: 'credentials in the base URL',
        mayBeCharged: false,
        nextStep: 'Leave them out, and give the service an API key.',
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

/** Codes, or types, of a status 429 that no waiting helps. */
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
      return usedUp(fatal, host);
    case 403:
      return fatal(
        `${host} does not let this API key use the model "${model}".`,
        'Choose another model or key.',
      );
    case 404:
      return fatal(
        `${host} knows no model "${model}".`,
        'Correct the model, or the base URL: it mostly ends with /v1.',
      );
    case 408:
      return again('broken', `${host} gave up waiting (status 408).`, true);
    case 409:
      return again('broken', `${host} failed (status 409).`, false);
    case 429:
      return [error.code, error.type].some((word) => word !== undefined && usedUpCodes.has(String(word)))
        ? usedUp(fatal, host)
        : again('busy', `${host} gets too many requests.`, false);
    default:
      if (status >= 500) return again('broken', `${host} failed (status ${status}).`, status !== 503);
      return requestRefusal(error) === 'length'
        ? fatal(
            `The request is longer than the model "${model}" at ${host} can take.`,
            'Ask for fewer texts ("textsPerRequest") or a shorter reply ("maxOutputTokens"), or choose a model that takes more.',
            { isTooLong: true },
          )
        : fatal(`${host} refuses the request (status ${status}).`, 'Check the model and the base URL.');
  }
}

function usedUp(
  fatal: (message: string, nextStep: string) => ProviderFailure,
  host: string,
): ProviderFailure {
  return fatal(
    `The account at ${host} has used up its quota.`,
    'Add credit there, or choose another provider; then resume the run.',
  );
}
