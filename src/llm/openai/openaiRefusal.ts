import { APIError } from 'openai';

/**
 * Why a service rejected a request that reached it (status 400, 413 or 422): the form of reply, the name of the
 * length limit, the length of the prompt, its content, or something that the service does not say.
 */
export type RequestRefusal = 'form' | 'limit-name' | 'length' | 'content-filter' | 'unknown';

/** Undefined if the error is of another kind. Services give reasons in many ways, so the message's words count too. */
export function requestRefusal(error: unknown): RequestRefusal | undefined {
  if (!(error instanceof APIError)) return undefined;
  const { status, code, param } = error;
  // llama-cpp-python answers an invalid request with status 500.
  const isInvalid = status === 500 && /validation error/i.test(error.message);
  if (status !== 400 && status !== 413 && status !== 422 && !isInvalid) return undefined;
  const words = `${code ?? ''} ${param ?? ''} ${error.message}`.toLowerCase();
  if (/content[_ ]?(filter|policy|management)|responsible ?ai/.test(words)) return 'content-filter';
  const isTooLong = /context.{0,40}(length|window|size|overflow)|too many tokens|too long|n_ctx/.test(words);
  const isLimitTooHigh = /max_(completion_)?tokens.{0,60}(too large|at most|exceed|less than)/.test(words);
  if (isTooLong || isLimitTooHigh) return 'length';
  if (/max_(completion_)?tokens/.test(words)) return 'limit-name';
  if (/response_format|json_?(schema|object)|structured|grammar/.test(words)) return 'form';
  return 'unknown';
}
