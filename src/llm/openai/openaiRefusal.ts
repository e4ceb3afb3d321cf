import { APIError } from 'openai';

/**
 * Why a service rejected a request that reached it: the form of reply, the name of the length limit, the length of the
 * prompt, its content, the role of a message, an answer that is not a stream, or something that the service does not say.
 */
export type RequestRefusal =
  | 'form'
  | 'limit-name'
  | 'length'
  | 'content-filter'
  | 'system-role'
  | 'not-streamed'
  | 'unknown';

/** Statuses of a request that is not valid; 404 and 5xx only if the words say so. */
const invalid = new Set([400, 413, 422]);
const maybeInvalid = new Set([404, 405, 500, 501, 502, 503]);

const contentFilter = /content[_ ]?(?:filter|policy|management)|responsible ?ai/;
const tooLong = /context.{0,40}(?:length|window|size|overflow)|too many tokens|too long|n_ctx/;
const limitTooHigh = /max_(?:completion_)?tokens.{0,60}(?:too large|at most|exceed|less than)/;
const systemRole =
  /(?:system|developer) (?:role|message|prompt|instruction)s?.{0,40}(?:not|n't|un)[ -]?(?:be |is |are )?(?:support|allow|enabl|permit|accept|available)|(?:not|n't) (?:support|allow|accept|permit)\w* (?:the |a |any )?["'`]?system\b|unsupported.{0,20}["'`]?system\b|(?:unknown|invalid|unexpected).{0,20}["'`]system["'`]|only user(?:,| and| or).{0,40}roles|roles must alternate user\/assistant|developer instruction is not enabled/;
const notStreamed =
  /(?:only|must|required?|requires|has to|should).{0,30}stream|stream(?:ing)?.{0,40}(?:only|must be|is required|set to true|to be true)|non-?streaming.{0,60}(?:not|un)/;
const form =
  /response_?format|json_?(?:schema|object|mode)|structured|grammar|guided|output_schema|failed to generate json|json_validate_failed/;

/** Undefined if the error is of another kind. Services give reasons in many ways, so the message's words count too. */
export function requestRefusal(error: unknown): RequestRefusal | undefined {
  if (!(error instanceof APIError)) return undefined;
  const { status = 0, code, param } = error;
  if (!invalid.has(status) && !maybeInvalid.has(status)) return undefined;
  const words = `${code ?? ''} ${param ?? ''} ${error.message}`.toLowerCase();
  const refusal = refusalIn(words);
  // llama-cpp-python answers an invalid request with status 500.
  const isInvalid = invalid.has(status) || (status === 500 && /validation error/.test(words));
  if (isInvalid) return refusal ?? 'unknown';
  return refusal === 'form' || refusal === 'system-role' || refusal === 'not-streamed' ? refusal : undefined;
}

function refusalIn(words: string): Exclude<RequestRefusal, 'unknown'> | undefined {
  if (contentFilter.test(words)) return 'content-filter';
  if (tooLong.test(words) || limitTooHigh.test(words)) return 'length';
  if (/max_(?:completion_)?tokens/.test(words)) return 'limit-name';
  if (systemRole.test(words)) return 'system-role';
  if (form.test(words)) return 'form';
  return notStreamed.test(words) ? 'not-streamed' : undefined;
}
