import { newReading } from '../../../src/runs/runFolders.ts';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { readDocuments } from '../../../src/corpus/read.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { Project } from '../../../src/project/project.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { openDecisions } from '../../../src/runs/review/decide.ts';
import { readRunReview } from '../../../src/runs/review/readRunReview.ts';
import { lockRun } from '../../../src/runs/runLock.ts';
import { runVerification, type VerifyOptions } from '../../../src/questions/verify/runVerification.ts';
import {
  type Call,
  type ChatServer,
  type ChatServerOptions,
  startChatServer,
} from '../../support/chatServer/chatServer.ts';
import { taggedDocument, writeRun } from '../../support/writeRun.ts';

const labels = ['Disease', 'Chemical'];
const project: Project = {
  ...defaultProject,
  generation: { ...defaultProject.generation, prices: { house: { input: 1, output: 4 } } },
};

interface Given {
  readonly number: number;
  readonly text: string;
}

function givenIn({ messages }: Call['body']): readonly Given[] {
  return (JSON.parse(messages?.at(-1)?.content ?? '') as { texts: Given[] }).texts;
}

/** Tags gout where it is not, and keeps all else. */
function tagGout(body: Call['body']): string {
  const texts = givenIn(body).map(({ number, text }) => {
    const tagged = text.replace(/(?<!>)\bgout\b/, '<Disease>gout</Disease>');
    return { number, text: tagged === text ? 'keep' : tagged };
  });
  return JSON.stringify({ texts });
}

let folder = '';
let server: ChatServer;

/** `bare` texts in which gout is not tagged, among as many in which it is. */
async function makeRun(bare: number): Promise<void> {
  const tagged = Array.from({ length: bare }, (_, i) => [
    `Case ${i} had <Disease>gout</Disease>, and took <Chemical>aspirin</Chemical>.`,
    `Later case ${i} came with gout again.`,
  ]).flat();
  const texts = tagged.map((text, i) => taggedDocument(`written-${i + 1}`, text, labels));
  await writeRun(texts, labels, folder);
}

async function start(behaviour: ChatServerOptions = {}): Promise<void> {
  await server?.close();
  server = await startChatServer({ write: (_, body) => tagGout(body), ...behaviour });
}

function options(more: Partial<VerifyOptions> = {}): VerifyOptions {
  const provider = openAiProvider({ baseUrl: server.baseUrl, model: 'house', apiKey: 'none' });
  return { folder, project, provider, ...more };
}

/** As training reads the run. */
async function trained(): Promise<string[]> {
  const documents = await readDocuments([folder], newReading());
  return documents.map(({ text, spans }) => formatInlineTags({ text, mentions: spans }));
}

async function decisions(): Promise<Record<string, unknown>[]> {
  const source = await readFile(path.join(folder, 'review.jsonl'), 'utf8').catch(() => '');
  return source
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function decideAsPerson(line: number, kind: 'accept' | 'undo'): Promise<void> {
  const review = await readRunReview(folder, project);
  const text = review.texts.find((own) => own.file === 'accepted' && own.line === line);
  if (text === undefined) throw new Error('there is no such text');
  const log = openDecisions(review, 'human');
  await log.decide(text, { kind });
  await log.close();
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-verify-'));
  await start();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('verifying a run', () => {
  it('has the doubtful texts checked, and training takes what was changed', async () => {
    await makeRun(2);
    const verified = await runVerification(options());
    expect(verified).toMatchObject({
      asked: 4,
      kept: 2,
      relabelled: 2,
      changes: { added: 2, removed: 0, boundary: 0, type: 0 },
      unanswered: 0,
    });
    expect(server.calls).toHaveLength(1);
    expect(verified.costUsd).toBeGreaterThan(0);
    expect(await trained()).toEqual([
      'Case 0 had <Disease>gout</Disease>, and took <Chemical>aspirin</Chemical>.',
      'Later case 0 came with <Disease>gout</Disease> again.',
      'Case 1 had <Disease>gout</Disease>, and took <Chemical>aspirin</Chemical>.',
      'Later case 1 came with <Disease>gout</Disease> again.',
    ]);
  });

  it('writes what it changed as decisions of the model, which say what was before', async () => {
    await makeRun(1);
    await runVerification(options());
    expect(await decisions()).toMatchObject([
      {
        by: 'verify house',
        file: 'accepted',
        line: 2,
        decision: 'accept',
        before: { accepted: true, text: 'Later case 0 came with gout again.' },
        document: { spans: [{ label: 'Disease', source: 'llm' }], meta: { review: { by: 'verify house' } } },
      },
    ]);
  });

  it('asks nobody about what it has asked before, and decides nothing twice', async () => {
    await makeRun(12);
    const first = await runVerification(options());
    const again = await runVerification(options());
    expect(again).toEqual(first);
    expect(server.calls).toHaveLength(3);
    expect(await decisions()).toHaveLength(12);
  });

  it('leaves what a person has decided alone: it is not asked about, and an undo stays one', async () => {
    await makeRun(2);
    await decideAsPerson(2, 'accept');
    await runVerification(options());
    expect(givenIn(server.calls[0]?.body ?? {}).map(({ text }) => text)).not.toContain(
      'Later case 0 came with gout again.',
    );
    await decideAsPerson(4, 'undo');
    const again = await runVerification(options());
    expect(again).toMatchObject({ relabelled: 0, decidedSince: 1 });
    expect(server.calls).toHaveLength(1);
    expect((await trained())[3]).toBe('Later case 1 came with gout again.');
  });

  it('refuses a text whose words were changed, with the reason; it stays as it is', async () => {
    await start({ write: (_, body) => tagGout(body).replaceAll('Later case', 'Later, the case') });
    await makeRun(1);
    expect(await runVerification(options())).toMatchObject({
      relabelled: 0,
      kept: 1,
      unanswered: 1,
      refusedByReason: { reworded: 1 },
    });
    expect(await decisions()).toEqual([]);
  });

  it('checks the types that are asked for, and leaves the others in place', async () => {
    await start({ write: (_, body) => tagGout(body).replaceAll('had gout', 'had <Disease>gout</Disease>') });
    await writeRun(
      [
        taggedDocument('a', 'Known <Disease>gout</Disease>.', labels),
        taggedDocument('b', 'Has gout, on <Chemical>aspirin</Chemical>.', labels),
      ],
      labels,
      folder,
    );
    await runVerification(options({ types: ['Disease'] }));
    const [system, user] = server.calls[0]?.body.messages ?? [];
    expect(`${system?.content} ${user?.content}`).not.toContain('Chemical');
    expect((await trained())[1]).toBe('Has <Disease>gout</Disease>, on <Chemical>aspirin</Chemical>.');
    await expect(runVerification(options({ types: ['Gene'] }))).rejects.toThrow('The run has no type "Gene"');
  });

  it('refuses a mention that crosses one of a type that was not asked about', async () => {
    const crossing = '<Disease>gout, on aspirin</Disease>';
    await start({
      write: (_, body) => tagGout(body).replace(/<Disease>gout<.Disease>, on aspirin/, crossing),
    });
    const given = ['Known <Disease>gout</Disease>.', 'Has gout, on <Chemical>aspirin</Chemical>.'];
    await writeRun(
      given.map((text, i) => taggedDocument(String(i), text, labels)),
      labels,
      folder,
    );
    expect(await runVerification(options({ types: ['Disease'] }))).toMatchObject({
      kept: 1,
      relabelled: 0,
      unanswered: 1,
      refusedByReason: { 'crosses-another': 1 },
    });
    expect(await trained()).toEqual(given);
  });

  it('asks about the most doubtful ones only, and about the rest later', async () => {
    await makeRun(3);
    expect((await runVerification(options({ texts: 2 }))).asked).toBe(2);
    expect((await runVerification(options({ texts: 2 }))).asked).toBe(2);
    expect(server.calls).toHaveLength(1);
    expect((await runVerification(options())).asked).toBe(6);
    expect(givenIn(server.calls[1]?.body ?? {})).toHaveLength(4);
  });

  it('compares with predictions', async () => {
    await writeRun([taggedDocument('a', 'Off work with gout.', labels)], labels, folder);
    expect((await runVerification(options())).asked).toBe(0);
    const predictions = [taggedDocument('a', 'Off work with <Disease>gout</Disease>.', labels)];
    expect(await runVerification(options({ predictions }))).toMatchObject({ asked: 1, relabelled: 1 });
  });

  it('stops at the limit of cost and keeps what was paid for', async () => {
    await start({ tokens: { input: 5000, output: 5000 } });
    await makeRun(12);
    const limited = runVerification(options({ maxCostUsd: 0.03, sending: { concurrency: 1 } }));
    await expect(limited).rejects.toThrow('before its limit');
    const paid = server.calls.length;
    expect(paid).toBeGreaterThan(0);
    expect((await decisions()).length).toBeGreaterThan(0);
    await runVerification(options());
    expect(server.calls).toHaveLength(3);
  });

  it('waits for nobody: a run that is at work is left alone', async () => {
    await makeRun(1);
    const unlock = await lockRun(folder);
    await expect(runVerification(options())).rejects.toThrow('Another run is writing to this folder');
    await unlock();
    expect(server.calls).toHaveLength(0);
  });
});

describe('a verification that is killed', () => {
  it.each([1, 2, 3])('loses and doubles nothing when it goes on (%i)', { timeout: 60_000 }, async (seed) => {
    await start({ latency: 15 });
    await makeRun(40);
    const script = `
      import { runVerification } from './src/questions/verify/runVerification.ts';
      import { openAiProvider } from './src/llm/openai/openaiProvider.ts';
      const { folder, baseUrl, project } = JSON.parse(process.argv[1]);
      const provider = openAiProvider({ baseUrl, model: 'house', apiKey: 'none' });
      await runVerification({ folder, project, provider, perRequest: 2, sending: { concurrency: 3 } });
    `;
    const job = JSON.stringify({ folder, project, baseUrl: server.baseUrl });
    let kills = 0;
    for (let sitting = 0; ; sitting++) {
      const before = server.calls.length;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, job], { stdio: 'ignore' });
      const ended = new Promise<NodeJS.Signals | null>((resolve) => {
        child.on('close', (_, signal) => resolve(signal));
      });
      if (sitting < 4) {
        while (child.exitCode === null && server.calls.length < before + 2 + seed) await sleep(3);
        await sleep(7 * seed);
        child.kill('SIGKILL');
      }
      if ((await ended) !== 'SIGKILL') {
        expect(child.exitCode).toBe(0);
        break;
      }
      kills++;
      await sleep(30);
    }
    expect(kills).toBeGreaterThan(0);
    const [name = ''] = await readdir(path.join(folder, '.verify'));
    const ledger = await readFile(path.join(folder, '.verify', name, 'ledger.jsonl'), 'utf8');
    const replies = ledger.split('\n').filter((line) => line.includes('"event":"reply"'));
    // Each request has one reply on disk, and only those without one were sent again.
    expect(replies).toHaveLength(40);
    expect(server.calls.length).toBeLessThanOrEqual(40 + 3 * kills);
    expect(await trained()).toHaveLength(80);
    expect((await trained()).filter((text) => text.includes('<Disease>gout'))).toHaveLength(80);
    expect(new Set((await decisions()).map(({ line }) => line)).size).toBe(40);
    expect(await decisions()).toHaveLength(40);
  });
});
