import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../src/cli/exit.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { formatJsonl } from '../../../src/corpus/jsonl.ts';
import type { UserError } from '../../../src/foundation/userError.ts';
import type { WorkerClient } from '../../../src/process/client.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedDocument, writeRun } from '../../support/writeRun.ts';

const labels = ['Disease', 'Chemical'];
const texts = [
  taggedDocument('a', 'Known <Disease>gout</Disease>.', labels),
  taggedDocument('b', 'Again gout.', labels),
  taggedDocument('c', 'Nothing of note.', labels),
];

let cwd = '';
let run = '';
let server: ChatServer;
beforeEach(async () => {
  vi.stubEnv('CHARTMARK_API_KEY', 'made-up');
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
  run = path.join(cwd, 'synthetic', 'run-1');
  await writeRun(texts, labels, run);
  const prices = { house: { input: 1, output: 4 } };
  await writeFile(path.join(cwd, 'chartmark.json'), JSON.stringify({ generation: { prices } }));
  server = await startChatServer({
    write: () =>
      JSON.stringify({
        texts: [
          { number: 2, text: 'Again <Disease>gout</Disease>.' },
          { number: 1, text: 'keep' },
        ],
      }),
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(cwd, { recursive: true });
});

interface Said {
  readonly printed: readonly string[];
  readonly noted: readonly string[];
  readonly asked: readonly string[];
}

async function verify(args: readonly string[], answer?: string, baseUrl = server.baseUrl): Promise<Said> {
  const said = { printed: [] as string[], noted: [] as string[], asked: [] as string[] };
  const program = createProgram(
    {
      resources: '.',
      signal: new AbortController().signal,
      worker: {} as WorkerClient,
      print: (line) => void said.printed.push(line),
      note: (line) => void said.noted.push(line),
      ...(answer === undefined
        ? {}
        : {
            ask: (question: string) => {
              said.asked.push(question);
              return Promise.resolve(answer);
            },
          }),
    },
    '0',
  );
  const common = ['--model', 'house', '--base-url', baseUrl, '--project', cwd];
  await program.parseAsync(['verify', run, ...common, ...args], { from: 'user' });
  return said;
}

/** The same server by an address that is not taken for this computer. */
const remote = (): string => server.baseUrl.replace('127.0.0.1', '0.0.0.0');

describe('chartmark verify', () => {
  it('says what is in doubt, where it would go and what it costs, and sends nothing in a dry run', async () => {
    const { printed, noted } = await verify(['--dry-run', '--max-cost', '2']);
    expect(printed).toEqual([
      'accepted:1: "gout" is Disease here, but not tagged at one other place',
      'accepted:2: "gout" is not tagged here, but Disease at one other place',
    ]);
    expect(noted.join('\n')).toMatch(
      /^A check of the labels in 2 texts from openai \(house\), local: 127\.0\.0\.1:\d+\nAbout 1 request, .*\nAbout .* USD, .*\nAt most .* USD in total\.\nLimit: 2(?:\.00)? USD\nTexts with doubtful labels: 2 of 3\.$/,
    );
    expect(server.calls).toHaveLength(0);
    const [json = ''] = (await verify(['--dry-run', '--json'])).printed;
    expect(JSON.parse(json)).toMatchObject({ dryRun: true, texts: 2, requests: 1, doubts: [{}, {}] });
  });

  it('prints what came of it, in words and as JSON', async () => {
    const { printed } = await verify([]);
    expect(printed.join('\n')).toMatch(
      /^2 texts checked: 1 kept, 1 relabelled, 0 without a usable answer\nMentions: 1 added, 0 removed, 0 with other boundaries, 0 with another type\n.* USD spent$/,
    );
    const again = await verify(['--json']);
    expect(JSON.parse(again.printed[0] ?? '')).toMatchObject({ asked: 2, kept: 1, relabelled: 1 });
    expect(again.noted[0]).toContain('labels in 0 texts');
    expect(server.calls).toHaveLength(1);
  });

  it('sends nothing to another computer unless somebody agrees', async () => {
    const refused: unknown = await verify([], undefined, remote()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect((refused as UsageError).message).toMatch(
      /^Nothing was sent, because you have not agreed to send 2 synthetic texts with their labels to 0\.0\.0\.0/,
    );
    await expect(verify([], 'no', remote())).rejects.toThrow();
    expect(server.calls).toHaveLength(0);
    const { asked } = await verify([], 'yes', remote());
    expect(asked).toEqual([
      expect.stringMatching(
        /^Send 2 synthetic texts with their labels to 0\.0\.0\.0:\d+ \(http, NOT ENCRYPTED\), model house\?/,
      ),
    ]);
    expect(server.calls).toHaveLength(1);
  });

  it('needs no question where it is said beforehand', async () => {
    await verify(['--yes'], undefined, remote());
    expect(server.calls).toHaveLength(1);
  });

  it('compares with a file of predictions', async () => {
    const file = path.join(cwd, 'predictions.jsonl');
    await writeFile(file, formatJsonl([taggedDocument('c', 'Nothing of <Disease>note</Disease>.', labels)]));
    const { printed, noted } = await verify(['--dry-run', '--predictions', file]);
    expect(printed).toContain('accepted:3: a small model takes "note" for Disease; it is not tagged');
    expect(noted.join('\n')).toContain('Texts with doubtful labels: 3 of 3.\nOnly 1 of them');
  });

  it('refuses predictions for other texts', async () => {
    const file = path.join(cwd, 'predictions.jsonl');
    await writeFile(file, formatJsonl([taggedDocument('x', 'Of <Disease>another</Disease> run.', labels)]));
    const error = await verify(['--predictions', file]).catch((thrown: unknown) => thrown);
    expect((error as UserError).describe()).toContain('none of them belongs to this run');
    expect(server.calls).toHaveLength(0);
  });

  it.each([
    ['', '"run.json" is empty. Restore the file'],
    ['{"run": ', '"run.json" is not valid JSON. Restore the file'],
    ['[]', '"run.json" must be an object in curly brackets. Restore the file'],
  ])('says what is wrong with a run.json that is %j', async (source, message) => {
    await writeFile(path.join(run, 'run.json'), source);
    const error = await verify([]).catch((thrown: unknown) => thrown);
    expect((error as UserError).describe()).toContain(message);
  });

  it('refuses a limit that cannot be kept, and a type that the run does not have', async () => {
    await expect(verify(['--model', 'unknown', '--max-cost', '1'])).rejects.toThrow('cannot be enforced');
    await expect(verify(['--types', 'Gene'])).rejects.toThrow('The run has no type "Gene"');
  });
});
