import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { generate } from '../../../src/synthesis/generate.ts';
import type { CompletionReply, CompletionRequest, Provider } from '../../../src/synthesis/provider.ts';
import { openAiProvider } from '../../../src/synthesis/providers/openai.ts';
import { replySchema } from '../../../src/synthesis/reply.ts';

interface Received {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model?: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string };
  };
}
type Answer = (response: ServerResponse, received: Received) => void;

const key = 'sk-secret-0123456789';
let server: Server;
let baseUrl = '';
let received: Received[] = [];
/** What the server does with one request after the other; the last answer goes for all that follow. */
let answers: Answer[] = [];

beforeEach(async () => {
  received = [];
  server = createServer((request, response) => {
    void answerNext(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answerNext(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const entry: Received = {
    path: request.url,
    authorization: request.headers.authorization,
    body: JSON.parse(await readBody(request)) as Received['body'],
  };
  received.push(entry);
  answers[Math.min(received.length, answers.length) - 1]?.(response, entry);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const completion =
  (content: string | null, finish = 'stop'): Answer =>
  (response) =>
    send(response, 200, {
      id: 'c',
      object: 'chat.completion',
      created: 0,
      model: 'm',
      choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content } }],
      usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
    });

const failing =
  (status: number, code: string | null = null, headers: Record<string, string> = {}): Answer =>
  (response) =>
    // Real services repeat a part of the key or of the prompt in their messages.
    send(
      response,
      status,
      { error: { message: `bad ${key} secret prompt`, code, type: 'x', param: null } },
      headers,
    );

function provider(more: { retries?: number; timeout?: number } = {}): Provider {
  return openAiProvider({ apiKey: key, baseUrl, model: 'small-model', retries: 0, ...more });
}

const request: CompletionRequest = {
  index: 0,
  ask: {
    task: 'ner',
    style: { name: 's', description: 's' },
    language: 'English',
    texts: 1,
    entityFree: 0,
    labels: ['Disease'],
    seeds: [],
  },
  messages: [
    { role: 'system', content: 'secret system prompt' },
    { role: 'user', content: 'secret prompt' },
  ],
  replySchema: replySchema('ner'),
};

async function failure(work: Promise<CompletionReply>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`no UserError but ${String(error)}`);
  const everything = `${error.describe()} ${JSON.stringify(error)} ${error.stack ?? ''} ${String(error.cause)}`;
  expect(everything).not.toMatch(/secret/);
  return error.describe();
}

describe('openAiProvider', () => {
  it('asks for structured output, with the key in the header, and gives text and tokens', async () => {
    answers = [completion('{"texts": []}')];
    expect(await provider().complete(request)).toEqual({
      text: '{"texts": []}',
      tokens: { input: 11, output: 7 },
    });
    expect(received[0]).toMatchObject({
      path: '/v1/chat/completions',
      authorization: `Bearer ${key}`,
      body: { model: 'small-model', messages: request.messages, response_format: { type: 'json_schema' } },
    });
  });

  it('asks in plain words where structured output is refused, and remembers it', async () => {
    answers = [failing(400), completion('one'), completion('two')];
    const asked = provider();
    expect((await asked.complete(request)).text).toBe('one');
    expect((await asked.complete(request)).text).toBe('two');
    expect(received.map(({ body }) => body.response_format?.type)).toEqual([
      'json_schema',
      undefined,
      undefined,
    ]);
  });

  it('says when a reply was cut off, and takes a refusal for a text', async () => {
    answers = [completion('{"texts": [', 'length'), completion(null)];
    expect(await provider().complete(request)).toMatchObject({ truncated: true });
    expect(await provider().complete(request)).toMatchObject({ text: '' });
  });

  it('tries again after 429 and 500 and then succeeds', async () => {
    answers = [
      failing(429, null, { 'retry-after-ms': '5' }),
      failing(500, null, { 'retry-after-ms': '5' }),
      completion('done'),
    ];
    expect((await provider({ retries: 2 }).complete(request)).text).toBe('done');
    expect(received).toHaveLength(3);
  });

  it.each([
    [401, null, /does not accept the API key\. Set another API key/],
    [403, null, /does not let this API key use the model "small-model"/],
    [404, null, /knows no model "small-model"/],
    [429, null, /too many requests\. Wait a while, then resume/],
    [429, 'insufficient_quota', /used up its quota/],
    [500, null, /failed \(status 500\)/],
    [418, null, /refuses the request \(status 418\)/],
  ])('tells status %i (%s) in a sentence without key or prompt', async (status, code, sentence) => {
    answers = [failing(status, code)];
    expect(await failure(provider().complete(request))).toMatch(sentence);
  });

  it('names host and next step when nobody listens there', async () => {
    const port = (server.address() as AddressInfo).port;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const sentence = await failure(provider().complete(request));
    expect(sentence).toBe(
      `127.0.0.1:${port} cannot be reached (ECONNREFUSED). Start the server there, or correct the base URL.`,
    );
    server.listen(0);
  });

  it('gives up on a server that does not answer in time', async () => {
    answers = [() => undefined];
    expect(await failure(provider({ timeout: 60 }).complete(request))).toMatch(
      /did not answer within 0.06 seconds/,
    );
  });

  it('stops at once when it is cancelled', async () => {
    const abort = new AbortController();
    answers = [() => abort.abort()];
    await expect(provider().complete(request, abort.signal)).rejects.toThrow(CancelledError);
  });

  it.each([
    ['broken JSON', (response: ServerResponse) => send(response, 200, '{"choices": [')],
    [
      'a web page',
      (response: ServerResponse) => send(response, 200, '<html>', { 'content-type': 'text/html' }),
    ],
    ['JSON of another kind', (response: ServerResponse) => send(response, 200, { hello: 1 })],
  ])('says so when the answer is %s', async (_, answer) => {
    answers = [answer];
    expect(await failure(provider().complete(request))).toMatch(/answered with/);
  });

  it('follows no redirect', async () => {
    answers = [(response) => send(response, 307, '', { location: 'http://192.0.2.1/v1/chat/completions' })];
    expect(await failure(provider().complete(request))).toMatch(/cannot be reached/);
    expect(received).toHaveLength(1);
  });

  it('tells local from remote destinations, and wants a key for the latter', () => {
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
});

describe('generate with a model behind an endpoint', () => {
  it('turns replies of all kinds into accepted and rejected texts', async () => {
    const out = path.join(await mkdtemp(path.join(tmpdir(), 'chartmark-')), 'run');
    answers = [
      completion(
        JSON.stringify({
          texts: [
            {
              text: 'Known <disease>gout</disease>; the gout is quiet on <Chemical>allopurinol</Chemical> 💊.',
            },
            { text: 'Has <Disease>asthma' },
            { text: 'The chest is clear on both sides.' },
          ],
        }),
      ),
      completion('I would rather not.'),
      completion(
        'Here you are:\n```json\n[{"text": "No <Disease>fever</Disease> overnight."}, {"text": "Slept w',
      ),
    ];
    const result = await generate({
      task: 'ner',
      provider: provider(),
      project: defaultProject,
      count: 3,
      out,
      seed: 1,
    });
    expect(result).toMatchObject({ accepted: 3, rejected: 2, rejectedByReason: { malformed: 2 } });
    const accepted = await readFile(path.join(out, 'accepted.jsonl'), 'utf8');
    const [first] = parseJsonl(accepted);
    expect(first?.spans.map(({ label, source }) => [label, source])).toEqual([
      ['Disease', 'llm'],
      ['Disease', 'llm'],
      ['Chemical', 'llm'],
    ]);
    expect(first?.meta).toMatchObject({ provider: 'openai', model: 'small-model' });
    const everything = await Promise.all(
      ['run.json', 'ledger.jsonl', 'accepted.jsonl', 'rejected.jsonl'].map((name) =>
        readFile(path.join(out, name), 'utf8'),
      ),
    );
    expect(everything.join('')).not.toContain(key);
    expect(received[0]?.body.messages?.[0]?.content).toContain(defaultProject.entityTypes[0]?.definition);
    await rm(path.dirname(out), { recursive: true });
  });
});
