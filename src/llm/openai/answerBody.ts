import { isJsonObject, type JsonObject, type JsonValue, tryParseJson } from '../../foundation/json.ts';

/**
 * The completion in the body of an answer: JSON, whatever its content type, or a stream of events (server-sent events
 * with OpenAI's chunks), put together. The text itself if it is neither. Throws `SyntaxError` if it is broken JSON or a
 * stream that ends early.
 */
export function readAnswerBody(body: string): JsonValue {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (/^(?:data|event|id|retry)?:/.test(text)) return assembled(text);
  const value = tryParseJson(text);
  if (value === undefined && /^[[{]/.test(text)) throw new SyntaxError('The answer is broken JSON.');
  // Some proxies wrap the JSON in a string.
  return typeof value === 'string' ? (tryParseJson(value) ?? text) : (value ?? text);
}

const pieces = ['content', 'reasoning_content', 'reasoning', 'refusal'] as const;

/** The completion of which a stream brings the pieces. */
function assembled(text: string): JsonValue {
  const parts = new Map<string, string[]>();
  const rest: Record<string, JsonValue> = {};
  let finish: JsonValue = null;
  let isDone = false;
  const add = (name: string, piece: JsonValue | undefined): void => {
    if (typeof piece !== 'string') return;
    const before = parts.get(name);
    if (before === undefined) parts.set(name, [piece]);
    else before.push(piece);
  };
  for (const line of text.split('\n')) {
    const data = line.startsWith('data:') ? line.slice('data:'.length).trim() : '';
    isDone ||= data === '[DONE]';
    const chunk = data === '' ? undefined : tryParseJson(data);
    if (!isJsonObject(chunk)) continue;
    const { choices, usage, error } = chunk;
    if (error !== undefined && error !== null) return { error };
    if (isJsonObject(usage)) rest['usage'] = usage;
    const choice = Array.isArray(choices) ? (choices[0] as JsonValue) : undefined;
    if (!isJsonObject(choice)) continue;
    const delta = isJsonObject(choice['delta']) ? choice['delta'] : choice['message'];
    if (isJsonObject(delta)) {
      for (const name of pieces) add(name, delta[name]);
      add('arguments', argumentsIn(delta));
    }
    finish = choice['finish_reason'] ?? finish;
  }
  if (finish === null && !isDone) throw new SyntaxError('The stream ended early.');
  const written = Object.fromEntries([...parts].map(([name, all]) => [name, all.join('')]));
  const { arguments: given, ...message } = written;
  const calls = given === undefined ? {} : { tool_calls: [{ function: { arguments: given } }] };
  return { ...rest, choices: [{ message: { ...message, ...calls }, finish_reason: finish }] };
}

function argumentsIn({ tool_calls: calls }: JsonObject): JsonValue | undefined {
  const [call] = Array.isArray(calls) ? (calls as readonly JsonValue[]) : [];
  const called = isJsonObject(call) ? call['function'] : undefined;
  return isJsonObject(called) ? called['arguments'] : undefined;
}
