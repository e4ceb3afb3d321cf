import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string };
    readonly stream?: boolean;
  };
}

export interface Scripted {
  readonly status?: number;
  /** A text as it is, anything else as JSON. */
  readonly body: unknown;
  readonly type?: string;
  /** Milliseconds until the answer. */
  readonly latency?: number;
}

/** A service on this computer that answers each request with what `script` gives for it. `close` it in the end. */
export async function startScriptedServer(script: (asked: Asked, number: number) => Scripted) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const own: Asked = {
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked['body'],
      };
      asked.push(own);
      const { status = 200, body, type = 'application/json', latency = 0 } = script(own, asked.length - 1);
      setTimeout(() => {
        response.writeHead(status, { 'content-type': type });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      }, latency);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: asked as readonly Asked[],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A completion whose message has these members. */
export function completion(message: object, finish = 'stop'): object {
  return {
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
    usage: { prompt_tokens: 10, completion_tokens: 5 },
  };
}
