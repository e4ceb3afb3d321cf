import type OpenAI from 'openai';
import { isJsonObject, tryParseJson } from '../../foundation/json.ts';
import type { CompletionReply, Refused } from '../provider.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';

/**
 * The reply in a completion. A service may send anything; the types of the package only say what it should send.
 * Throws `ProviderFailure` if it is not a completion.
 */
export function readCompletion(answer: unknown, host: string): CompletionReply {
  // Some services do not declare their answer as JSON.
  const completion = (typeof answer === 'string' ? tryParseJson(answer) : answer) as
    | Partial<OpenAI.ChatCompletion>
    | null
    | undefined;
  const choice = completion?.choices?.[0];
  const message: Partial<OpenAI.ChatCompletionMessage> | undefined = choice?.message;
  if (choice === undefined || message === undefined || message === null) {
    throw new ProviderFailure(`${host} did not answer with a chat completion.`, {
      kind: 'garbled',
      reason: 'no completion',
      mayBeCharged: true,
      nextStep: 'Check the base URL: it usually ends with /v1.',
    });
  }
  const refused: Refused | undefined =
    choice.finish_reason === 'content_filter'
      ? 'content-filter'
      : typeof message.refusal === 'string' && message.refusal !== ''
        ? 'refusal'
        : undefined;
  const text = refused === 'refusal' ? message.refusal : message.content;
  const tokens = tokensOf(completion?.usage);
  return {
    text: textOf(text),
    ...(choice.finish_reason === 'length' ? { truncated: true } : {}),
    ...(refused === undefined ? {} : { refused }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

/** A text, or the text of its parts; a part with a model's reasoning has another type. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isJsonObject(part) && part['type'] === 'text' ? textOf(part['text']) : ''))
    .join('');
}

/** Undefined if the service did not count both. */
function tokensOf(usage: Partial<OpenAI.CompletionUsage> | null | undefined): CompletionReply['tokens'] {
  const input = usage?.prompt_tokens;
  const output = usage?.completion_tokens;
  return isCount(input) && isCount(output) ? { input, output } : undefined;
}

/** Anything else must not lower the cost of a run. */
function isCount(tokens: unknown): tokens is number {
  return Number.isSafeInteger(tokens) && Number(tokens) >= 0;
}
