import type OpenAI from 'openai';
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
    text: typeof text === 'string' ? text : '',
    ...(choice.finish_reason === 'length' ? { truncated: true } : {}),
    ...(refused === undefined ? {} : { refused }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

function tryParse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function tokensOf(usage: Partial<OpenAI.CompletionUsage> | null | undefined): CompletionReply['tokens'] {
  const input = usage?.prompt_tokens;
  const output = usage?.completion_tokens;
  return Number.isFinite(input) && Number.isFinite(output)
    ? { input: Number(input), output: Number(output) }
    : undefined;
}
