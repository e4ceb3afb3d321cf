import type OpenAI from 'openai';
import type { CompletionRequest, ReplyForm } from '../provider.ts';

/** What services call the length limit of a reply. */
export type LimitName = 'max_tokens' | 'max_completion_tokens';

/** OpenAI's own services use the newer name, most others the old one. */
export function usualLimitName(host: string): LimitName {
  const { hostname } = new URL(`http://${host}`);
  const isOpenAi = hostname === 'api.openai.com' || isAzure(hostname);
  return isOpenAi ? 'max_completion_tokens' : 'max_tokens';
}

export function isAzure(hostname: string): boolean {
  return /\.azure\.(com|us|cn)$/.test(hostname);
}

/** The body of a request for a chat completion. */
export function completionBody(
  { messages, replySchema, maxTokens }: Pick<CompletionRequest, 'messages' | 'replySchema' | 'maxTokens'>,
  {
    model,
    form,
    limitName,
  }: { readonly model: string; readonly form: ReplyForm; readonly limitName: LimitName },
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(maxTokens === undefined ? {} : { [limitName]: maxTokens }),
    ...responseFormat(form, replySchema),
  };
}

function responseFormat(
  form: ReplyForm,
  schema: CompletionRequest['replySchema'],
): Pick<OpenAI.ChatCompletionCreateParams, 'response_format'> {
  switch (form) {
    case 'schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'texts', strict: true, schema: { ...schema } },
        },
      };
    case 'json':
      return { response_format: { type: 'json_object' } };
    case 'text':
      return {};
  }
}
