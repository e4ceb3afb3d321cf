import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplyForm } from '../../../src/llm/provider.ts';
import { batchEndpoints, type BatchBehaviour } from './batchEndpoints.ts';
import { answer, isAnswered, isWhole, type Fault } from './faults.ts';
import { taggedText } from './sentences.ts';

/** One request as it came. */
export interface Call {
  /** Counts from 0, over all requests. */
  readonly number: number;
  /** Of the run's request; undefined when the client does not say. */
  readonly index: number | undefined;
  readonly form: ReplyForm;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly model?: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string };
    readonly max_tokens?: number;
    readonly max_completion_tokens?: number;
  };
  readonly fault: Fault | undefined;
  /** What the model wrote. */
  readonly content: string;
  /** A whole answer went out and was not cut off: the service charges for it. */
  readonly isDelivered: boolean;
}

export interface ChatServerOptions {
  /** What goes wrong with a request; nothing when undefined. */
  readonly schedule?: (call: Pick<Call, 'number' | 'index' | 'form' | 'body'>) => Fault | undefined;
  /** What the model writes; by default three texts of their own, in JSON. */
  readonly write?: (number: number, body: Call['body']) => string;
  /** Milliseconds until the answer. */
  readonly latency?: number;
  /**
   * From the second request on answers wait until so many have come that have none, once: so many are in flight at
   * once then however slow the machine is. A client that never sends as many gets no answer.
   */
  readonly gather?: number;
  /** What the service understands beside words; everything by default. */
  readonly forms?: readonly ReplyForm[];
  readonly tokens?: { readonly input: number; readonly output: number };
  /** How its Files and Batches endpoints behave; well by default. */
  readonly batches?: BatchBehaviour;
}

/** Texts in a reply that is written by default. */
export const textsPerReply = 3;

/** Replies in a batch are numbered from its number times this, so that they are told from live ones. */
const firstOfBatch = 100_000;

/** A chat completions service on this machine that misbehaves by schedule. `close` it in the end. */
export async function startChatServer(options: ChatServerOptions = {}) {
  const { schedule, latency = 0, gather = 0, forms = ['schema', 'json', 'text'] } = options;
  const calls: Call[] = [];
  const inFlight = new Set<number>();
  let mostInFlight = 0;
  const gathered = Promise.withResolvers<void>();

  const tokens = options.tokens ?? { input: 100, output: 50 };
  const batches = batchEndpoints({
    behaviour: options.batches ?? {},
    complete: ({ custom_id, body }) => {
      const [, batch, index] = /-b(\d+)-(\d+)-/.exec(custom_id) ?? [];
      const content = (options.write ?? defaultText)(Number(batch) * firstOfBatch + Number(index), body);
      return { id: `chatcmpl-${custom_id}`, model: body.model, content, tokens };
    },
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await batches.serve(request, response)) return;
    const body = JSON.parse(await readBody(request)) as Call['body'];
    const number = calls.length;
    const form = formOf(body);
    const arrived = { number, index: indexOf(request), form, body };
    const fault = forms.includes(form) ? schedule?.(arrived) : unknownForm;
    const content = (options.write ?? defaultText)(number, body);
    const call = {
      ...arrived,
      content,
      path: request.url ?? '',
      headers: request.headers,
      fault,
      isDelivered: false,
    };
    calls.push(call);
    inFlight.add(number);
    mostInFlight = Math.max(mostInFlight, inFlight.size);
    if (inFlight.size >= gather) gathered.resolve();
    response.on('finish', () => {
      call.isDelivered = isWhole(fault);
    });
    response.on('close', () => inFlight.delete(number));
    if (number > 0) await gathered.promise;
    if (latency > 0) await sleep(latency);
    // Before the client can know of it: what it sends then does not come on top.
    if (isAnswered(fault)) inFlight.delete(number);
    answer(response, { id: `chatcmpl-${number}`, model: body.model ?? 'm', content, tokens }, fault);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** In the order in which they came. */
    calls: calls as readonly Call[],
    mostInFlight: () => mostInFlight,
    batches,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type ChatServer = Awaited<ReturnType<typeof startChatServer>>;

const unknownForm: Fault = {
  kind: 'status',
  status: 400,
  param: 'response_format',
  message: "Invalid parameter: 'response_format' of this type is not supported.",
};

function defaultText(number: number): string {
  const texts = Array.from({ length: textsPerReply }, (_, item) => ({
    text: taggedText(number * textsPerReply + item),
  }));
  return JSON.stringify({ texts });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Chartmark names its requests RUN-INDEX-TRY. */
function indexOf(request: IncomingMessage): number | undefined {
  const match = /-(\d+)-\d+$/.exec(String(request.headers['x-client-request-id'] ?? ''));
  return match === null ? undefined : Number(match[1]);
}

function formOf({ response_format: format }: Call['body']): ReplyForm {
  if (format === undefined) return 'text';
  return format.type === 'json_schema' ? 'schema' : 'json';
}
