import type { CompletionReply, CompletionRequest, Provider, ReplyForm } from '../provider.ts';
import { readAnswerBody } from './answerBody.ts';
import { AnswerTooLarge } from './boundedFetch.ts';
import { completionBody, usualLimitName } from './completionBody.ts';
import { openAiClient } from './openaiClient.ts';
import { asProviderFailure, causesOf } from './openaiFailure.ts';
import { readCompletion } from './openaiReply.ts';
import { requestRefusal } from './openaiRefusal.ts';
import { withoutKey } from './withoutKey.ts';
import { createReplyForms } from './replyForms.ts';

export interface OpenAiOptions {
  /** Local servers usually need none. It goes into the request's header and nowhere else. */
  readonly apiKey?: string;
  /** Of any service with OpenAI's chat completions API, for example `http://localhost:11434/v1`. */
  readonly baseUrl?: string;
  readonly model: string;
}

/** A language model behind OpenAI's chat completions API. Throws `UserError` if the base URL or the key is not valid. */
export function openAiProvider(options: OpenAiOptions): Provider {
  const { model } = options;
  const { client, destination, isUnencrypted, apiKey } = openAiClient(options.apiKey, options.baseUrl);
  const forms = createReplyForms();
  let limitName = usualLimitName(destination.host);
  // What the service turned out to want; it holds for the rest of the run.
  let isSystemInUser = false;
  let isStreamed = false;
  const otherLimitName = (): typeof limitName =>
    limitName === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';

  const requestIn = async (
    request: CompletionRequest,
    form: ReplyForm,
    signal: AbortSignal | undefined,
  ): Promise<CompletionReply> => {
    const { id, attempt = 0 } = request;
    const body = completionBody(request, { model, form, limitName, isSystemInUser });
    const answer = await client.chat.completions
      .create(isStreamed ? { ...body, stream: true, stream_options: { include_usage: true } } : body, {
        ...(signal === undefined ? {} : { signal }),
        ...(id === undefined ? {} : { headers: { 'X-Client-Request-Id': `${id}-${attempt}` } }),
      })
      .asResponse();
    const reply = readCompletion(readAnswerBody(await answer.text()), destination.host);
    return { ...withoutKey(reply, apiKey), form };
  };

  /** Requests a reply in the strictest form that the service supports. */
  const negotiate = async (
    request: CompletionRequest,
    signal: AbortSignal | undefined,
  ): Promise<CompletionReply> => {
    const refused: { form: ReplyForm; isSure: boolean }[] = [];
    let hasSwapped = false;
    for (let form = forms.first(request.form); ;) {
      try {
        const reply = await requestIn(request, form, signal);
        forms.worked(form, refused);
        return reply;
      } catch (error) {
        if (causesOf(error).some((cause) => cause instanceof AnswerTooLarge)) {
          return { text: '', refused: 'too-large' };
        }
        const refusal = requestRefusal(error);
        if (refusal === 'content-filter') return { text: '', refused: 'content-filter' };
        const weaker = forms.weaker(form);
        if (refusal === 'limit-name' && !hasSwapped) {
          hasSwapped = true;
          limitName = otherLimitName();
        } else if (refusal === 'system-role' && !isSystemInUser) {
          isSystemInUser = true;
        } else if (refusal === 'not-streamed' && !isStreamed) {
          isStreamed = true;
        } else if (refusal === 'unknown' && forms.hasWorked(form)) {
          // The service supports the form, so it is this request that it rejects.
          return { text: '', refused: 'bad-request' };
        } else if ((refusal === 'form' || refusal === 'unknown') && weaker !== undefined) {
          refused.push({ form, isSure: refusal === 'form' });
          form = weaker;
        } else {
          throw error;
        }
      }
    }
  };

  return {
    name: 'openai',
    model,
    destination,
    ...(isUnencrypted ? { isUnencrypted } : {}),
    complete: async (request, signal) => {
      try {
        return await negotiate(request, signal);
      } catch (error) {
        throw asProviderFailure(error, { ...destination, model });
      }
    },
  };
}
