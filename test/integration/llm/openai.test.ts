import { afterEach, describe, expect, it } from 'vitest';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import type { CompletionReply, CompletionRequest, Provider } from '../../../src/llm/provider.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { replySchema } from '../../../src/llm/reply/parseReply.ts';
import { ProviderFailure } from '../../../src/llm/sending/providerFailure.ts';
import {
  startChatServer,
  type ChatServer,
  type ChatServerOptions,
} from '../../support/chatServer/chatServer.ts';
import type { Fault } from '../../support/chatServer/faults.ts';

const key = 'sk-secret-0123456789';
let server: ChatServer;
afterEach(() => server.close());

/** A provider at a server whose answers go wrong one after the other, and are right after that. */
async function providerAt(
  faults: readonly (Fault | undefined)[],
  more: ChatServerOptions = {},
): Promise<Provider> {
  server = await startChatServer({
    schedule: ({ number }) => faults[number],
    write: (number) => `reply ${number}`,
    tokens: { input: 11, output: 7 },
    ...more,
  });
  return openAiProvider({ apiKey: key, baseUrl: server.baseUrl, model: 'small-model' });
}

const request: CompletionRequest = {
  index: 0,
  messages: [
    { role: 'system', content: 'secret system prompt' },
    { role: 'user', content: 'secret prompt' },
  ],
  replySchema: replySchema('ner'),
};

/** A failure as services tell it: with a part of the key and of the prompt. */
const status = (code: number, more: Partial<Extract<Fault, { kind: 'status' }>> = {}): Fault => ({
  kind: 'status',
  status: code,
  message: `bad ${key} secret prompt`,
  ...more,
});

async function failure(work: Promise<CompletionReply>): Promise<ProviderFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderFailure)) throw new Error(`no ProviderFailure but ${String(error)}`);
  const everything = `${error.describe()} ${JSON.stringify(error)} ${error.stack ?? ''} ${String(error.cause)}`;
  expect(everything).not.toMatch(/secret/);
  return error;
}

const formsAsked = (): readonly string[] => server.calls.map(({ form }) => form);

describe('a request to an OpenAI-compatible service', () => {
  it('requests structured output, with the key in the header, and returns text and tokens', async () => {
    const provider = await providerAt([]);
    expect(await provider.complete({ ...request, maxTokens: 300, id: 'ner-1-7', attempt: 2 })).toEqual({
      text: 'reply 0',
      form: 'schema',
      tokens: { input: 11, output: 7 },
    });
    expect(server.calls[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${key}`, 'x-client-request-id': 'ner-1-7-2' },
      body: {
        model: 'small-model',
        messages: request.messages,
        response_format: { type: 'json_schema' },
        max_tokens: 300,
      },
    });
  });

  it('says that a reply was cut off, declined or filtered, and keeps what there is of it', async () => {
    const provider = await providerAt([
      { kind: 'truncated' },
      { kind: 'refusal' },
      { kind: 'content-filter' },
    ]);
    expect(await provider.complete(request)).toMatchObject({ text: 'repl', truncated: true });
    expect(await provider.complete(request)).toMatchObject({
      refused: 'refusal',
      text: 'I cannot write that.',
    });
    expect(await provider.complete(request)).toMatchObject({ refused: 'content-filter' });
  });

  it('counts a prompt that a filter blocks as a refused reply, which does not end the run', async () => {
    const provider = await providerAt([status(400, { code: 'content_filter' })]);
    expect(await provider.complete(request)).toEqual({ text: '', refused: 'content-filter' });
    expect(server.calls).toHaveLength(1);
  });

  it('reads a completion whatever its content type, ID and token counts', async () => {
    const provider = await providerAt([
      { kind: 'content-type', type: 'text/plain' },
      { kind: 'same-id' },
      { kind: 'same-id' },
      { kind: 'no-usage' },
    ]);
    const replies = [];
    for (let time = 0; time < 4; time++) replies.push(await provider.complete(request));
    expect(replies.map(({ text }) => text)).toEqual(['reply 0', 'reply 1', 'reply 2', 'reply 3']);
    expect(replies.map(({ tokens }) => tokens?.input)).toEqual([11, 11, 11, undefined]);
  });

  it('does not read an answer that is too large', async () => {
    const provider = await providerAt([
      { kind: 'huge', bytes: 9 * 1024 * 1024 },
      { kind: 'huge', bytes: 1024 },
    ]);
    expect(await provider.complete(request)).toEqual({ text: '', refused: 'too-large' });
    expect(await provider.complete(request)).toMatchObject({ text: 'reply 1' });
  });

  it.each([
    [status(401), 'fatal', false, /does not accept the API key\. Set another API key/],
    [status(402), 'fatal', false, /used up its quota/],
    [status(403), 'fatal', false, /does not let this API key use the model "small-model"/],
    [status(404), 'fatal', false, /does not have the model "small-model"/],
    [status(408), 'broken', true, /gave up waiting/],
    [status(409), 'broken', false, /failed \(status 409\)/],
    [status(418), 'fatal', false, /refused the request \(status 418\)/],
    [status(429), 'busy', false, /too many requests\. Wait a while, then resume/],
    [status(429, { code: 'insufficient_quota' }), 'fatal', false, /used up its quota/],
    [status(500), 'broken', true, /failed \(status 500\)/],
    [status(503), 'broken', false, /failed \(status 503\)/],
    [{ kind: 'drop', when: 'before' }, 'broken', true, /cannot be reached/],
    [{ kind: 'drop', when: 'mid-body' }, 'broken', true, /cannot be reached/],
    [{ kind: 'invalid-json' }, 'garbled', true, /broken JSON/],
    [{ kind: 'web-page' }, 'garbled', true, /did not answer with a chat completion/],
    [{ kind: 'not-a-completion' }, 'garbled', true, /did not answer with a chat completion/],
  ] as const)('reports %o as %s (may be charged: %s) in a sentence without key or prompt', async (...row) => {
    const [fault, kind, mayBeCharged, sentence] = row;
    const provider = await providerAt([fault]);
    const error = await failure(provider.complete(request));
    expect(error.describe()).toMatch(sentence);
    expect(error.details).toMatchObject({ kind, mayBeCharged });
    expect(server.calls).toHaveLength(1);
  });

  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after-ms': '30', 'retry-after': '2' }, 30],
    [{}, undefined],
    [{ 'retry-after': 'soon' }, undefined],
  ])('reads how long to wait from %o', async (headers, ms) => {
    const provider = await providerAt([status(429, { headers })]);
    expect((await failure(provider.complete(request))).details.retryAfterMs).toBe(ms);
  });

  it('says that an address may not contain a password, and does not repeat it', async () => {
    await providerAt([]);
    const baseUrl = server.baseUrl.replace('http://', 'http://bob:pw-secret@');
    const error = await failure(openAiProvider({ baseUrl, model: 'small-model' }).complete(request));
    expect(error.describe()).toMatch(/The base URL of 127\.0\.0\.1:\d+ contains a user name or password/);
    expect(error.describe()).not.toMatch(/bob|pw-secret/);
    expect(error.details).toMatchObject({ kind: 'fatal', mayBeCharged: false });
    expect(server.calls).toHaveLength(0);
  });

  it('names the host and the next step if nothing listens there', async () => {
    const provider = await providerAt([]);
    await server.close();
    const error = await failure(provider.complete(request));
    expect(error.describe()).toMatch(
      /^127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\. Start the server there, or correct the base URL\.$/,
    );
    expect(error.details).toMatchObject({ kind: 'unreachable', mayBeCharged: false });
    server = await startChatServer();
  });

  it('follows no redirect', async () => {
    const location = 'http://192.0.2.1/v1/chat/completions';
    const provider = await providerAt([status(307, { headers: { location } })]);
    expect((await failure(provider.complete(request))).describe()).toMatch(/redirects to another address/);
    expect(server.calls).toHaveLength(1);
  });

  it('stops at once when it is cancelled', async () => {
    const provider = await providerAt([{ kind: 'silence' }]);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    await expect(provider.complete(request, abort.signal)).rejects.toThrow(CancelledError);
  });

  it('distinguishes local from remote destinations, and requires a key for the latter', async () => {
    await providerAt([]);
    const destination = (url: string): unknown =>
      openAiProvider({ apiKey: key, baseUrl: url, model: 'm' }).destination;
    expect(destination('http://localhost:11434/v1')).toEqual({ kind: 'local', host: 'localhost:11434' });
    expect(destination('http://[::1]:80/v1')).toMatchObject({ kind: 'local' });
    expect(destination('http://127.1/v1')).toMatchObject({ kind: 'local' });
    expect(destination('https://localhost.example.org/v1')).toMatchObject({ kind: 'remote' });
    expect(openAiProvider({ apiKey: key, model: 'm' }).destination).toEqual({
      kind: 'remote',
      host: 'api.openai.com',
    });
    expect(() => openAiProvider({ model: 'm' })).toThrow(UserError);
    expect(() => openAiProvider({ apiKey: key, baseUrl: 'localhost', model: 'm' })).toThrow(/http/);
  });

  it("sends the base URL's query string with each request, as Azure requires", async () => {
    await providerAt([]);
    const baseUrl = `${server.baseUrl}/deployments/d?api-version=2024-10-21`;
    await openAiProvider({ apiKey: key, baseUrl, model: 'm' }).complete(request);
    expect(server.calls[0]?.path).toBe('/v1/deployments/d/chat/completions?api-version=2024-10-21');
  });
});

describe('the form of reply', () => {
  it('weakens until the service supports it, and is remembered', async () => {
    const provider = await providerAt([], { forms: ['text'] });
    expect(await provider.complete(request)).toMatchObject({ form: 'text' });
    expect(await provider.complete(request)).toMatchObject({ form: 'text' });
    expect(formsAsked()).toEqual(['schema', 'json', 'text', 'text']);
  });

  it('starts with what an earlier run found out', async () => {
    const provider = await providerAt([], { forms: ['json', 'text'] });
    await provider.complete({ ...request, form: 'json' });
    await provider.complete(request);
    expect(formsAsked()).toEqual(['json', 'json']);
  });

  it('does not weaken for a request that is too long', async () => {
    const tooLong = status(400, {
      code: 'context_length_exceeded',
      message: "This model's maximum context length is 2048 tokens. However, your json_schema needs more.",
    });
    const provider = await providerAt([tooLong]);
    expect((await failure(provider.complete(request))).describe()).toMatch(/too long for the model/);
    await provider.complete(request);
    expect(formsAsked()).toEqual(['schema', 'schema']);
  });

  it('does not weaken permanently after one refusal without a reason', async () => {
    const provider = await providerAt([status(400)]);
    expect(await provider.complete(request)).toMatchObject({ form: 'json' });
    expect(await provider.complete(request)).toMatchObject({ form: 'schema' });
  });

  it('weakens permanently after repeated refusals without a reason', async () => {
    const provider = await providerAt([], {
      schedule: ({ form }) => (form === 'schema' ? status(400) : undefined),
    });
    for (let time = 0; time < 3; time++) await provider.complete(request);
    expect(formsAsked()).toEqual(['schema', 'json', 'schema', 'json', 'json']);
  });

  it('does not change for a single request that the service rejects', async () => {
    const provider = await providerAt([undefined, status(400)]);
    await provider.complete(request);
    expect(await provider.complete(request)).toEqual({ text: '', refused: 'bad-request' });
    expect(await provider.complete(request)).toMatchObject({ form: 'schema' });
  });

  it('names the length limit as the service does', async () => {
    const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    const provider = await providerAt([status(400, { param: 'max_tokens', message })]);
    await provider.complete({ ...request, maxTokens: 9 });
    await provider.complete({ ...request, maxTokens: 9 });
    expect(server.calls.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [9, undefined],
      [undefined, 9],
      [undefined, 9],
    ]);
    expect(formsAsked()).toEqual(['schema', 'schema', 'schema']);
  });

  it('makes the provider give up if the service accepts none', async () => {
    const provider = await providerAt([], { schedule: () => status(400) });
    expect((await failure(provider.complete(request))).details.kind).toBe('fatal');
    expect(formsAsked()).toEqual(['schema', 'json', 'text']);
  });
});
