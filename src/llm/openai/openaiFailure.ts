import { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { CancelledError } from '../../foundation/userError.ts';
import type { Destination } from '../provider.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';
import { retryAfterMs } from '../../foundation/retryAfter.ts';
import { noConnectionCode } from './boundedFetch.ts';
import { requestRefusal, type RequestRefusal } from './openaiRefusal.ts';

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
      nextStep: 'Resume the run later, or choose another service.',
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
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  noConnectionCode,
]);

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
  const words = error.message.toLowerCase();
  const refusal = requestRefusal(error);
  if (refusal === 'length') {
    return fatal(
      `The request is too long for the model "${model}" at ${host}.`,
      'Request fewer texts at a time ("textsPerRequest") or a shorter reply ("maxOutputTokens"), or choose a model with a larger context window.',
      { isTooLong: true },
    );
  }
  if (status === 401 || ((status === 400 || status === 403) && badKey.test(words))) {
    return fatal(`${host} does not accept the API key.`, 'Set another API key.');
  }
  if (status === 402 || (status === 429 && isUsedUp(error))) return quotaFailure(fatal, host);
  if ((status === 400 || status === 404) && noModel.test(words)) {
    return fatal(`${host} does not have the model "${model}".`, 'Correct the name of the model.');
  }
  switch (status) {
    case 403:
      return fatal(
        `${host} does not let this API key use the model "${model}".`,
        'Choose another model or key.',
      );
    case 404:
      return fatal(
        `${host} does not have the model "${model}", or nothing at this address.`,
        'Correct the model or the base URL, which usually ends with /v1.',
      );
    case 405:
      return fatal(
        `${host} takes no such requests at this address.`,
        'Correct the base URL, which usually ends with /v1.',
      );
    case 408:
      return again('broken', `${host} gave up waiting (status 408).`, true);
    case 409:
      return again('broken', `${host} failed (status 409).`, false);
    case 429:
      return again('busy', `${host} is receiving too many requests.`, false);
    default:
      if (status >= 500) return again('broken', `${host} failed (status ${status}).`, status !== 503);
      return fatal(
        `${host} refused the request (${reason}${codeIn(error)}).`,
        refusedNextStep[refusal ?? 'unknown'],
      );
  }
}

const badKey = /(?:api|access)[ _-]?key|credential|unauthori[sz]ed|authenticat|invalid.{0,5}token/;
const noModel =
  /model.{0,80}(?:not found|does not exist|not exist|doesn't exist|unknown|not (?:a )?valid|not loaded)|(?:no such|unknown|invalid) model/;

function isUsedUp({ code, type }: APIError): boolean {
  return [code, type].some((word) => word !== undefined && usedUpCodes.has(String(word)));
}

/** What helps against a request that is refused in every form. */
const refusedNextStep: Readonly<Record<RequestRefusal, string>> = {
  form: 'The service refuses every form of reply; choose another model.',
  'limit-name': 'The service refuses the length limit of replies; set another "maxOutputTokens".',
  length: 'Request fewer texts at a time ("textsPerRequest").',
  'content-filter': 'Change the prompt, or choose another model.',
  'system-role': 'Choose a model that takes instructions.',
  'not-streamed': 'Choose a model that answers without a stream.',
  unknown: 'Look for the reason in the log of the service, or choose another model.',
};

/** The service's code if it is words: anything else could hold part of a prompt or a key. */
function codeIn({ code }: APIError): string {
  return typeof code === 'string' && /^[a-z]{2,20}(?:_[a-z]{1,20}){1,6}$/i.test(code) ? `, "${code}"` : '';
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
