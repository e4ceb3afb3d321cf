import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const nonce = 'chartmarkTestNonce';
/** The hash of nothing: the toolkit adds an empty style to learn whether `:focus-visible` works. */
const emptyStyle = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A page of the extension, by the name of its script and style sheet. */
export type PageName = 'report' | 'training' | 'review';

interface PageServer {
  readonly address: (page: PageName) => string;
  readonly close: () => void;
}

/** Serves the built pages on the loopback interface under the policy that the editor gives them. */
export async function servePages(folder: string): Promise<PageServer> {
  const server: Server = createServer((request, response) => {
    const name = path.basename(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path.extname(name) === '.html') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${request.headers.host ?? ''} '${emptyStyle}'`,
      );
      response.end(hostPage(path.basename(name, '.html')));
      return;
    }
    createReadStream(path.join(folder, name))
      .once('open', () => {
        response.setHeader('content-type', types[path.extname(name)] ?? 'application/octet-stream');
      })
      .once('error', () => {
        response.statusCode = 404;
        response.end();
      })
      .pipe(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { address: (page) => `http://127.0.0.1:${port}/${page}.html`, close: () => server.close() };
}

function hostPage(page: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><link rel="stylesheet" href="${page}.css"></head>
<body><div id="root"></div><script nonce="${nonce}" src="${page}.js"></script></body>
</html>`;
}
