import http from 'node:http';
import https from 'node:https';
import { destinationOf } from '../destination.ts';

/** The service's answer is larger than any reply can be. */
export class AnswerTooLarge extends Error {}

/** For a connection, in milliseconds. An address that nothing answers at would otherwise take minutes. */
const connectTimeout = 15_000;

/** The code of the error if no connection was made in time. */
export const noConnectionCode = 'CONNECT_TIMEOUT';

/** For servers on this computer: the default agent may use a proxy, as the environment tells Node. */
const direct = new http.Agent({ keepAlive: true });

/** An answer whose body has not been read. */
interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/**
 * A `fetch` that reads the whole answer at once, so that the signal's time limit applies to the body too. It has no time
 * limit of its own: Node's `fetch` gives up after five minutes without an answer, which a large model on a small computer
 * may need, and the request would be sent again. Throws `AnswerTooLarge` if the body has more than `mostBytes`.
 */
export function boundedFetch(mostBytes: number): typeof fetch {
  return async (input, init) => {
    const given = init?.body ?? '';
    // Files are uploaded piece by piece; their upload has a time limit of its own.
    const answer =
      typeof given === 'string'
        ? await patientAnswer(new Request(input, init), given)
        : await fetch(input, init);
    const { status, statusText, body } = answer;
    const headers = new Headers(answer.headers);
    // They describe the body as it was sent; by now it is decompressed.
    headers.delete('content-encoding');
    headers.delete('content-length');
    const isEmpty = body === null || status === 204 || status === 205;
    if (isEmpty) return new Response(null, { status, statusText, headers });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new AnswerTooLarge();
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status, statusText, headers });
  };
}

/** The answer to a request, however long it takes. Throws on a redirect, as `fetch` does when it is told to. */
async function patientAnswer({ url, method, headers, signal }: Request, body: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const { request } = url.startsWith('https:') ? https : http;
  const sent = request(
    url,
    {
      method,
      signal,
      ...(url.startsWith('http:') && destinationOf(url).kind === 'local' ? { agent: direct } : {}),
      headers: {
        ...Object.fromEntries(headers),
        'accept-encoding': 'identity',
        ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
    },
    resolve,
  );
  sent.on('error', reject);
  sent.on('socket', (socket) => {
    if (!socket.connecting) return;
    const late = Object.assign(new Error('No connection was made in time.'), { code: noConnectionCode });
    const timer = setTimeout(() => sent.destroy(late), connectTimeout);
    const settled = (): void => clearTimeout(timer);
    socket.once('connect', settled).once('close', settled);
  });
  sent.end(body);
  const answer = await promise;
  const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
  if (status >= 300 && status < 400) {
    answer.destroy();
    throw new TypeError('unexpected redirect');
  }
  return { status, statusText, headers: headersOf(answer), body: answer };
}

function headersOf({ headersDistinct }: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return headers;
}
