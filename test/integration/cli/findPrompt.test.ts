import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { CancelledError } from '../../../src/foundation/userError.ts';
import type { WorkerClient } from '../../../src/process/client.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { searchReply } from '../../support/chatServer/searchReplies.ts';
import { chartmark } from './chartmark.ts';

let cwd: string;
let server: ChatServer;
let endpoint: readonly string[];
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
  server = await startChatServer({ write: searchReply });
  endpoint = ['--base-url', server.baseUrl, '--model', 'm', '--candidates', '2', '--texts', '3'];
});
afterEach(() => server.close());

const template = (): Promise<string> => readFile(path.join(cwd, 'prompts', 'ner.md'), 'utf8');

describe('chartmark find-prompt', () => {
  test('shows the prompts side by side, tries variants of one, and keeps the one that is picked', async () => {
    const first = await chartmark(['find-prompt', ...endpoint], { cwd });
    expect(first.code).toBe(0);
    expect(first.stderr).toContain(
      '2 prompts and 3 texts with each (round 1 of at most 3) from openai (m), local: 127.0.0.1',
    );
    expect(first.stderr).toContain('About 4 requests');
    expect(first.stderr).toContain('Keep one with "chartmark find-prompt --pick N", or try variants');
    expect(first.stdout).toMatch(/^2 {2}1 of 3 {4}malformed 2 /m);
    expect(first.stdout).toContain('2: template 2 of call 0');

    const calls = server.calls.length;
    const shown = await chartmark(['find-prompt', ...endpoint, '--model', 'other', '--texts', '9'], { cwd });
    expect(shown.stdout).toBe(first.stdout);
    expect(shown.stderr).toContain('Round 1, from an earlier call: 2 prompts from m, 3 texts with each.');
    expect(server.calls).toHaveLength(calls);

    const second = await chartmark(['find-prompt', ...endpoint, '--variants', '1', '--json'], { cwd });
    expect(JSON.parse(second.stdout)).toMatchObject({ round: 2, candidates: [{ number: 0 }, {}, {}] });
    const sent = server.calls.length;

    await writeFile(path.join(cwd, 'prompts', 'ner.md'), 'mine');
    const picked = await chartmark(['find-prompt', '--pick', '1'], { cwd });
    expect(picked.stdout.split('\n')).toEqual([
      `${path.join('prompts', 'ner.md')}: prompt 1 of round 2`,
      `The previous template is in ${path.join('prompts', 'search', 'ner', 'replaced-ner.md')}`,
      '',
    ]);
    expect(await template()).toContain('Found by a search (round 2, 1): template 1 of call 4');
    const preview = await chartmark(['prompt', '--json'], { cwd });
    expect(JSON.parse(preview.stdout).messages[0].content).toMatch(/^Write well\. Disease: /);
    expect(server.calls).toHaveLength(sent);

    // The search is over: the next one has a folder of its own.
    const again = await chartmark(['find-prompt', '--pick', '1'], { cwd });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('There is no finished round.');
  });

  /** Runs the command as on a terminal where these answers are typed one after the other. */
  async function onTerminal(args: readonly string[], answers: readonly string[]) {
    const questions: string[] = [];
    const printed: string[] = [];
    const program = createProgram(
      {
        resources: '.',
        signal: new AbortController().signal,
        worker: {} as WorkerClient,
        print: (line) => printed.push(line),
        note: () => undefined,
        ask: async (question) => {
          questions.push(question);
          return answers[questions.length - 1] ?? 'q';
        },
      },
      '0',
    );
    const failure = await program
      .parseAsync(['find-prompt', ...args, '--project', cwd], { from: 'user' })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    return { questions, printed, failure };
  }

  test('asks on a terminal until it understands the answer', async () => {
    const { questions, printed } = await onTerminal(endpoint, ['what?', '9', 'v2', '0']);
    expect(questions).toHaveLength(4);
    expect(questions[0]).toContain('Its number (0, 1, 2) to keep it, "v" and its number');
    expect(printed).toHaveLength(3);
    expect(await template()).toContain('Forget what you know.');
  });

  test('asks for consent to each round, and sends nothing of one that the person does not agree to', async () => {
    vi.stubEnv('CHARTMARK_API_KEY', 'k-secret');
    // The same server by an address that is not taken for this computer.
    const baseUrl = server.baseUrl.replace('127.0.0.1', '0.0.0.0');
    await writeFile(
      path.join(cwd, 'chartmark.json'),
      JSON.stringify({ generation: { baseUrl, model: 'm' } }),
    );
    const size = ['--candidates', '2', '--texts', '3'];
    const { questions, failure } = await onTerminal(size, ['yes', 'v1', 'no']);
    vi.unstubAllEnvs();
    expect(failure).toBeInstanceOf(CancelledError);
    expect(questions.map((question) => question.startsWith('Send '))).toEqual([true, false, true]);
    expect(server.calls).toHaveLength(4);
  });

  test('searches for relations in a folder of its own, and says how to go on there', async () => {
    const search = ['find-prompt', '--task', 're', '--out', 'tried', ...endpoint];
    const { stderr } = await chartmark(search, { cwd });
    expect(stderr).toContain('Keep one with "chartmark find-prompt --task re --out tried --pick N"');
    const picked = await chartmark(['find-prompt', '--task', 're', '--out', 'tried', '--pick', '2'], { cwd });
    expect(picked.code).toBe(0);
    expect(await readFile(path.join(cwd, 'prompts', 're.md'), 'utf8')).toContain('{{unrelated}}');
  });

  test('says what is wrong with a pick', async () => {
    await chartmark(['find-prompt', ...endpoint], { cwd });
    const { code, stderr } = await chartmark(['find-prompt', '--pick', '5'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('This round has no prompt 5. Choose one of 0, 1, 2.');
  });
});
