import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startChatServer, textsPerReply, type ChatServer } from '../../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { chartmark, startChartmark } from './chartmark.ts';

let cwd = '';
let server: ChatServer;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cost-'));
  await writeFile(
    path.join(cwd, 'chartmark.json'),
    JSON.stringify({
      generation: { textsPerRequest: textsPerReply, prices: { house: { input: 1, output: 4 } } },
    }),
  );
  server = await startChatServer({ latency: 5, tokens: { input: 2000, output: 500 } });
});
afterEach(async () => {
  await server.close();
  await rm(cwd, { recursive: true });
});

const generateArgs = (...more: readonly string[]): string[] => [
  'generate',
  '--provider',
  'openai',
  '--base-url',
  server.baseUrl,
  '--model',
  'house',
  '--count',
  '60',
  '--out',
  'run',
  ...more,
];

describe('chartmark generate at a paid service', () => {
  test('a dry run says requests, tokens, cost and limit, and sends nothing', async () => {
    const { code, stdout, stderr } = await chartmark(generateArgs('--dry-run', '--json', '--max-cost', '2'), {
      cwd,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      texts: 60,
      requests: 25,
      price: { input: 1, output: 4 },
    });
    expect(stderr).toMatch(/About 25 requests, .* tokens of input/);
    expect(stderr).toMatch(/1 and 4 USD per million tokens .*\(chartmark\.json\)/);
    expect(stderr).toMatch(/Limit: 2\.00 USD/);
    expect(server.calls).toHaveLength(0);
    expect(await readdir(cwd)).toEqual(['chartmark.json']);
  });

  test('topics of the lexicon are suggested before anything is sent if none are listed', async () => {
    const { stderr } = await chartmark(generateArgs('--dry-run'), { cwd });
    expect(stderr).toContain(
      'The shipped lexicon has topics for Disease, Chemical, Procedure. Use them with --topics lexicon.',
    );
    const given = await chartmark(generateArgs('--dry-run', '--topics', 'lexicon'), { cwd });
    expect(given.stderr).not.toContain('--topics lexicon');
    const offline = await chartmark(['generate', '--dry-run', '--out', 'run'], { cwd });
    expect(offline.stderr).not.toContain('--topics lexicon');
    expect(server.calls).toHaveLength(0);
  });

  test('the result says what it cost', async () => {
    await server.close();
    server = await startChatServer({ gather: 6, latency: 5, tokens: { input: 2000, output: 500 } });
    const { code, stdout } = await chartmark(generateArgs('--json', '--concurrency', '6'), { cwd });
    expect(code).toBe(0);
    // Twenty replies of 2,000 tokens of input and 500 of output.
    expect(JSON.parse(stdout)).toMatchObject({
      accepted: 60,
      tokens: { input: 40_000, output: 10_000 },
      unansweredUsd: 0,
    });
    expect((JSON.parse(stdout) as { costUsd: number }).costUsd).toBeCloseTo(0.08, 9);
    expect(server.mostInFlight()).toBe(6);
  });

  test('a limit ends it with a sentence, and it can be gone on with', async () => {
    const { code, stderr } = await chartmark(generateArgs('--max-cost', '0.04', '--concurrency', '1'), {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/stopped before its limit of 0\.0400 USD.*Resume it with a higher limit/);
    const paid = server.calls.length;
    expect(paid).toBeGreaterThan(2);
    expect(paid).toBeLessThan(10);
    expect((await chartmark(generateArgs('--resume', '--max-cost', '1'), { cwd })).code).toBe(0);
    expect(brokenPromises(await readRun(path.join(cwd, 'run')), 60)).toEqual([]);
    expect(server.calls).toHaveLength(20);
  });

  test('a limit without a known price is refused', async () => {
    const { code, stderr } = await chartmark(generateArgs('--model', 'other', '--max-cost', '1'), { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/price of "other" is not known/);
    expect(server.calls).toHaveLength(0);
  });

  test('after kill -9 it goes on where it was', async () => {
    const { child, ended } = startChartmark(generateArgs('--concurrency', '3'), { cwd });
    while (server.calls.length < 8) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    await ended;
    const replied = new Set((await readRun(path.join(cwd, 'run'))).replies.map(({ index }) => index));
    const before = server.calls.length;
    expect((await chartmark(generateArgs('--resume'), { cwd })).code).toBe(0);
    expect(server.calls.slice(before).filter(({ index }) => replied.has(index ?? -1))).toEqual([]);
    expect(brokenPromises(await readRun(path.join(cwd, 'run')), 60)).toEqual([]);
  });

  test('Ctrl-C ends it within a second though the service is silent', async () => {
    const silent = await startChatServer({
      schedule: ({ number }) => (number > 2 ? { kind: 'silence' } : undefined),
    });
    const { child, ended } = startChartmark(generateArgs('--base-url', silent.baseUrl), { cwd });
    while (silent.calls.length < 5) await new Promise((resolve) => setTimeout(resolve, 2));
    const pressed = performance.now();
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
    expect(performance.now() - pressed).toBeLessThan(1000);
    await silent.close();
    expect((await readRun(path.join(cwd, 'run'))).accepted).toHaveLength(9);
  });
});
