import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';
import { generate } from '../../../src/generation/run/generateTexts.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import type { GenerateProgress } from '../../../src/generation/run/generateProgress.ts';
import {
  startChatServer,
  type ChatServer,
  type ChatServerOptions,
} from '../../support/chatServer/chatServer.ts';
import type { Fault } from '../../support/chatServer/faults.ts';
import { taggedText } from '../../support/chatServer/sentences.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { projectWith, runAt } from './runAt.ts';

let root = '';
let server: ChatServer;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-run-'));
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

const folder = (): string => path.join(root, 'run');
async function serve(options: ChatServerOptions = {}): Promise<void> {
  server = await startChatServer(options);
}
/** A server whose answers go wrong one after the other, and are right after that. */
const serveFaults = (...faults: readonly (Fault | undefined)[]): Promise<void> =>
  serve({ schedule: ({ number }) => faults[number] });
const status = (code: number, more: Partial<Extract<Fault, { kind: 'status' }>> = {}): Fault => ({
  kind: 'status',
  status: code,
  ...more,
});
async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).describe();
}
const deliveredTwice = (): readonly number[] => {
  const indices = server.calls.filter(({ isDelivered }) => isDelivered).map(({ index }) => index ?? -1);
  return indices.filter((index, at) => indices.indexOf(index) !== at);
};

describe('a run with many requests in flight', () => {
  it('sends one first, then as many at once as it may', async () => {
    await serve({ latency: 20, gather: 8 });
    const result = await runAt(server, folder(), { sending: { concurrency: 8 } });
    expect(result).toMatchObject({ accepted: 60, rejected: 0, tokens: { input: 2000, output: 1000 } });
    expect(server.mostInFlight()).toBe(8);
    expect(server.calls).toHaveLength(20);
    expect(brokenPromises(await readRun(folder()), 60)).toEqual([]);
  });

  it('does not give up over replies that come when it has all that it wants', async () => {
    const all = JSON.stringify({ texts: Array.from({ length: 60 }, (_, i) => ({ text: taggedText(i) })) });
    const more = (number: number): string => JSON.stringify({ texts: [{ text: taggedText(60 + number) }] });
    await serve({ gather: 16, write: (number) => (number === 1 ? all : more(number)) });
    const result = await runAt(server, folder(), { sending: { concurrency: 16 } });
    // More of no use than a run puts up with in a row, were it still looking for texts.
    const surplus = server.calls.length + 59 - 60;
    expect(surplus).toBeGreaterThanOrEqual(16);
    expect(result).toMatchObject({ accepted: 60, rejected: surplus, rejectedByReason: { surplus } });
    expect(brokenPromises(await readRun(folder()), 60)).toEqual([]);
  });

  it('asks for no more texts than are missing', async () => {
    await serve({ latency: 5 });
    await runAt(server, folder(), { count: 7, sending: { concurrency: 8 } });
    expect(server.calls).toHaveLength(3);
  });

  it('tells how it goes', async () => {
    await serve();
    const seen: GenerateProgress[] = [];
    await runAt(server, folder(), {}, { onProgress: (progress) => seen.push(progress) });
    // The first one is told when it is sent, and each reply when it is judged.
    expect(seen).toHaveLength(21);
    expect(seen[0]).toMatchObject({ accepted: 0, requests: 0, inFlight: 1 });
    expect(seen.at(-1)).toMatchObject({
      accepted: 60,
      wanted: 60,
      inFlight: 0,
      tokens: 3000,
      secondsLeft: 0,
    });
    // 2,000 tokens of input at 0.15 and 1,000 of output at 0.60 USD a million.
    expect(seen.at(-1)?.costUsd).toBeCloseTo(0.0009, 10);
  });

  it('keeps to the requests that are allowed in a minute', async () => {
    await serve();
    const begun = performance.now();
    await runAt(server, folder(), { count: 24, sending: { requestsPerMinute: 1500 } });
    // Eight requests, 40 ms apart.
    expect(performance.now() - begun).toBeGreaterThan(7 * 40 - 5);
  });

  it('keeps to the tokens that are allowed in a minute', async () => {
    await serve({ tokens: { input: 900, output: 100 } });
    const begun = performance.now();
    await runAt(server, folder(), { count: 24, sending: { concurrency: 1, tokensPerMinute: 1_500_000 } });
    // Eight replies of 1,000 tokens, 40 ms each.
    expect(performance.now() - begun).toBeGreaterThan(6 * 40);
  });
});

describe('when something goes wrong on the way', () => {
  it('tries again what may succeed, and pays for nothing twice', async () => {
    await serveFaults(
      undefined,
      status(429),
      status(500),
      status(503),
      status(408),
      status(409),
      { kind: 'drop', when: 'before' },
      { kind: 'drop', when: 'mid-body' },
      { kind: 'drip' },
      { kind: 'silence' },
      { kind: 'invalid-json' },
      { kind: 'web-page' },
    );
    // Long enough for an answer of a busy machine: only what never comes is to time out.
    const result = await runAt(server, folder(), { sending: { timeout: 2000 } });
    expect(result).toMatchObject({ accepted: 60, rejected: 0 });
    expect(deliveredTwice()).toEqual([]);
    expect(server.calls).toHaveLength(31);
    expect(result.unansweredUsd).toBeGreaterThan(0);
    // Those of which nobody knows whether they are charged for.
    const failed = (await readRun(folder())).entries.filter((entry) => entry.event === 'failed');
    expect(failed.every((entry) => entry.mayBeCharged)).toBe(true);
    expect(failed.map(({ reason }) => reason).toSorted()).toEqual([
      'broken JSON',
      'connection',
      'connection',
      'no completion',
      'status 408',
      'status 500',
      'timeout',
      'timeout',
    ]);
  });

  it('lets nobody send for as long as the service asks to wait', async () => {
    await serveFaults(undefined, status(429, { headers: { 'retry-after': '1' } }));
    const judged: number[] = [];
    const begun = performance.now();
    const onProgress = ({ trouble }: GenerateProgress): void => {
      if (trouble === undefined) judged.push(performance.now() - begun);
    };
    await runAt(server, folder(), { count: 30 }, { onProgress });
    const [before, after] = [judged.filter((at) => at < 950), judged.filter((at) => at >= 990)];
    // One is told when the first request is sent.
    expect(before.length + after.length).toBe(11);
    // The first, and those that were on their way already.
    expect(before.length).toBeLessThanOrEqual(6);
  });

  it('stops for a service that asks for more patience than anybody has, and counts the try once', async () => {
    await serveFaults(status(500, { headers: { 'retry-after': '3600' } }));
    expect(await failureOf(runAt(server, folder()))).toMatch(/asks to wait 1 h.*Resume the run after that/);
    expect(server.calls).toHaveLength(1);
    const failed = (await readRun(folder())).entries.filter((entry) => entry.event === 'failed');
    expect(failed).toMatchObject([{ reason: 'status 500', mayBeCharged: true, last: true }]);
  });

  it('asks a busy service five times as often as others, and never when nothing is tried again', async () => {
    const busy = status(429, { headers: { 'retry-after-ms': '1' } });
    await serve({ schedule: () => busy });
    expect(await failureOf(runAt(server, folder(), { sending: { retries: 1 } }))).toMatch(
      /too many requests/,
    );
    expect(server.calls).toHaveLength(6);
    await failureOf(runAt(server, folder(), { sending: { retries: 0 }, resume: true }));
    expect(server.calls).toHaveLength(7);
  });

  it('says so while it tries again', async () => {
    await serveFaults(undefined, status(503));
    const troubles: (string | undefined)[] = [];
    await runAt(server, folder(), { count: 9 }, { onProgress: ({ trouble }) => troubles.push(trouble) });
    expect(troubles.filter((trouble) => trouble !== undefined)).toEqual(['status 503']);
  });

  it('gives up after some tries, keeps what it has, and goes on later', async () => {
    let isDown = false;
    await serve({ schedule: () => (isDown ? status(503) : undefined) });
    const sentence = await failureOf(
      runAt(
        server,
        folder(),
        { sending: { retries: 2 } },
        { onProgress: ({ accepted }) => (isDown = accepted >= 12) },
      ),
    );
    expect(sentence).toMatch(/failed \(status 503\)\. Wait a while, then resume the run/);
    const kept = (await readRun(folder())).accepted;
    expect(kept.length).toBeGreaterThanOrEqual(12);
    isDown = false;
    await runAt(server, folder(), { resume: true });
    const run = await readRun(folder());
    expect(run.accepted.slice(0, kept.length)).toEqual(kept);
    expect(brokenPromises(run, 60)).toEqual([]);
    expect(deliveredTwice()).toEqual([]);
  });

  it.each([
    [status(401), /does not accept the API key/],
    [status(429, { code: 'insufficient_quota' }), /used up its quota\. Add credit there/],
    [status(404), /does not have the model/],
  ])('stops at once for %o', async (fault, sentence) => {
    await serve({ schedule: () => fault });
    expect(await failureOf(runAt(server, folder()))).toMatch(sentence);
    expect(server.calls).toHaveLength(1);
  });

  it('waits for the replies that are on their way before it stops', async () => {
    await serve({
      latency: 30,
      schedule: ({ number }) => (number === 5 ? status(429, { code: 'insufficient_quota' }) : undefined),
    });
    await failureOf(runAt(server, folder(), { sending: { concurrency: 8 } }));
    const delivered = server.calls.filter(({ isDelivered }) => isDelivered);
    expect(delivered.length).toBeGreaterThanOrEqual(8);
    const run = await readRun(folder());
    expect(run.replies).toHaveLength(delivered.length);
    expect(run.accepted).toHaveLength(delivered.length * 3);
  });

  it('writes down why a reply was of no use, and goes on', async () => {
    await serveFaults(undefined, { kind: 'refusal' }, { kind: 'content-filter' }, status(400), {
      kind: 'truncated',
    });
    const result = await runAt(server, folder());
    expect(result.accepted).toBe(60);
    expect(result.rejectedByReason).toMatchObject({ refusal: 1, 'content-filter': 1, 'bad-request': 1 });
    expect(brokenPromises(await readRun(folder()), 60)).toEqual([]);
  });

  it('does not ask for what an earlier run found out', async () => {
    await serve({ forms: ['json', 'text'] });
    await runAt(server, folder(), { count: 12 });
    const before = server.calls.length;
    await runAt(server, folder(), { count: 24, resume: true });
    expect(server.calls.slice(before).map(({ form }) => form)).toEqual(['json', 'json', 'json', 'json']);
  });
});

describe('a run that was stopped', () => {
  it('by hand ends within a second though the service is silent, and can be gone on with', async () => {
    let isSilent = true;
    await serve({ schedule: ({ number }) => (isSilent && number > 4 ? { kind: 'silence' } : undefined) });
    const abort = new AbortController();
    const running = runAt(server, folder(), { sending: { timeout: 60_000 } }, { signal: abort.signal });
    while (server.calls.length < 9) await new Promise((resolve) => setTimeout(resolve, 5));
    const cancelled = performance.now();
    abort.abort();
    await expect(running).rejects.toThrow(CancelledError);
    expect(performance.now() - cancelled).toBeLessThan(1000);

    isSilent = false;
    const result = await runAt(server, folder(), { resume: true });
    expect(brokenPromises(await readRun(folder()), 60)).toEqual([]);
    expect(deliveredTwice()).toEqual([]);
    // The four that were cut off may be charged.
    const { entries } = await readRun(folder());
    const upTo = entries.flatMap((entry) => (entry.event === 'request' ? [entry.upTo ?? 0] : []));
    expect(result.unansweredUsd).toBeGreaterThanOrEqual(4 * Math.min(...upTo));
    expect(result.unansweredUsd).toBeLessThanOrEqual(4 * Math.max(...upTo));
  });

  it('takes up a reply that nothing came of, and asks a lost request again in the same words', async () => {
    await serve();
    await runAt(server, folder(), { count: 12, sending: { concurrency: 1 } });
    const ledger = path.join(folder(), 'ledger.jsonl');
    const source = await readFile(ledger, 'utf8');
    const lines = source.split('\n');
    // Without the last outcome; and with a request that nobody answered.
    const lost = JSON.stringify({
      ...(JSON.parse(lines[0] ?? '') as object),
      index: 4,
      texts: 2,
      negatives: 1,
    });
    await writeFile(ledger, [...lines.slice(0, -2), lost, '{"event":"req'].join('\n'));
    const before = server.calls.length;
    await runAt(server, folder(), { count: 24, resume: true });
    const run = await readRun(folder());
    expect(brokenPromises(run, 24)).toEqual([]);
    expect(run.entries.filter((entry) => entry.event === 'reply' && entry.index === 3)).toHaveLength(1);
    expect(server.calls[before]?.index).toBe(4);
    expect(server.calls[before]?.body.messages?.at(-1)?.content).toMatch(/Write 2 texts/);
  });

  it('keeps a whole reply that lacks only its line end', async () => {
    await serve();
    await runAt(server, folder(), { count: 12, sending: { concurrency: 1 } });
    const ledger = path.join(folder(), 'ledger.jsonl');
    const lines = (await readFile(ledger, 'utf8')).split('\n');
    await writeFile(ledger, lines.slice(0, -2).join('\n'));
    const before = server.calls.length;
    await runAt(server, folder(), { count: 12, resume: true });
    expect(server.calls).toHaveLength(before);
    expect(brokenPromises(await readRun(folder()), 12)).toEqual([]);
  });

  it('refuses a ledger that somebody changed', async () => {
    await serve();
    await runAt(server, folder(), { count: 12 });
    const ledger = path.join(folder(), 'ledger.jsonl');
    const source = await readFile(ledger, 'utf8');
    await writeFile(ledger, source.replace('"event":"reply"', '"event":"re"'));
    expect(await failureOf(runAt(server, folder(), { count: 24, resume: true }))).toMatch(
      /ledger\.jsonl:\d+: .*not what Chartmark wrote/,
    );
  });

  it('lets only one run work in a folder, and minds no lock of a process that is gone', async () => {
    await serve({ latency: 20 });
    const first = runAt(server, folder());
    while (server.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(await failureOf(runAt(server, folder(), { resume: true }))).toMatch(
      /Another run is writing to this folder/,
    );
    await first;
    for (const lock of [{ pid: 2 ** 30, host: hostname() }, { pid: process.pid, host: hostname() }, '']) {
      await writeFile(path.join(folder(), 'run.lock'), JSON.stringify(lock));
      await runAt(server, folder(), { resume: true });
    }
    await writeFile(path.join(folder(), 'run.lock'), JSON.stringify({ pid: 1, host: 'elsewhere' }));
    expect(await failureOf(runAt(server, folder(), { resume: true }))).toMatch(/delete this file/);
  });

  it('does not mind what stands behind the last outcome in its other files', async () => {
    await serve();
    await runAt(server, folder(), { count: 12 });
    await appendFile(path.join(folder(), 'accepted.jsonl'), '{"id":"x"');
    await appendFile(path.join(folder(), 'rejected.jsonl'), '{"reason":');
    await runAt(server, folder(), { count: 24, resume: true });
    expect(brokenPromises(await readRun(folder()), 24)).toEqual([]);
  });
});

describe('the limit of what a run may cost', () => {
  /** A service that charges as much as it can: a token for each byte, and each token that it may write. */
  const dear = { input: 1, output: 10 };
  const project = projectWith({ prices: { dear } });
  const charged = (): number =>
    server.calls.reduce((sum, { body }) => {
      const input = JSON.stringify(body.messages).length;
      return sum + (input * dear.input + (body.max_tokens ?? 0) * dear.output) / 1_000_000;
    }, 0);

  it('is kept also with many in flight and with answers that never came', async () => {
    await serve({
      latency: 10,
      schedule: ({ number }) =>
        number % 3 === 2 ? { kind: 'drop', when: 'mid-body' } : { kind: 'no-usage' },
    });
    const options = { project, model: 'dear', count: 600, sending: { concurrency: 16 } };
    expect(await failureOf(runAt(server, folder(), { ...options, maxCostUsd: 0.5 }))).toMatch(
      /stopped before its limit of 0\.5000 USD: 0\.\d+ USD has been spent, up to 0\.\d+ USD for requests without an answer/,
    );
    expect(charged()).toBeLessThanOrEqual(0.5);
    expect(charged()).toBeGreaterThan(0.4);
    // What was spent before counts in the next sitting, too.
    expect(await failureOf(runAt(server, folder(), { ...options, maxCostUsd: 0.7, resume: true }))).toMatch(
      /limit/,
    );
    expect(charged()).toBeLessThanOrEqual(0.7);
  });

  it('lets no request be sent that is dearer than the limit', async () => {
    await serve();
    expect(await failureOf(runAt(server, folder(), { project, model: 'dear', maxCostUsd: 0.0001 }))).toMatch(
      /could cost 0\.\d+ USD\. Resume it with a higher limit/,
    );
    expect(server.calls).toHaveLength(0);
  });

  it('needs a price', async () => {
    await serve();
    expect(await failureOf(runAt(server, folder(), { model: 'unheard-of', maxCostUsd: 1 }))).toMatch(
      /price of "unheard-of" is not known\./,
    );
    expect(server.calls).toHaveLength(0);
  });

  it('does not hinder a run that stays below it', async () => {
    await serve();
    const result = await runAt(server, folder(), { maxCostUsd: 0.1 });
    expect(result.accepted).toBe(60);
    expect(result.costUsd).toBeCloseTo(0.0009, 10);
    const { replies } = await readRun(folder());
    expect(replies.every(({ costUsd, tokens }) => costUsd === 0.000045 && tokens?.input === 100)).toBe(true);
  });
});

describe('generate', () => {
  it('turns replies of all kinds into labelled documents with their origin, and keeps no key', async () => {
    const replies = [
      JSON.stringify({
        texts: [
          {
            text: 'Known <disease>gout</disease>; the gout is quiet on <Chemical>allopurinol</Chemical> 💊.',
          },
          { text: 'The chest is clear on both sides.' },
        ],
      }),
      'I would rather not.',
      'Here you are:\n```json\n[{"text": "No <Disease>fever</Disease> overnight."}, {"text": "Slept w',
    ];
    await serve({ write: (number) => replies[number] ?? '' });
    const key = 'sk-secret-0123456789';
    const provider = openAiProvider({ apiKey: key, baseUrl: server.baseUrl, model: 'm' });
    const result = await runAt(server, folder(), { provider, count: 3, sending: { concurrency: 1 } });
    expect(result).toMatchObject({ accepted: 3, rejectedByReason: { malformed: expect.any(Number) } });
    const files = await Promise.all(
      ['run.json', 'ledger.jsonl', 'accepted.jsonl', 'rejected.jsonl'].map((name) =>
        readFile(path.join(folder(), name), 'utf8'),
      ),
    );
    expect(files.join('')).not.toContain(key);
    const [first] = parseJsonl(files[2] ?? '');
    expect(first?.spans.map(({ label, source }) => [label, source])).toEqual([
      ['Disease', 'llm'],
      ['Disease', 'llm'],
      ['Chemical', 'llm'],
    ]);
    expect(first?.meta).toMatchObject({ provider: 'openai', model: 'm' });
  });

  it('takes its sending from the project', async () => {
    await serve({ latency: 10, gather: 3 });
    const provider = openAiProvider({ baseUrl: server.baseUrl, model: 'm' });
    const project = projectWith({ concurrency: 3 });
    await generate({ task: 'ner', provider, project, count: 30, out: folder(), seed: 1 });
    expect(server.mostInFlight()).toBe(3);
  });
});
