import OpenAI, { APIError } from 'openai';
import { UserError } from '../../foundation/userError.ts';
import { destinationOf } from '../destination.ts';
import type { CompletionReply, CompletionRequest, Provider } from '../provider.ts';
import { asProviderFailure } from './openaiFailure.ts';

/** Where requests go when no base URL is given. */
const defaultBaseUrl = 'https://api.openai.com/v1';

export interface OpenAiOptions {
  /** Local servers mostly want none. It goes into the request's header and nowhere else. */
  readonly apiKey?: string;
  /** Of any service that speaks OpenAI's chat completions, for example `http://localhost:11434/v1`. */
  readonly baseUrl?: string;
  readonly model: string;
  /** For one try, in milliseconds. */
  readonly timeout?: number;
  /** Tries after the first one when the connection breaks or the service answers 408, 409, 429 or 5xx. */
  readonly retries?: number;
}

/** A language model behind OpenAI's chat completions interface. Throws `UserError` on an impossible base URL. */
export function openAiProvider(options: OpenAiOptions): Provider {
  const { model, baseUrl = defaultBaseUrl, timeout = 120_000, retries = 3 } = options;
  const destination = destinationOf(baseUrl);
  if (options.apiKey === undefined && destination.kind === 'remote') {
    throw new UserError(`A key is needed to ask ${destination.host}.`, {
      nextStep: 'Set the API key, or choose a local server.',
    });
  }
  const client = new OpenAI({
    apiKey: options.apiKey ?? 'none',
    baseURL: baseUrl,
    // Only what is given here counts: nothing is taken from the environment, and nothing logged.
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    timeout,
    maxRetries: retries,
    // A redirect could lead from a local destination to a remote one.
    fetchOptions: { redirect: 'error' },
  });
  // Not every service knows structured outputs. What it said the first time is remembered.
  let takesSchema = true;

  const ask = async (
    { messages, replySchema }: CompletionRequest,
    withSchema: boolean,
    signal: AbortSignal | undefined,
  ): Promise<CompletionReply> => {
    const completion = await client.chat.completions.create(
      {
        model,
        messages: messages.map(({ role, content }) => ({ role, content })),
        ...(withSchema
          ? {
              response_format: {
                type: 'json_schema',
                json_schema: { name: 'texts', strict: true, schema: { ...replySchema } },
              },
            }
          : {}),
      },
      signal === undefined ? {} : { signal },
    );
    return readCompletion(completion, destination.host);
  };

  return {
    name: 'openai',
    model,
    destination,
    complete: async (request, signal) => {
      try {
        if (!takesSchema) return await ask(request, false, signal);
        try {
          return await ask(request, true, signal);
        } catch (error) {
          if (!refusesRequest(error)) throw error;
          const reply = await ask(request, false, signal);
          takesSchema = false;
          return reply;
        }
      } catch (error) {
        throw asProviderFailure(error, { host: destination.host, kind: destination.kind, model, timeout });
      }
    },
  };
}

/** Whether the service understood the connection but not the request: so it answers to unknown parameters. */
function refusesRequest(error: unknown): boolean {
  return error instanceof APIError && (error.status === 400 || error.status === 422);
}

/** What a service sends may be anything: the types of the package are only what it should be. */
function readCompletion(completion: Partial<OpenAI.ChatCompletion> | string, host: string): CompletionReply {
  const choice = typeof completion === 'string' ? undefined : completion.choices?.[0];
  if (typeof completion === 'string' || choice?.message === undefined) {
    throw new UserError(`${host} answered with something that is no chat completion.`, {
      nextStep: 'Check the base URL: it mostly ends with /v1.',
    });
  }
  const { usage } = completion;
  return {
    text: choice.message.content ?? choice.message.refusal ?? '',
    ...(choice.finish_reason === 'length' ? { truncated: true } : {}),
    ...(usage === undefined
      ? {}
      : { tokens: { input: usage.prompt_tokens, output: usage.completion_tokens } }),
  };
}
