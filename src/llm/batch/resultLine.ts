import { APIError } from 'openai';
import { isJsonObject, type JsonObject } from '../../foundation/json.ts';
import type { CompletionReply } from '../provider.ts';
import { requestRefusal } from '../openai/openaiRefusal.ts';
import { readCompletion } from '../openai/openaiReply.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';

/** What a line of a batch's output or error file says of one request. */
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
  /** In the ledger's words: "status 500", "batch_expired". */
  readonly reason: string;
  readonly mayBeCharged: boolean;
}

/** The reason of requests whose form of reply the service does not know. */
export const formRefused = 'reply form refused';

/**
 * Reads a line as OpenAI's Batch API writes it: `{"custom_id", "response": {"status_code", "body"}, "error"}`.
 * Undefined when it is no such line.
 */
export function readResultLine(line: string, host: string): ResultLine | undefined {
  const value = parse(line);
  const customId = value?.['custom_id'];
  if (value === undefined || typeof customId !== 'string') return undefined;
  const { response, error } = value;
  if (isJsonObject(response)) return { customId, result: readResponse(response, host) };
  if (isJsonObject(error)) {
    return { customId, result: { kind: 'failure', reason: codeOf(error['code']), mayBeCharged: false } };
  }
  return undefined;
}

function readResponse(response: JsonObject, host: string): BatchReply | BatchFailure {
  const status = Number(response['status_code'] ?? 200);
  const { body } = response;
  if (status < 200 || status > 299) return readRefusal(status, body);
  try {
    return { kind: 'reply', reply: readCompletion(body, host) };
  } catch (error) {
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

/** A code of the service as far as it is one: anything else could hold a prompt. */
function codeOf(code: unknown): string {
  return typeof code === 'string' && /^[\w.-]{1,40}$/.test(code) ? code : 'error';
}

function parse(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
