import type OpenAI from 'openai';
import { isJsonObject } from '../../foundation/json.ts';
import type { CompletionReply, Refused } from '../provider.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';

/**
 * The reply in a completion. What a service sends may be anything: the types of the package are only what it
 * should be. Throws `ProviderFailure` when it is no completion.
 */
export function readCompletion(answer: unknown, host: string): CompletionReply {
  // A service that forgot to say that this is JSON.
  const completion = (typeof answer === 'string' ? tryParse(answer) : answer) as
    | Partial<OpenAI.ChatCompletion>
    | null
    | undefined;
  const choice = completion?.choices?.[0];
  const message: Partial<OpenAI.ChatCompletionMessage> | undefined = choice?.message;
  if (choice === undefined || message === undefined || message === null) {
    throw new ProviderFailure(`${host} answered with something that is no chat completion.`, {
      kind: 'garbled',
      reason: 'no completion',
      mayBeCharged: true,
      nextStep: 'Check the base URL: it mostly ends with /v1.',
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

/** A text, or the text of its parts: what a model thought on the way is a part of another type. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isJsonObject(part) && part['type'] === 'text' ? textOf(part['text']) : ''))
    .join('');
}

function tryParse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

/** Undefined where the service did not count both. */
function tokensOf(usage: Partial<OpenAI.CompletionUsage> | null | undefined): CompletionReply['tokens'] {
  const input = usage?.prompt_tokens;
  const output = usage?.completion_tokens;
  return isCount(input) && isCount(output) ? { input, output } : undefined;
}

/** Anything else is no count, and must not lower what a run has cost. */
function isCount(tokens: unknown): tokens is number {
  return Number.isSafeInteger(tokens) && Number(tokens) >= 0;
}
