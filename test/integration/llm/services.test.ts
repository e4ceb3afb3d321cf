import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionReply, CompletionRequest, Provider } from '../../../src/llm/provider.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { replySchema } from '../../../src/llm/reply/parseReply.ts';
import { ProviderFailure } from '../../../src/llm/sending/providerFailure.ts';
import {
  type Asked,
  completion,
  type Scripted,
  startScriptedServer,
} from '../../support/chatServer/scriptedServer.ts';

const apiKey = 'sk-secret-0123456789';
const json = '{"texts": [{"text": "A."}]}';
const request: CompletionRequest = {
  index: 0,
  messages: [
    { role: 'system', content: 'Instructions.' },
    { role: 'user', content: 'Question.' },
  ],
  replySchema: replySchema('ner'),
};

let server: Awaited<ReturnType<typeof startScriptedServer>>;
afterEach(() => server.close());

async function providerAt(script: (asked: Asked, number: number) => Scripted): Promise<Provider> {
  server = await startScriptedServer(script);
  return openAiProvider({ apiKey, baseUrl: server.baseUrl, model: 'm' });
}

const replyTo = async (body: unknown, more: Partial<Scripted> = {}): Promise<CompletionReply> =>
  await (await providerAt(() => ({ body, ...more }))).complete(request);

async function failureOf(script: (asked: Asked, number: number) => Scripted): Promise<ProviderFailure> {
  const provider = await providerAt(script);
  const error: unknown = await provider.complete(request).catch((reason: unknown) => reason);
  if (error instanceof ProviderFailure) return error;
  throw new Error(`no ProviderFailure but ${String(error)}`);
}

const refusedUnless =
  (isGood: (body: Asked['body']) => boolean, refusal: Scripted) =>
  ({ body }: Asked): Scripted =>
    isGood(body) ? { body: completion({ content: json }) } : refusal;

const saying = (status: number, message: string, more: object = {}): Scripted => ({
  status,
  body: { error: { message, ...more } },
});

describe('the answer of a service', () => {
  const thoughts = 'First I think of {"texts": []}.';
  it.each([
    [
      'content as parts with thoughts',
      {
        content: [
          { type: 'thinking', thinking: thoughts },
          { type: 'text', text: json },
        ],
      },
    ],
    [
      'parts that are marked as thoughts',
      { content: [{ type: 'text', text: thoughts, thought: true }, { text: json }] },
    ],
    ['an answer where reasoning belongs', { content: null, reasoning_content: json }],
    ['an answer behind its reasoning', { content: '', reasoning: `${thoughts}</think>${json}` }],
    [
      'the arguments of a tool',
      { content: null, tool_calls: [{ function: { name: 'texts', arguments: json } }] },
    ],
    [
      'the arguments of a function',
      { content: null, function_call: { name: 'texts', arguments: JSON.parse(json) as object } },
    ],
    ['content that is parsed', { content: JSON.parse(json) as object }],
  ])('may be %s', async (_, message) => {
    const { text } = await replyTo(completion(message));
    expect(JSON.parse(text)).toEqual(JSON.parse(json));
  });

  it('is not reasoning that has only a draft in it, and counts its characters', async () => {
    const message = { content: '', reasoning_content: thoughts };
    expect(await replyTo(completion(message, 'length'))).toMatchObject({
      text: '',
      truncated: true,
      reasoning: thoughts.length,
    });
  });

  it.each([
    ['as a field', { content: null, refusal: 'I cannot.' }],
    ['as a part', { content: [{ type: 'refusal', refusal: 'I cannot.' }] }],
  ])('may be a refusal %s', async (_, message) => {
    expect(await replyTo(completion(message))).toMatchObject({ refused: 'refusal', text: 'I cannot.' });
  });

  it('is kept without the API key, if it repeats it', async () => {
    const { text } = await replyTo(completion({ content: `Key ${apiKey}, again ${apiKey}.` }));
    expect(text).toBe('Key [API key], again [API key].');
  });

  it('is read from a stream that nobody asked for', async () => {
    const chunks = ['{"texts": ', '[{"text": "A."}]}'].map(
      (content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`,
    );
    const end = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 4 } })}\n\ndata: [DONE]\n\n`;
    const type = 'text/event-stream';
    expect(await replyTo(`: hello\n\n${chunks.join('')}${end}`, { type })).toMatchObject({
      text: json,
      tokens: { input: 3, output: 4 },
    });
  });

  it('is not half of a stream', async () => {
    const body = `data: ${JSON.stringify({ choices: [{ delta: { content: '{"te' } }] })}\n\n`;
    expect((await failureOf(() => ({ body, type: 'text/event-stream' }))).details.kind).toBe('garbled');
  });
});

describe('an error in an answer with status 200', () => {
  it.each([
    [{ error: { message: 'x', code: 401 } }, 'fatal', /does not accept the API key/],
    [
      { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } },
      'fatal',
      /does not accept the API key/,
    ],
    [{ error: { message: 'Provider returned error', code: 429 } }, 'busy', /too many requests/],
    [{ error: { message: 'x', code: '429' } }, 'busy', /too many requests/],
    [{ error: { message: 'x', code: 'rate_limit_exceeded' } }, 'busy', /too many requests/],
    [{ code: 429, message: 'slow down' }, 'busy', /too many requests/],
    [{ error: { message: 'x', code: 402 } }, 'fatal', /used up its quota/],
    [{ error: { message: 'Bad gateway', code: 502 } }, 'broken', /failed \(status 502\)/],
    [{ error: 'the model is overloaded' }, 'broken', /failed \(status 503\)/],
    [{ object: 'error', message: 'Something odd', code: 500 }, 'broken', /failed \(status 500\)/],
    [{ choices: [{ error: { code: 502, message: 'x' }, message: { content: 'half' } }] }, 'broken', /failed/],
    [
      { error: { message: 'The model `m` does not exist', code: 'model_not_found' } },
      'fatal',
      /does not have the model/,
    ],
    [{ detail: 'Not authenticated' }, 'fatal', /does not accept the API key/],
    [
      { id: 'x', object: 'chat.completion', choices: null },
      'garbled',
      /without a reply of the model\. Resume/,
    ],
    [{ id: 'x', object: 'chat.completion', choices: [] }, 'garbled', /without a reply of the model/],
  ])('counts like its code or its words: %j', async (body, kind, message) => {
    const failure = await failureOf(() => ({ body }));
    expect(failure.details.kind).toBe(kind);
    expect(failure.describe()).toMatch(message);
    expect(failure.describe()).not.toMatch(/base URL/);
  });

  it('lets the form of reply fall back, too', async () => {
    const refusal = { body: { error: { code: 400, message: 'response_format is not supported' } } };
    const provider = await providerAt(refusedUnless((body) => body.response_format === undefined, refusal));
    expect(await provider.complete(request)).toMatchObject({ text: json, form: 'text' });
  });
});

describe('a service that wants to be asked in another way', () => {
  it.each([
    saying(500, 'response_format json_schema is not implemented'),
    saying(404, 'No endpoints found that support the requested parameters: response_format'),
    saying(501, 'Structured outputs are not available'),
    saying(500, 'failed to parse grammar'),
    saying(400, 'Bad request'),
  ])('gets a weaker form of reply: %j', async (refusal) => {
    const provider = await providerAt(refusedUnless((body) => body.response_format === undefined, refusal));
    expect(await provider.complete(request)).toMatchObject({ text: json, form: 'text' });
  });

  it.each([
    saying(400, 'System role not supported'),
    saying(400, 'Developer instruction is not enabled for models/gemma-3-27b-it'),
    saying(500, "Value is not callable: raise_exception('System role not supported')"),
    saying(422, 'messages[0].role: unknown variant `system`, expected `user` or `assistant`'),
    saying(400, 'Only user and assistant roles are supported!'),
    saying(400, 'Conversation roles must alternate user/assistant/user/assistant/...'),
    saying(400, "Unsupported value: 'messages[0].role' does not support 'system' with this model."),
  ])('gets the instructions in the message of the user, from then on: %j', async (refusal) => {
    const provider = await providerAt(
      refusedUnless(({ messages }) => messages.every(({ role }) => role !== 'system'), refusal),
    );
    await provider.complete(request);
    expect(await provider.complete(request)).toMatchObject({ text: json, form: 'schema' });
    expect(server.asked).toHaveLength(3);
    expect(server.asked.at(-1)?.body.messages).toEqual([
      { role: 'user', content: 'Instructions.\n\nQuestion.' },
    ]);
  });

  it.each([
    saying(
      400,
      'This model only support stream mode, please enable the stream parameter to access the model.',
    ),
    saying(400, 'stream must be set to true'),
    saying(400, 'Streaming is required for operations that may take longer than 10 minutes'),
  ])('is asked for a stream, from then on: %j', async (refusal) => {
    const body = `data: ${JSON.stringify({ choices: [{ delta: { content: json, reasoning_content: 'Hm.' }, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n`;
    const provider = await providerAt((asked) =>
      asked.body.stream === true ? { body, type: 'text/event-stream' } : refusal,
    );
    await provider.complete(request);
    expect(await provider.complete(request)).toMatchObject({ text: json, reasoning: 3 });
    expect(server.asked.map((one) => one.body.stream)).toEqual([undefined, true, true]);
  });
});

describe('the next step after an error', () => {
  it.each([
    [saying(400, 'API key not valid. Please pass a valid API key.'), /Set another API key/],
    [saying(403, 'Invalid API Key'), /Set another API key/],
    [
      saying(404, 'The model `m` does not exist or you do not have access to it.'),
      /Correct the name of the model/,
    ],
    [saying(404, 'Not Found'), /Correct the model or the base URL/],
    [{ status: 404, body: '<html>Not Found</html>', type: 'text/html' }, /base URL/],
    [{ status: 405, body: '' }, /Correct the base URL/],
    [{ body: '<html>Welcome</html>', type: 'text/html' }, /Check the base URL/],
    [
      saying(418, 'I am a teapot', { code: 'is_a_teapot' }),
      /\(status 418, "is_a_teapot"\).*Look for the reason in the log/,
    ],
    [saying(418, 'x', { code: apiKey }), /\(status 418\)/],
  ])('is what its words are about: %j', async (answer, step) => {
    const failure = await failureOf(() => answer);
    expect(failure.describe()).toMatch(step);
    expect(failure.describe()).not.toMatch(/secret/);
    if (!step.source.includes('base URL')) expect(failure.describe()).not.toMatch(/base URL/);
  });
});

describe('an answer that takes long', () => {
  it('is waited for beyond the limits of the HTTP client of Node, and asked for once', async () => {
    // The client keeps its limits (300 seconds) in its global dispatcher: lowered, they would end the request.
    await fetch('data:,').then((response) => response.text());
    const name = Symbol.for('undici.globalDispatcher.1');
    const usual = Reflect.get(globalThis, name) as { readonly constructor: new (limits: object) => object };
    Reflect.set(globalThis, name, new usual.constructor({ headersTimeout: 50, bodyTimeout: 50 }));
    try {
      const provider = await providerAt(() => ({ body: completion({ content: json }), latency: 2500 }));
      await expect(
        fetch(server.baseUrl, { method: 'POST', body: JSON.stringify({ messages: [] }) }),
      ).rejects.toThrow();
      expect(await provider.complete(request)).toMatchObject({ text: json });
      expect(server.asked).toHaveLength(2);
    } finally {
      Reflect.set(globalThis, name, usual);
    }
  }, 20_000);
});
