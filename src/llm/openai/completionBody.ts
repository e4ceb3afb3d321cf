import type OpenAI from 'openai';
import type { ChatMessage, CompletionRequest, ReplyForm } from '../provider.ts';

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

/** How a service wants to be asked. */
export interface AskingWay {
  readonly model: string;
  readonly form: ReplyForm;
  readonly limitName: LimitName;
  /** Its model takes no system message. */
  readonly isSystemInUser?: boolean;
}

/** The body of a request for a chat completion. */
export function completionBody(
  { messages, replySchema, maxTokens }: Pick<CompletionRequest, 'messages' | 'replySchema' | 'maxTokens'>,
  { model, form, limitName, isSystemInUser = false }: AskingWay,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const sent = isSystemInUser ? withoutSystem(messages) : messages;
  return {
    model,
    messages: sent.map(({ role, content }) => ({ role, content })),
    ...(maxTokens === undefined ? {} : { [limitName]: maxTokens }),
    ...responseFormat(form, replySchema),
  };
}

/** The instructions of the system message at the beginning of the user's. */
function withoutSystem(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const content = messages.map((message) => message.content).join('\n\n');
  return [{ role: 'user', content }];
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
