import { isJsonObject, type JsonObject, type JsonValue, tryParseJson } from '../../foundation/json.ts';
import type { CompletionReply, Refused } from '../provider.ts';
import { answerIn } from '../reply/answer/answerIn.ts';
import { ProviderFailure } from '../sending/providerFailure.ts';
import { errorInAnswer } from './errorInAnswer.ts';

/**
 * The reply in a completion. A service may send anything, so every part is checked. Throws an `APIError` if the answer is an
 * error with a status of success, or `ProviderFailure` if it is not a completion.
 */
export function readCompletion(completion: unknown, host: string): CompletionReply {
  const error = errorInAnswer(completion);
  if (error !== undefined) throw error;
  const choices = isJsonObject(completion) ? completion['choices'] : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (!isJsonObject(completion) || !isJsonObject(choice)) throw noCompletion(completion, host);
  const message = isJsonObject(choice['message']) ? choice['message'] : choice;
  const isMessage = message !== choice || typeof choice['text'] === 'string';
  if (!isMessage) throw noCompletion(completion, host);
  const { finish_reason: finish } = choice;
  const refusal = refusalOf(message);
  const reasoning = reasoningOf(message);
  const refused: Refused | undefined =
    finish === 'content_filter' ? 'content-filter' : refusal === undefined ? undefined : 'refusal';
  const tokens = tokensOf(completion['usage']);
  return {
    text: refused === 'refusal' ? (refusal ?? '') : textOf(message, reasoning),
    ...(finish === 'length' ? { truncated: true } : {}),
    ...(refused === undefined ? {} : { refused }),
    ...(reasoning === '' ? {} : { reasoning: reasoning.length }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

function noCompletion(answer: unknown, host: string): ProviderFailure {
  const isFromService =
    isJsonObject(answer) && ('choices' in answer || answer['object'] === 'chat.completion');
  return new ProviderFailure(
    isFromService
      ? `${host} answered without a reply of the model.`
      : `${host} did not answer with a chat completion.`,
    {
      kind: 'garbled',
      reason: isFromService ? 'no reply in the completion' : 'no completion',
      mayBeCharged: true,
      nextStep: isFromService
        ? 'Resume the run later, or choose another model.'
        : 'Check the base URL: it usually ends with /v1.',
    },
  );
}

/**
 * The answer: the content, else the arguments of a call of a tool, else what stands where a server puts reasoning, if it
 * is JSON as a whole.
 */
function textOf(message: JsonObject, reasoning: string): string {
  const content = contentOf(message['content'] ?? message['text'] ?? null);
  if (content.trim() !== '') return content;
  const { tool_calls: calls, function_call: call, parsed } = message;
  const [first] = Array.isArray(calls) ? (calls as readonly JsonValue[]) : [];
  const called = isJsonObject(first) ? first['function'] : call;
  const given = isJsonObject(called) ? called['arguments'] : parsed;
  if (given !== undefined && given !== null) return typeof given === 'string' ? given : JSON.stringify(given);
  const answer = answerIn(reasoning);
  return typeof tryParseJson(answer) === 'object' ? answer : content;
}

/** A text, JSON that a server has parsed, or the text of its parts; a part with a model's reasoning has another type. */
function contentOf(content: JsonValue): string {
  if (typeof content === 'string') return content;
  if (isJsonObject(content)) return JSON.stringify(content);
  return partsOf(content)
    .filter(isText)
    .map(({ text }) => words(text))
    .join('');
}

function isText(part: JsonObject): boolean {
  const { type = 'text', text, thought } = part;
  return (type === 'text' || type === 'output_text') && typeof text === 'string' && thought !== true;
}

function partsOf(content: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(content) ? content.filter((part: JsonValue) => isJsonObject(part)) : [];
}

/** What the model says if it declines to answer. */
function refusalOf(message: JsonObject): string | undefined {
  const { refusal, content } = message;
  if (typeof refusal === 'string' && refusal !== '') return refusal;
  const part = partsOf(content).find(({ type }) => type === 'refusal');
  return part === undefined ? undefined : words(part['refusal'] ?? part['text']);
}

/** The reasoning of a model, under the names that servers give it. */
function reasoningOf(message: JsonObject): string {
  const { reasoning_content: content, reasoning, thinking, reasoning_details: details } = message;
  const own = [content, reasoning, thinking].find((one) => typeof one === 'string' && one !== '');
  if (typeof own === 'string') return own;
  const parts = [...partsOf(details), ...partsOf(message['content']).filter((part) => !isText(part))];
  return parts.map(({ text, thinking: thoughts }) => words(text) + words(thoughts)).join('');
}

function words(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return partsOf(value)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');
}

/** Undefined if the service did not count both. */
function tokensOf(usage: JsonValue | undefined): CompletionReply['tokens'] {
  const { prompt_tokens: input, completion_tokens: output } = isJsonObject(usage) ? usage : {};
  return isCount(input) && isCount(output) ? { input, output } : undefined;
}

/** Anything else must not lower the cost of a run. */
function isCount(tokens: JsonValue | undefined): tokens is number {
  return Number.isSafeInteger(tokens) && Number(tokens) >= 0;
}
