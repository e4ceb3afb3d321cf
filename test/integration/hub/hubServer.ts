import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer that goes wrong; the next request for the file is answered rightly again. */
export type Fault =
  | { readonly kind: 'drop'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'content'; readonly content: Uint8Array }
  | { readonly kind: 'ignore range' }
  | { readonly kind: 'stall'; readonly after: number };

interface HubModel {
  readonly id: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Files that are redirected to another host and have a SHA-256, as large ones are. */
  readonly large?: readonly string[];
  /** Names to list beside the files. */
  readonly listed?: readonly object[];
}

interface Seen {
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
  readonly host: 'hub' | 'storage';
}

const commit = '0123456789abcdef0123456789abcdef01234567';

/**
 * A hub on this machine with one model, and a second server that holds its large files. `faults` are used
 * up one by one, by the name of the file (`api`: the list of files). `close` it in the end.
 */
export async function startHub(model: HubModel, faults: Readonly<Record<string, readonly Fault[]>> = {}) {
  const left = new Map(Object.entries(faults).map(([name, list]) => [name, [...list]]));
  const seen: Seen[] = [];
  const note = (host: Seen['host'], { url, headers }: IncomingMessage): void => {
    const { range, authorization } = headers;
    seen.push({ path: url ?? '', range, authorization, host });
  };
  const storage = await listen((request, response) => {
    note('storage', request);
    const name = decodeURIComponent((request.url ?? '').slice(1));
    send(request, response, model.files.get(name), left.get(name)?.shift());
  });
  const hub = await listen((request, response) => {
    note('hub', request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://hub');
    if (pathname === `/api/models/${model.id}/revision/main` && searchParams.get('blobs') === 'true') {
      const list = Buffer.from(JSON.stringify(listing(model)));
      send(request, response, list, left.get('api')?.shift());
      return;
    }
    const prefix = `/${model.id}/resolve/${commit}/`;
    const name = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : '';
    if (model.large?.includes(name) === true) {
      response.writeHead(302, { location: `${storage.address}/${name}` }).end();
      return;
    }
    send(request, response, model.files.get(name), left.get(name)?.shift());
  });
  const close = (): void => {
    hub.close();
    storage.close();
  };
  return { endpoint: hub.address, commit, seen, close };
}

function listing({ files, large = [], listed = [] }: HubModel): object {
  const siblings = [...files].map(([rfilename, content]) => ({
    rfilename,
    size: content.length,
    blobId: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
    lfs: large.includes(rfilename)
      ? { sha256: createHash('sha256').update(content).digest('hex'), size: content.length }
      : undefined,
  }));
  return { sha: commit, siblings: [...siblings, ...listed] };
}

function send(
  { headers }: IncomingMessage,
  response: ServerResponse,
  content: Uint8Array | undefined,
  fault: Fault | undefined,
): void {
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, { ...fault.headers }).end();
    return;
  }
  if (content === undefined) {
    response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
    return;
  }
  const body = fault?.kind === 'content' ? fault.content : content;
  const range = fault?.kind === 'ignore range' ? null : /^bytes=(\d+)-$/.exec(headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const part = body.subarray(start);
  response.writeHead(range === null ? 200 : 206, {
    'content-length': part.length,
    ...(range === null ? {} : { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` }),
  });
  if (fault?.kind === 'drop' || fault?.kind === 'stall') {
    response.write(part.subarray(0, fault.after), () => {
      // What was sent so far should arrive: a client forgets what it has not read when a connection breaks.
      if (fault.kind === 'drop') setTimeout(() => response.destroy(), 200);
    });
    return;
  }
  response.end(part);
}

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
