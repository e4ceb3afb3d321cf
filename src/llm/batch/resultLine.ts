import { APIError } from 'openai';
import { isJsonObject, type JsonObject, tryParseJson } from '../../foundation/json.ts';
import type { CompletionReply } from '../provider.ts';
import { requestRefusal } from '../openai/openaiRefusal.ts';
import { readCompletion } from '../openai/openaiReply.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';

/** What a line of a batch's output or error file says about one request. */
export interface ResultLine {
  readonly customId: string;
  readonly result: BatchReply | BatchFailure;
}

interface BatchReply {
  readonly kind: 'reply';
  readonly reply: CompletionReply;
}

interface BatchFailure {
  readonly kind: 'failure';
  /** As the ledger records it: "status 500", "batch_expired". */
  readonly reason: string;
  readonly mayBeCharged: boolean;
}

/** The reason of requests for a form of reply that the service does not support. */
export const formRefused = 'reply form refused';

/**
 * Reads a line as OpenAI's Batch API writes it: `{"custom_id", "response": {"status_code", "body"}, "error"}`.
 * Undefined if the line has another form.
 */
export function readResultLine(line: string, host: string): ResultLine | undefined {
  const value = tryParseJson(line);
  if (!isJsonObject(value)) return undefined;
  const { custom_id: customId, response, error } = value;
  if (typeof customId !== 'string') return undefined;
  if (isJsonObject(response)) {
    const result = readResponse(response, host);
    return result === undefined ? undefined : { customId, result };
  }
  if (isJsonObject(error)) {
    return { customId, result: { kind: 'failure', reason: codeOf(error['code']), mayBeCharged: false } };
  }
  return undefined;
}

function readResponse(response: JsonObject, host: string): BatchReply | BatchFailure | undefined {
  const { status_code: code, body } = response;
  const status = Number(code ?? 200);
  if (!Number.isInteger(status)) return undefined;
  if (status < 200 || status > 299) return readRefusal(status, body);
  try {
    return { kind: 'reply', reply: readCompletion(body, host) };
  } catch (error) {
    if (error instanceof APIError) return readRefusal(error.status ?? 0, { error: error.error });
    if (!(error instanceof ProviderFailure)) throw error;
    const { reason, mayBeCharged } = error.details;
    return { kind: 'failure', reason, mayBeCharged };
  }
}

function readRefusal(status: number, body: unknown): BatchReply | BatchFailure {
  const refusal = requestRefusal(
    APIError.generate(status, isJsonObject(body) ? body : {}, undefined, new Headers()),
  );
  if (refusal === 'content-filter') return { kind: 'reply', reply: { text: '', refused: 'content-filter' } };
  const reason = refusal === 'form' ? formRefused : `status ${status}`;
  return { kind: 'failure', reason, mayBeCharged: false };
}

/** The service's code if it looks like one: anything else could contain a prompt. */
function codeOf(code: unknown): string {
  return typeof code === 'string' && /^[\w.-]{1,40}$/.test(code) ? code : 'error';
}
