import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { chartmark, startChartmark } from './chartmark.ts';

let cwd: string;
let server: ChatServer | undefined;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
});
afterEach(() => server?.close());

/** The arguments that collect so many topics of each type from the model at `baseUrl`. */
const fromModel = ({ baseUrl }: ChatServer, count: number): readonly string[] =>
  `topics --from openai --base-url ${baseUrl} --model m --count ${count}`.split(' ');

describe('chartmark topics', () => {
  test('takes topics from the lexicon, the same for the same seed, and has its old name as an alias', async () => {
    const args = ['topics', '--count', '30', '--types', 'Disease,Gene'];
    const { code, stdout } = await chartmark(args, { cwd });
    expect(code).toBe(0);
    const topics: Record<string, readonly string[]> = JSON.parse(stdout);
    expect(Object.keys(topics)).toEqual(['Disease', 'Gene']);
    for (const names of Object.values(topics)) expect(new Set(names).size).toBe(30);
    expect((await chartmark(['seeds', ...args.slice(1)], { cwd })).stdout).toBe(stdout);
  });

  test('queries a language model area by area, retries what fails, and takes each topic once', async () => {
    server = await startChatServer({
      schedule: ({ number }) => (number === 1 ? { kind: 'status', status: 503 } : undefined),
      write: (number) =>
        JSON.stringify({ names: ['gout', `rare disease ${number}`, `other disease ${number}`] }),
    });
    const args = fromModel(server, 20);
    const { code, stdout, stderr } = await chartmark([...args, '--types', 'Disease'], { cwd });
    expect(stderr).toContain('20 topics for Disease from openai (m), local: 127.0.0.1');
    expect(stderr).toMatch(
      /About 4 requests, .* tokens of input and .* of output; more if the model repeats topics/,
    );
    expect(code).toBe(0);
    const { Disease: names = [] }: Record<string, readonly string[]> = JSON.parse(stdout);
    expect(names).toHaveLength(20);
    expect(new Set(names).size).toBe(20);
    const wishes = server.calls.map(({ body }) => body.messages?.at(-1)?.content ?? '');
    expect(wishes.at(-1)).toMatch(/None of these: gout; rare disease 0/);
    // The first four are about all parts of the field between them; the very first one was tried twice.
    expect(new Set(wishes.slice(0, 5).map((wish) => /field: (.*),/.exec(wish)?.[1])).size).toBe(4);
  });

  test('shows the cost first, keeps the limit, and prints what came before it stopped', async () => {
    server = await startChatServer({
      tokens: { input: 1000, output: 100 },
      write: (number) => JSON.stringify({ names: [`one disease ${number}`, `other disease ${number}`] }),
    });
    const settings = { generation: { prices: { m: { input: 1, output: 4 } }, maxCostUsd: 9 } };
    await writeFile(path.join(cwd, 'chartmark.json'), JSON.stringify(settings));
    const args = fromModel(server, 20);
    const limited = [...args, '--types', 'Disease', '--max-cost', '0.01', '--retries', '0'];
    const dry = await chartmark([...limited, '--dry-run'], { cwd });
    expect(dry.stdout).toBe('');
    expect(dry.stderr).toMatch(/1 and 4 USD per million tokens .*\(chartmark\.json\)\.\nLimit: 0\.0100 USD/);
    expect([server.calls.length, await readdir(cwd)]).toEqual([0, ['chartmark.json']]);

    const { code, stdout, stderr } = await chartmark(limited, { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('The run stopped before its limit of 0.0100 USD');
    expect(stderr).toContain('Run the same command again to continue');
    const { Disease: names = [] }: Record<string, readonly string[]> = JSON.parse(stdout);
    expect(names).toHaveLength(2 * server.calls.length);
    expect(await readdir(path.join(cwd, 'seeds'))).toEqual([expect.stringMatching(/^Disease-/)]);

    const before = server.calls.length;
    const whole = await chartmark([...args, '--types', 'Disease'], { cwd });
    expect(JSON.parse(whole.stdout)).toMatchObject({ Disease: expect.arrayContaining([...names]) });
    expect([whole.code, server.calls.length]).toEqual([0, 10]);
    expect(before).toBeGreaterThan(3);
  });

  test('killed at any time, pays again for nothing but what was on its way', async () => {
    server = await startChatServer({
      latency: 30,
      write: (number) => JSON.stringify({ names: [`one disease ${number}`, `other disease ${number}`] }),
    });
    const args = fromModel(server, 24);
    const { child, ended } = startChartmark([...args, '--types', 'Disease'], { cwd });
    while (server.calls.length < 5) await setTimeout(5);
    child.kill('SIGKILL');
    expect((await ended).stdout).toBe('');
    const before = server.calls.length;
    const { code, stdout } = await chartmark([...args, '--types', 'Disease'], { cwd });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { Disease: string[] }).Disease).toHaveLength(24);
    // Twelve replies are needed; the two that were on their way at the kill may be two more.
    expect(server.calls.length).toBeGreaterThan(before);
    expect(server.calls.length).toBeLessThanOrEqual(14);
  });

  test('adds topics to chartmark.json, which keeps its comments, and makes one where there is none', async () => {
    const args = ['topics', '--count', '5', '--types', 'Disease', '--write'];
    const made = await chartmark(args, { cwd });
    expect(made.stdout).toBe('chartmark.json: 5 topics added\n');
    const source = '{\n  // mine\n  "topics": { "Disease": ["gout"] },\n}\n';
    await writeFile(path.join(cwd, 'chartmark.json'), source);
    expect((await chartmark(args, { cwd })).stdout).toMatch(/^chartmark\.json: [45] topics added\n$/);
    const written = await readFile(path.join(cwd, 'chartmark.json'), 'utf8');
    expect(written).toContain('// mine');
    expect(written).toMatch(/"topics": \{ "Disease": \["gout", ".*"\] \},/);
    expect((await chartmark(args, { cwd })).stdout).toBe('chartmark.json: 0 topics added\n');
  });

  test('says which types there are', async () => {
    const { code, stderr } = await chartmark(['topics', '--types', 'Device'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('Choose one of Disease, Chemical, Procedure, Gene.');
  });
});
