import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedReply } from '../../support/chatServer/directAnswers.ts';
import { bundle } from './chartmark.ts';

let cwd: string;
let server: ChatServer;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-terminal-'));
  await writeFile(path.join(cwd, 'a.txt'), 'He has gout.\n');
  server = await startChatServer({ write: (_, body) => taggedReply(body, { gout: 'Disease' }) });
});
afterEach(async () => {
  await server.close();
  await rm(cwd, { recursive: true });
});

/** Extracts at what looks like another computer, on a pseudo-terminal, and types `keys` when it asks. */
async function extractOnTerminal(
  keys: string,
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const url = server.baseUrl.replace('127.0.0.1', '0.0.0.0');
  const args = ['extract', 'a.txt', '--base-url', url, '--model', 'house', '--out', 'out'];
  const command = [process.execPath, bundle, ...args].map((word) => `'${word}'`).join(' ');
  // The pseudo-terminal of util-linux, which every Debian has.
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { ...process.env, CHARTMARK_API_KEY: 'k-secret' },
  });
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const hasAsked = screen.includes('(yes/no)');
    screen += text;
    if (!hasAsked && screen.includes('(yes/no)')) child.stdin.write(keys);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, screen };
}

describe.skipIf(process.platform !== 'linux')('on a terminal', () => {
  test('texts are sent after a yes, once host, model and cost were told', async () => {
    const { code, screen } = await extractOnTerminal('yes\r');
    expect(code).toBe(0);
    expect(screen).toMatch(
      /Mentions in 1 sentence of 1 text from openai \(house\), remote: 0\.0\.0\.0:\d+[\s\S]*About 1 request[\s\S]*Send your texts to 0\.0\.0\.0:\d+ \(http, NOT ENCRYPTED\), model house\?/,
    );
    expect(server.calls).toHaveLength(1);
    expect(await readdir(path.join(cwd, 'out'))).toContain('a.ann');
  });

  for (const [what, keys] of [
    ['a no', 'no\r'],
    ['Enter alone', '\r'],
    ['another word', 'yesterday\r'],
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ] as const) {
    test(`nothing is sent or written after ${what}`, async () => {
      const { code, screen } = await extractOnTerminal(keys);
      expect(code).toBe(130);
      expect(screen).not.toMatch(/k-secret|He has gout/);
      expect(server.calls).toHaveLength(0);
      expect(await readdir(cwd)).toEqual(['a.txt']);
    });
  }
});
