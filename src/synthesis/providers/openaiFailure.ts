import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { CancelledError, UserError } from '../../foundation/userError.ts';
import type { Destination } from '../provider.ts';

interface Endpoint extends Destination {
  readonly model: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * An error of the `openai` package as a sentence. What the service wrote is left out, and so is the error itself:
 * both can hold the prompt or a part of the key.
 */
export function asProviderFailure(error: unknown, endpoint: Endpoint): unknown {
  const { host, timeout } = endpoint;
  if (error instanceof APIUserAbortError) return new CancelledError();
  if (error instanceof APIConnectionTimeoutError) {
    return new UserError(`${host} did not answer within ${timeout / 1000} seconds.`, {
      nextStep: 'Try again later, or choose a faster model.',
    });
  }
  if (error instanceof APIConnectionError) return connectionFailure(error, endpoint);
  if (error instanceof APIError) return statusFailure(error, endpoint);
  if (error instanceof SyntaxError) {
    return new UserError(`${host} answered with broken JSON.`, {
      nextStep: 'Try again, or check the base URL.',
    });
  }
  return error;
}

function connectionFailure(error: Error, { host, kind }: Endpoint): UserError {
  const code = causeCode(error);
  return new UserError(`${host} cannot be reached${code === undefined ? '' : ` (${code})`}.`, {
    nextStep:
      kind === 'local'
        ? 'Start the server there, or correct the base URL.'
        : 'Check the network connection and the base URL.',
  });
}

/** Node's code ("ECONNREFUSED") lies some causes down. */
function causeCode(error: unknown): string | undefined {
  for (let depth = 0, cause = error; depth < 5 && cause instanceof Error; depth++, cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}

function statusFailure(error: APIError, { host, model }: Endpoint): UserError {
  const sentences: Readonly<Record<number, readonly [message: string, nextStep: string]>> = {
    401: [`${host} does not accept the API key.`, 'Set another API key.'],
    403: [`${host} does not let this API key use the model "${model}".`, 'Choose another model or key.'],
    404: [
      `${host} knows no model "${model}".`,
      'Correct the model, or the base URL: it mostly ends with /v1.',
    ],
    429:
      error.code === 'insufficient_quota'
        ? [`The account at ${host} has used up its quota.`, 'Add credit there, or choose another provider.']
        : [`${host} gets too many requests.`, 'Wait a while, then resume the run.'],
  };
  const status = error.status ?? 0;
  const [message, nextStep] =
    sentences[status] ??
    (status >= 500
      ? [`${host} failed (status ${status}).`, 'Wait a while, then resume the run.']
      : [`${host} refuses the request (status ${status}).`, 'Check the model and the base URL.']);
  return new UserError(message, { nextStep });
}
