import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { describeDestination } from '../../../src/llm/destination.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const request = { index: 0, messages: [{ role: 'user', content: 'words' }], replySchema: {} } as const;

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.describe();
    throw error;
  }
  return '';
}

describe('the API key', () => {
  const at = (apiKey: string) => openAiProvider({ apiKey, baseUrl: server.baseUrl, model: 'm' });

  it('is sent without the white space around it', async () => {
    await at(' sk-1\r\n').complete(request);
    expect(server.calls[0]?.headers.authorization).toBe('Bearer sk-1');
  });

  for (const key of ['sk-secret\nnext', '\u201Csk-secret\u201D', 'sk-secret sk-secret', 'sk-secr\u00E9t']) {
    it(`is rejected without being quoted:  ${JSON.stringify(key)}`, () => {
      const message = messageOf(() => at(key));
      expect(message).toMatch(/API key is not valid.* Enter it again/);
      expect(message).not.toMatch(/secr/);
    });
  }

  it('counts as missing if it is empty', () => {
    const message = messageOf(() => openAiProvider({ apiKey: ' ', model: 'm' }));
    expect(message).toMatch(/^api\.openai\.com needs an API key\..*CHARTMARK_API_KEY/);
  });
});

describe('the environment', () => {
  it('adds nothing to requests', async () => {
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Other: 1\nAuthorization: Bearer other');
    vi.stubEnv('OPENAI_API_KEY', 'sk-other');
    vi.stubEnv('OPENAI_ORG_ID', 'org-other');
    await openAiProvider({ baseUrl: server.baseUrl, model: 'm' }).complete(request);
    expect(JSON.stringify(server.calls[0]?.headers)).not.toMatch(/other/i);
    expect(process.env['OPENAI_API_KEY']).toBe('sk-other');
  });

  it('does not put a proxy between Chartmark and a server on this computer', async () => {
    let seen = 0;
    const proxy = createServer((_, response) => {
      seen++;
      response.end();
    }).on('connect', (_, socket) => {
      seen++;
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const source = path.resolve('src/llm/openai/openaiProvider.ts');
    const script =
      `const { openAiProvider } = await import(${JSON.stringify(source)});` +
      `await openAiProvider({ baseUrl: ${JSON.stringify(server.baseUrl)}, model: 'm' }).complete(${JSON.stringify(request)});`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: {
        ...process.env,
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: url,
        http_proxy: url,
        NO_PROXY: 'example.org',
      },
    });
    await once(child, 'close');
    proxy.close();
    expect(seen).toBe(0);
    expect(server.calls).toHaveLength(1);
  });
});

describe('a destination', () => {
  const described = (baseUrl: string): string =>
    describeDestination(openAiProvider({ apiKey: 'k', baseUrl, model: 'm' }));

  it('reached over plain HTTP is described as not encrypted, unless it is this computer', () => {
    expect(described('http://llm.hospital.example/v1')).toBe(
      'remote: llm.hospital.example (http, NOT ENCRYPTED)',
    );
    expect(described('https://llm.hospital.example/v1')).toBe('remote: llm.hospital.example');
    expect(described('http://127.0.0.1:8080/v1')).toBe('local: 127.0.0.1:8080');
  });

  it('whose name only resembles that of this computer is remote', () => {
    expect(described('https://evil.localhost/v1')).toBe('remote: evil.localhost');
    expect(described('https://127.0.0.2/v1')).toBe('remote: 127.0.0.2');
  });
});
