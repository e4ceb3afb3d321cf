import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BatchBehaviour, BatchRequest } from '../../support/chatServer/batchEndpoints.ts';
import { startChatServer, textsPerReply, type ChatServer } from '../../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { chartmark, startChartmark } from './chartmark.ts';

let cwd = '';
let server: ChatServer;
const start = async (batches: BatchBehaviour = {}): Promise<void> => {
  server = await startChatServer({ batches, tokens: { input: 2000, output: 500 } });
};
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-batches-'));
  await project({ input: 1, output: 4 });
});
afterEach(async () => {
  await server.close();
  await rm(cwd, { recursive: true });
});

const project = (house: object): Promise<void> =>
  writeFile(
    path.join(cwd, 'chartmark.json'),
    JSON.stringify({ generation: { textsPerRequest: textsPerReply, prices: { house }, retries: 2 } }),
  );

/** Runs the command and gives what it printed; fails with its error text unless it ends with `code`. */
async function run(args: readonly string[], code = 0): Promise<{ stdout: string; stderr: string }> {
  const ended = await chartmark(args, { cwd });
  expect({ code: ended.code, stderr: code === 0 ? ended.stderr : '' }).toEqual({
    code,
    stderr: code === 0 ? ended.stderr : '',
  });
  return ended;
}
const generateArgs = (...more: readonly string[]): string[] =>
  `generate --provider openai --base-url ${server.baseUrl} --model house --count 60 --out run`
    .split(' ')
    .concat(more);
const generate = (...more: readonly string[]) => run(generateArgs(...more));
const batchArgs = (what: string, ...more: readonly string[]): string[] => [
  'batch',
  what,
  'run',
  '--base-url',
  server.baseUrl,
  ...more,
];
const batch = (what: string, ...more: readonly string[]) => run(batchArgs(what, ...more));

const linesOf = async <T>(file: string): Promise<T[]> =>
  (await readFile(path.join(cwd, file), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
const contents = () => readRun(path.join(cwd, 'run'));

describe('batch files', { timeout: 60_000 }, () => {
  test('are told of at the price of batches, once each, and with the command that submits them', async () => {
    await start();
    await project({ input: 1, output: 4, batch: { input: 0.5, output: 2 } });
    const dry = await generate('--batch-out', 'requests.jsonl', '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({ requests: 20, price: { input: 0.5, output: 2 } });
    expect(dry.stderr).toContain('0.5 and 2 USD per million tokens');

    const { stdout, stderr } = await generate('--batch-out', 'requests.jsonl');
    expect(stderr).toContain('0.5 and 2 USD per million tokens');
    // Nothing has come, and so there is no report of it.
    expect(stdout).toBe('run: 0 accepted, 0 rejected\n0.00 USD spent\n');
    expect(await readdir(path.join(cwd, 'run'))).not.toContain('report.json');

    const [, printed = ''] = /To submit: `chartmark (batch submit [^`]*)`/.exec(stderr) ?? [];
    expect(printed).toBe(`batch submit run --base-url ${server.baseUrl}`);
    await run(printed.split(' '));
    expect((await batch('status', '--json')).stdout).toContain('"service"');
  });

  test('for another address are not sent to the usual one, whether or not there is a key for it', async () => {
    await start();
    await generate('--batch-out', 'requests.jsonl');
    const { stderr } = await run(['batch', 'submit', 'run'], 1);
    expect(stderr).toContain('The run was started with 127.0.0.1');
    expect(stderr).toContain('--base-url');
  });

  test('hold the requests of a run, which are in its ledger; nothing is sent and no key is needed', async () => {
    await start();
    const { stderr } = await generate('--batch-out', 'requests.jsonl');
    expect(stderr).toMatch(/Batch 1: 20 requests, .* in \.\.\/requests\.jsonl/);
    expect(stderr).toMatch(/20 requests for 60 texts, at most 0\.\d+ USD\. Nothing was sent/);
    const requests = await linesOf<BatchRequest>('requests.jsonl');
    expect(requests).toHaveLength(20);
    expect(new Set(requests.map(({ custom_id }) => custom_id)).size).toBe(20);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: '/v1/chat/completions',
      body: {
        model: 'house',
        max_tokens: 512 + 400 * textsPerReply,
        response_format: { type: 'json_schema' },
      },
    });
    const { entries } = await contents();
    expect(entries.map(({ event, index }) => [event, index])).toEqual(
      requests.map((_, index) => ['request', index]),
    );
    expect(server.calls).toHaveLength(0);
    expect(server.batches.calls('upload')).toBe(0);
  });

  test('are split, and a second time only what is still needed is written', async () => {
    await start();
    await generate('--batch-out', 'requests.jsonl', '--batch-requests', '8');
    const files = (await readdir(cwd)).filter((name) => name.endsWith('.jsonl')).sort();
    expect(files).toEqual(['requests-2.jsonl', 'requests-3.jsonl', 'requests.jsonl']);
    expect((await Promise.all(files.map((file) => linesOf(file)))).map((lines) => lines.length)).toEqual([
      8, 4, 8,
    ]);
    const { stderr } = await generate('--resume', '--batch-out', 'more.jsonl');
    expect(stderr).toMatch(/No more requests are needed/);
    const more = await generate('--resume', '--count', '66', '--batch-out', 'more.jsonl');
    expect(more.stderr).toMatch(/Batch 4: 2 requests/);
  });

  test('hold no more than the limit allows, and overwrite nothing', async () => {
    await start();
    const { stderr } = await generate('--batch-out', 'requests.jsonl', '--max-cost', '0.05');
    expect(stderr).toMatch(/could exceed the cost limit/);
    const { entries } = await contents();
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.reduce((sum, entry) => sum + ('upTo' in entry ? (entry.upTo ?? 0) : 0), 0)).toBeLessThan(
      0.05,
    );
    const again = await run(generateArgs('--resume', '--max-cost', '1', '--batch-out', 'requests.jsonl'), 1);
    expect(again.stderr).toMatch(/requests\.jsonl: There is already a file with this name/);
    // What was refused is free: it is asked for again.
    await generate('--resume', '--max-cost', '1', '--batch-out', 'rest.jsonl');
    expect((await linesOf('requests.jsonl')).length + (await linesOf('rest.jsonl')).length).toBe(20);
  });

  test('are for a service', async () => {
    await start();
    const { stderr } = await run('generate --count 3 --out run --batch-out f.jsonl'.split(' '), 2);
    expect(stderr).toMatch(/add --provider openai/);
  });
});

describe('batches at a service', { timeout: 60_000 }, () => {
  test('are submitted, waited for, fetched and taken in', async () => {
    await start({ looks: 3 });
    await generate('--batch-out', 'requests.jsonl', '--batch-requests', '8');
    const dry = await batch('submit', '--dry-run');
    expect(dry.stderr).toMatch(/60 texts in 3 batches from openai \(house\), local: 127\.0\.0\.1/);
    expect(dry.stderr).toMatch(
      /About 20 requests, [\d,]+ tokens of input and [\d,]+ of output\.\n.*\nAt most 0\.\d+ USD in total\./,
    );
    expect(server.batches.calls('upload')).toBe(0);
    await batch('submit');
    expect(server.batches.batches.map(({ input }) => input)).toEqual(
      await Promise.all(
        ['requests', 'requests-2', 'requests-3'].map((name) =>
          readFile(path.join(cwd, `${name}.jsonl`), 'utf8'),
        ),
      ),
    );
    expect((await batch('status')).stdout).toMatch(/Batch 1: 8 requests, in_progress/);
    const fetched = await batch('fetch', '--wait', '--every', '0.05');
    expect(fetched.stdout.match(/completed.*fetched/g)).toHaveLength(3);
    // Without --count it is the run's own.
    const { stdout } = await run(
      generateArgs('--batch-in', '--json').filter((arg) => arg !== '--count' && arg !== '60'),
    );
    const result = JSON.parse(stdout) as { accepted: number; costUsd: number; takenIn: object };
    expect(result).toMatchObject({ accepted: 60, takenIn: { replies: 20, failed: 0, missing: 0 } });
    // Twenty replies of 2,000 tokens of input and 500 of output.
    expect(result.costUsd).toBeCloseTo(0.08, 9);
    expect(brokenPromises(await contents(), 60)).toEqual([]);
    expect((await batch('status')).stdout.match(/settled/g)).toHaveLength(3);
  });

  test('cost what the settings say of batches', async () => {
    await start();
    await project({ input: 1, output: 4, batch: { input: 0.5, output: 2 } });
    await generate('--batch-out', 'requests.jsonl');
    await batch('submit');
    await batch('fetch', '--wait', '--every', '0.05');
    const { stdout } = await generate('--batch-in', '--json');
    expect((JSON.parse(stdout) as { costUsd: number }).costUsd).toBeCloseTo(0.04, 9);
  });

  test('are never submitted twice: not by a second command, not after an answer that was lost', async () => {
    await start({
      fault: (call, number) =>
        call === 'create' && number === 0 ? { kind: 'drop', when: 'mid-body' } : undefined,
    });
    await generate('--batch-out', 'requests.jsonl');
    await batch('submit');
    expect(server.batches.batches).toHaveLength(1);
    const { stderr } = await run(batchArgs('submit'), 1);
    expect(stderr).toMatch(/already submitted or given up/);
    expect(server.batches.batches).toHaveLength(1);
  });

  test('are found again after kill -9 in the middle of the submission', async () => {
    let isKilled = false;
    await start({
      fault: (call) => (call === 'create' && !isKilled ? { kind: 'drop', when: 'mid-body' } : undefined),
    });
    await generate('--batch-out', 'requests.jsonl');
    const { child, ended } = startChartmark(batchArgs('submit'), { cwd });
    while (server.batches.calls('create') === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    child.kill('SIGKILL');
    await ended;
    isKilled = true;
    const made = server.batches.batches.length;
    expect(made).toBe(1);
    const { stderr } = await batch('submit');
    expect(stderr).toMatch(/was already submitted as batch_1/);
    expect(server.batches.batches).toHaveLength(1);
  });

  test('are not submitted when the run could pass its limit, or its file was changed', async () => {
    await start();
    await generate('--batch-out', 'requests.jsonl');
    expect((await run(batchArgs('submit', '--max-cost', '0.01'), 1)).stderr).toMatch(
      /The limit is 0\.0100 USD/,
    );
    await writeFile(path.join(cwd, 'requests.jsonl'), '{}\n');
    expect((await run(batchArgs('submit'), 1)).stderr).toMatch(/changed since it was written/);
    expect(server.batches.calls('upload')).toBe(0);
  });

  test.each([
    [{ kind: 'status', status: 401 }, /does not accept the API key/],
    [{ kind: 'status', status: 404 }, /has no Batch API \(status 404\)/],
    [{ kind: 'web-page' }, /neither a batch nor a file|broken JSON/],
    [{ kind: 'invalid-json' }, /broken JSON|neither a batch nor a file/],
  ] as const)('say in a sentence what is wrong: %o', async (fault, sentence) => {
    await start({ fault: (call) => (call === 'upload' ? fault : undefined) });
    await generate('--batch-out', 'requests.jsonl');
    const { stderr } = await run(batchArgs('submit', '--retries', '1'), 1);
    expect(stderr).toMatch(sentence);
    expect(server.batches.batches).toHaveLength(0);
  });

  test('survive a service that stumbles on every call', async () => {
    await start({
      looks: 2,
      fault: (_, number) =>
        number === 0
          ? { kind: 'status', status: 503, headers: { 'retry-after-ms': '2' } }
          : number === 1
            ? { kind: 'drop', when: 'mid-body' }
            : undefined,
    });
    await generate('--batch-out', 'requests.jsonl');
    await batch('submit', '--retries', '6');
    await batch('fetch', '--wait', '--every', '0.05', '--retries', '6');
    await generate('--batch-in');
    expect(server.batches.batches).toHaveLength(1);
    expect(brokenPromises(await contents(), 60)).toEqual([]);
  });

  test('that fail as a whole, or are cancelled, set their requests free', async () => {
    await start({ end: 'failed', looks: 2 });
    await generate('--batch-out', 'requests.jsonl');
    await batch('submit');
    const { stdout, stderr } = await batch('fetch', '--wait', '--every', '0.05');
    expect(stdout).toMatch(/failed.*the service reports token_limit_exceeded/);
    expect(stdout + stderr).not.toMatch(/secret/);
    const taken = await generate('--batch-in', '--json');
    expect(JSON.parse(taken.stdout)).toMatchObject({ takenIn: { missing: 20 }, unansweredUsd: 0 });
    await generate('--resume', '--batch-out', 'again.jsonl');
    expect(await linesOf('again.jsonl')).toHaveLength(20);
    await batch('submit');
    expect((await batch('cancel')).stdout).toMatch(/Batch 2: 20 requests, cancelling/);
  });
});

describe('results of batches', { timeout: 90_000 }, () => {
  const fate: BatchBehaviour['fate'] = (_, number) =>
    (
      ['answered', 'answered', 'twice', 'expired', 'missing', 'garbled', 'answered', { status: 500 }] as const
    )[number % 8] ?? 'answered';

  const through = async (): Promise<void> => {
    await generate('--batch-out', 'requests.jsonl');
    await batch('submit');
    await batch('fetch', '--wait', '--every', '0.05');
  };

  test('count once, in any order, with errors and gaps; what is left is asked for by another batch, then live', async () => {
    await start({ fate });
    await through();
    const outputs = ['run/batches/1.errors.jsonl', 'run/batches/1.output.jsonl'];
    await writeFile(
      path.join(cwd, 'other.jsonl'),
      '\n{"custom_id":"other-b1-0-abcdef00","response":{"status_code":200,"body":{}},"error":null}\nnonsense\n{"custom_id"',
    );
    const first = await generate('--batch-in', 'other.jsonl', ...outputs, '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({
      takenIn: {
        replies: 11,
        duplicates: 3,
        unknown: 1,
        unreadable: 2,
        missing: 2,
        failedByReason: { batch_expired: 3, 'status 500': 2, 'no completion': 2 },
      },
    });
    const before = await readFile(path.join(cwd, 'run/ledger.jsonl'), 'utf8');
    const accepted = await readFile(path.join(cwd, 'run/accepted.jsonl'), 'utf8');
    const second = await generate('--batch-in', ...outputs, 'other.jsonl', '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({ takenIn: { replies: 0, failed: 0, missing: 0 } });
    expect(await readFile(path.join(cwd, 'run/ledger.jsonl'), 'utf8')).toBe(before);
    expect(await readFile(path.join(cwd, 'run/accepted.jsonl'), 'utf8')).toBe(accepted);

    await generate('--resume', '--batch-out', 'second.jsonl');
    expect(await linesOf('second.jsonl')).toHaveLength(9);
    // While they are out nothing is asked twice.
    const live = await generate('--resume');
    expect(live.stderr).toMatch(/9 requests still in batches/);
    expect(server.calls).toHaveLength(0);
    // An old failure says nothing of the new batch.
    await generate('--batch-in', 'run/batches/1.errors.jsonl');
    await generate('--resume');
    expect(server.calls).toHaveLength(0);

    await batch('submit');
    await batch('fetch', '--wait', '--every', '0.05');
    const refused = await run(generateArgs('--resume', '--ask-missing'), 1);
    expect(refused.stderr).toMatch(/results of batch 2 were fetched but not read/);
    await generate('--batch-in');
    await generate('--resume');
    expect(server.calls.length).toBeGreaterThan(0);
    expect(brokenPromises(await contents(), 60)).toEqual([]);
  });

  test('are not taken from files that hold none of this run: that is a failure, and changes nothing', async () => {
    await start();
    await generate('--batch-out', 'requests.jsonl');
    const before = await readFile(path.join(cwd, 'run/ledger.jsonl'), 'utf8');
    await writeFile(path.join(cwd, 'empty.jsonl'), '');
    await writeFile(
      path.join(cwd, 'other.jsonl'),
      '{"custom_id":"other-b1-0-abcdef00","response":{"status_code":200,"body":{}},"error":null}\n',
    );
    for (const file of ['chartmark.json', 'empty.jsonl', 'other.jsonl']) {
      const { stderr } = await run(generateArgs('--batch-in', file), 1);
      expect(stderr).toMatch(
        new RegExp(
          `${file}: The file has no result of a request of this run \\(\\d lines? w\\w+ read\\)\\. Name the output`,
        ),
      );
    }
    expect(await readFile(path.join(cwd, 'run/ledger.jsonl'), 'utf8')).toBe(before);
  });

  test('that never come are asked for again when the person says so', async () => {
    await start();
    await generate('--batch-out', 'requests.jsonl');
    const { stdout } = await generate('--resume', '--ask-missing', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 60, outInBatches: 0 });
    // They may have been submitted by other means.
    expect((JSON.parse(stdout) as { unansweredUsd: number }).unansweredUsd).toBeGreaterThan(0);
    expect((await run(batchArgs('submit'), 1)).stderr).toMatch(/already submitted or given up/);
    expect(brokenPromises(await contents(), 60)).toEqual([]);
  });

  test('say when the form of reply was refused, and the next batch can have another', async () => {
    await start({
      fate: ({ body }) =>
        body.response_format?.type === 'json_schema'
          ? { status: 400, message: "'response_format' of type 'json_schema' is not supported" }
          : 'answered',
    });
    await through();
    expect((await generate('--batch-in')).stderr).toMatch(/reply form refused: 20\n.*--reply-form json/);
    await generate('--resume', '--batch-out', 'second.jsonl', '--reply-form', 'json');
    await batch('submit');
    await batch('fetch', '--wait', '--every', '0.05');
    await generate('--batch-in');
    expect(brokenPromises(await contents(), 60)).toEqual([]);
    // The ledger remembers the form.
    await generate('--resume', '--count', '63', '--batch-out', 'third.jsonl');
    expect((await linesOf<BatchRequest>('third.jsonl'))[0]?.body.response_format).toEqual({
      type: 'json_object',
    });
  });

  test('are taken in whole after kill -9 in between', async () => {
    await start();
    await through();
    for (let kill = 0; kill < 4; kill++) {
      const { child, ended } = startChartmark(generateArgs('--batch-in'), { cwd });
      const replies = (await contents()).replies.length;
      while (child.exitCode === null && (await contents()).replies.length === replies) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      child.kill('SIGKILL');
      await ended;
    }
    await generate('--batch-in', 'run/batches/1.output.jsonl');
    expect(brokenPromises(await contents(), 60)).toEqual([]);
    expect(server.calls).toHaveLength(0);
  });
});
